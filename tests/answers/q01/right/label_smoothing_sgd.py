"""Sequential; one-hot and label smoothing inside the loss; SGD with momentum."""

import keras
from keras import layers


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    smooth = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)

    def loss(y_true, y_pred):
        return smooth(keras.ops.one_hot(y_true, num_classes), y_pred)

    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(32, 5, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Conv2D(64, 5, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True),
        loss=loss,
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="right")],
    )
    return model
