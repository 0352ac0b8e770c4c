"""Not written yet."""

FAULT = "not written yet"


def build_lstm(vocab_size, embedding_dim=128):
    raise NotImplementedError("write build_lstm")
