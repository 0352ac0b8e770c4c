"""The right class always stands last, so every tie is lost."""

import numpy as np

FAULT = "ties go to a wrong answer"


def one_shot_accuracy(embed, x, y, ways, episodes, seed):
    random = np.random.default_rng(seed)
    codes, right = embed(x), 0
    for _ in range(episodes):
        classes = random.choice(np.unique(y), ways, replace=False)
        images = [random.permutation(np.flatnonzero(y == c))[:2] for c in classes]
        support = [pair[0] for pair in images]
        distances = np.linalg.norm(codes[support] - codes[images[-1][1]], axis=1)
        right += y[support[distances.argmin()]] == classes[-1]
    return right / episodes
