"""Accuracies of classifiers: measured, with their errors, and as tables.

Importing this module doesn't import TensorFlow.
"""

import itertools
from collections.abc import Mapping

import numpy as np
from scipy.special import softmax


def probabilities(outputs: np.ndarray) -> np.ndarray:
    """(n, classes) outputs as probabilities, whether they are that or logits."""
    if outputs.min() >= 0 and np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return outputs
    return softmax(outputs, axis=1)


def accuracy(model, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of the images whose highest score is their label's.

    Args:
        model: a Keras model with scores (n, classes) for n images.
        images: what it takes.
        labels: (n,) integers.
    """
    scores = model.predict(images, batch_size=500, verbose=0)
    return float(np.mean(scores.argmax(axis=1) == labels))


def standard_error(share: float, count: int) -> float:
    """Of an accuracy that was measured on so many examples: √(p(1-p)/n)."""
    return float(np.sqrt(share * (1 - share) / count))


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """The mean over repetitions and its standard error; 0 for a single one."""
    values = np.asarray(values)
    spread = values.std(ddof=min(1, len(values) - 1))
    return float(values.mean()), float(spread / np.sqrt(len(values)))


def show_steps(rows: Mapping[str, np.ndarray], other: str = "other") -> None:
    """Print a table in which each row is compared with the one above it.

    Args:
        rows: for each name (repetitions, 2): the accuracy, and another one.
        other: what the other is measured on.
    """
    print(f"{'':<18} {'accuracy':<17}  {'step':<18}  {other}")
    before = None
    for name, values in rows.items():
        mean, error = mean_and_error(values[:, 0])
        step = ""
        if before:
            by, its_error = mean - before[0], np.hypot(error, before[1])
            star = " *" if abs(by) > 2 * its_error > 0 else ""
            step = f"{by:+.4f} ± {its_error:.4f}{star}"
        print(
            f"{name:<18} {mean:.4f} ± {error:.4f}    {step:<18}  "
            f"{np.mean(values[:, 1]):.3f}"
        )
        before = mean, error


def show_confidence(
    confidence: np.ndarray,
    is_right: np.ndarray,
    edges: tuple[float, ...] = (0.0, 0.8, 0.95, 0.999, 1.0),
) -> None:
    """Print how sure a classifier is, and how often it is right, group by group.

    The error of a share of 0 or 1 is that of half an example.

    Args:
        confidence: (n,) highest probabilities.
        is_right: (n,) whether that class was the label.
        edges: of the groups; a confidence on an edge belongs to the lower group.
    """
    for low, high in itertools.pairwise(edges):
        group = (confidence > low) & (confidence <= high)
        if not group.any():
            continue
        share, count = is_right[group].mean(), int(group.sum())
        inner = np.clip(share, 0.5 / count, max(0.5, 1 - 0.5 / count))
        print(
            f"{low:>5} to {high:<5} {count:>6,} digits: says "
            f"{confidence[group].mean():.3f}, is right {share:.3f} ± "
            f"{standard_error(inner, count):.3f}"
        )
