"""What only notebook 8 uses: the plane of grains as a classifier sees it."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import q08, tasks


def test_map_asks_about_length_and_width_alone():
    asked = []

    def predict(grid):
        asked.append(tasks.Grains.properties(grid))
        return tasks.Grains.best_probabilities(grid)

    grains = tasks.make_grain_task(train_size=5, quiet=True)
    plt.close(q08.draw_boundaries([predict], grains.x_train, grains.y_train))
    (properties,) = asked
    assert np.abs(properties[:, 2:]).max() < 1e-5
    assert np.ptp(properties[:, 0]) > 7
    assert np.ptp(properties[:, 1]) > 7
    # The places are drawn where they are: the first row is the lowest width.
    assert properties[0, 1] < properties[-1, 1]
    assert properties[0, 0] < properties[159, 0]
