"""Every feature of the image times each of the metadata; focal loss; a shared layer."""

import keras
from keras import layers, ops


def build_multi_input(
    image_shape=(64, 64, 3), metadata_size=10, num_classes=5, *, width=12, rate=1e-3
):
    def focal(labels, scores):
        wanted = ops.one_hot(ops.cast(ops.reshape(labels, (-1,)), "int32"), num_classes)
        return keras.losses.categorical_focal_crossentropy(wanted, scores, gamma=1.0)

    image = keras.Input(shape=image_shape, name="image")
    metadata = keras.Input(shape=(metadata_size,), name="metadata")
    x = layers.Rescaling(2.0, offset=-1.0)(image)
    x = layers.AveragePooling2D(4)(x)
    x = layers.Conv2D(8, 3, padding="same", activation="gelu")(x)
    x = layers.Dense(width, activation="tanh")(layers.Flatten()(x))
    m = layers.Dense(width, activation="tanh")(layers.LayerNormalization()(metadata))
    reflect = layers.Dense(width, activation="tanh")
    x, m = reflect(x), reflect(m)
    pairs = ops.einsum("bi,bj->bij", x, m)
    joined = layers.Concatenate()([layers.Flatten()(pairs), x, m])
    output = layers.Dense(num_classes, activation="softmax", name="class")(joined)
    model = keras.Model(inputs=(image, metadata), outputs=output)
    model.compile(optimizer=keras.optimizers.RMSprop(rate), loss=focal)
    return model


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    """The larger and the smaller of each feature; days by an exponential."""
    inputs = {
        "left": keras.Input(image_shape, name="left"),
        "right": keras.Input(image_shape, name="right"),
        "metadata": keras.Input((metadata_size,), name="metadata"),
    }
    convolve = layers.Conv2D(12, 5, strides=3, activation="elu")
    encode = layers.Dense(20)
    seen = [
        encode(layers.GlobalAveragePooling2D()(convolve(inputs[side])))
        for side in ("left", "right")
    ]
    x = layers.Concatenate()(
        [layers.Maximum()(seen), layers.Minimum()(seen), inputs["metadata"]]
    )
    x = layers.Dense(32, activation="elu")(x)
    outputs = {
        "days": layers.Dense(1, activation="exponential", name="days")(x),
        "class": layers.Dense(num_classes, name="class")(x),
    }
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer="rmsprop",
        loss={
            "class": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            "days": keras.losses.Huber(),
        },
    )
    return model
