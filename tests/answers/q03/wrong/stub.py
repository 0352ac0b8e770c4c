"""Not written yet."""

FAULT = "not written yet"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    raise NotImplementedError("write build_multi_input")
