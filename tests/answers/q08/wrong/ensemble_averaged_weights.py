"""One model with the mean of the members' weights."""

import keras
import numpy as np

FAULT = "the mean of the members' weights"


def build_ensemble(models):
    soup = keras.models.clone_model(models[0])
    weights = zip(*(model.get_weights() for model in models), strict=True)
    soup.set_weights([np.mean(w, axis=0) for w in weights])
    return soup
