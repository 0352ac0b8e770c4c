"""The metadata gate the image's features; one-hot inside the loss; a schedule."""

import keras
from keras import layers


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    def loss(y_true, y_pred):
        labels = keras.ops.cast(keras.ops.reshape(y_true, (-1,)), "int32")
        wanted = keras.ops.one_hot(labels, num_classes)
        return keras.losses.categorical_crossentropy(
            wanted, y_pred, label_smoothing=0.05
        )

    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.SeparableConv2D(24, 5, strides=2, activation="relu")(image)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.Concatenate()(
        [layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)]
    )
    x = layers.Dense(32, activation="relu")(x)
    gate = layers.Dense(32, activation="sigmoid")(metadata)
    x = layers.Multiply()([x, gate])
    x = layers.Dense(32, activation="relu")(layers.Concatenate()([x, metadata]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], [output])
    rate = keras.optimizers.schedules.ExponentialDecay(0.05, 1000, 0.9)
    model.compile(keras.optimizers.SGD(rate, momentum=0.9, nesterov=True), loss)
    return model
