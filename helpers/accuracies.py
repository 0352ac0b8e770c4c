"""Accuracies of classifiers: measured, with their errors, and as tables.

Importing this module doesn't import TensorFlow.
"""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import softmax
from scipy.stats import t as student


def probabilities(outputs: np.ndarray) -> np.ndarray:
    """(n, classes) outputs as probabilities, whether they are that or logits."""
    if outputs.min() >= 0 and np.allclose(outputs.sum(axis=1), 1, atol=1e-3):
        return outputs
    return softmax(outputs, axis=1)


def hits(model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(n,) True where an image's highest score is its label's.

    Args:
        model: a Keras model with scores (n, classes) for n images.
        images: what it takes.
        labels: (n,) integers.
    """
    # Not `predict`: it traces each model anew, which costs more than these calls.
    starts = range(0, len(images), 500)
    scores = [np.asarray(model(images[i : i + 500], training=False)) for i in starts]
    return np.concatenate(scores).argmax(axis=1) == labels


def accuracy(model, images: np.ndarray, labels: np.ndarray) -> float:
    """The share of the images whose highest score is their label's."""
    return float(np.mean(hits(model, images, labels)))


def standard_error(share: float, count: int) -> float:
    """Of an accuracy that was measured on so many examples: √(p(1-p)/n)."""
    return float(np.sqrt(share * (1 - share) / count))


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """The mean over repetitions and its standard error; 0 for a single one."""
    values = np.asarray(values)
    spread = values.std(ddof=min(1, len(values) - 1))
    return float(values.mean()), float(spread / np.sqrt(len(values)))


def paired_difference(
    after: np.ndarray, before: np.ndarray
) -> tuple[float, float, float]:
    """How much better one design does than another, on the same examples.

    Args:
        after, before: (seeds, examples) hits; row by row of the same seed. If one has
            more seeds than the other, its last ones are left out; a single row, of
            what has no seeds, is compared with each of the other's.

    Returns:
        The difference of the accuracies, its standard error over the seeds, and that
        over the examples.
    """
    both = min({len(after), len(before)} - {1}, default=1)
    by_example = np.subtract(after[:both], before[:both], dtype=float)
    difference, over_seeds = mean_and_error(by_example.mean(axis=1))
    _, over_examples = mean_and_error(by_example.mean(axis=0))
    return difference, over_seeds, over_examples


def show_difference(name: str, after: np.ndarray, before: np.ndarray) -> float:
    """Print `paired_difference` of two (seeds, examples) hits; return the first of it.

    Args:
        name: what the difference is called.
        after, before: hits, row by row of the same seed.
    """
    by, over_seeds, over_digits = paired_difference(after, before)
    print(f"{name}: {by:+.4f} ± {over_seeds:.4f} (seeds), ± {over_digits:.4f} (digits)")
    return by


def show_steps(
    rows: Mapping[str, tuple[np.ndarray, np.ndarray]], other: str = "other"
) -> None:
    """Print a table in which each row is compared with the one above it.

    A star marks a step whose 95 % intervals leave out 0, both that over the seeds
    (Student's, for so few) and that over the examples. Errors behind ± of accuracies
    are over the seeds.

    Below the table the steps with a star are named.

    Args:
        rows: for each name (seeds, examples) hits, and others of as many seeds.
        other: what the other hits were measured on.
    """
    head = f"{'':<18} {'accuracy':<15}      step  ± seeds  ± digits"
    print(f"{head}   {other}")
    before, settled = None, []
    for name, (found, elsewhere) in rows.items():
        step = ""
        if before is not None:
            by, over_seeds, over_digits = paired_difference(found, before)
            seeds = min(len(found), len(before))
            far = student.ppf(0.975, seeds - 1) * over_seeds
            star = "*" if abs(by) > max(far, 2 * over_digits) else ""
            settled += [name] if star else []
            step = f"{by:+.4f}{star:<1}   {over_seeds:.4f}    {over_digits:.4f}"
        mean, error = mean_and_error(found.mean(axis=1))
        row = f"{name:<18} {mean:.4f} ± {error:.4f}   {step:<26}"
        its_mean, its_error = mean_and_error(elsewhere.mean(axis=1))
        print(f"{row}   {its_mean:.3f} ± {its_error:.3f}")
        before = found
    print("settled steps:", ", ".join(settled) or "none")


def show_table(
    columns: Sequence[str],
    rows: Mapping[str, Sequence[float | str | Sequence[float]]],
    digits: int = 3,
) -> None:
    """Print numbers in rows, under the names of their columns.

    Args:
        columns: their names.
        rows: for each name its numbers. Where there are several in a column, one for
            each repetition, their mean and its standard error are shown.
        digits: behind the point; integers have none.
    """

    def shown(value: float | str | Sequence[float]) -> str:
        if isinstance(value, str):
            return value
        if np.ndim(value):
            mean, error = mean_and_error(value)
            return f"{mean:.{digits}f} ± {error:.{digits}f}"
        # With `z`, what rounds to 0 is 0.00 and not -0.00.
        return f"{value:,}" if isinstance(value, int) else f"{value:z.{digits}f}"

    lines = [["", *columns]]
    lines += [[name, *map(shown, row)] for name, row in rows.items()]
    first, *widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for name, *cells in lines:
        padded = map(str.rjust, cells, widths)
        print("   ".join([name.ljust(first), *padded]).rstrip())


def show_shares(rows: Mapping[str, Sequence[float]], count: int) -> None:
    """Print accuracies on validation, test and pushed test digits, with their errors.

    Args:
        rows: for each name these three.
        count: of the test digits.
    """
    print(f"{'':<20} validation   test              pushed by three pixels")
    for name, (validation, *tests) in rows.items():
        cells = (f"{p:.4f} ± {standard_error(p, count):.4f}" for p in tests)
        print(f"{name:<20} {validation:>10.3f}", *cells, sep="   ")


def show_confidence(
    confidence: np.ndarray,
    is_right: np.ndarray,
    edges: tuple[float, ...] = (0.0, 0.8, 0.95, 0.999, 1.0),
) -> None:
    """Print how many mistakes a classifier promises, and how many it makes.

    By groups of confidence, and in all. A prediction of probability c promises 1 − c
    mistakes; the number behind ± is the standard deviation of their sum, the root of
    the sum of c (1 − c), if the promises hold.

    Args:
        confidence: (n,) highest probabilities.
        is_right: (n,) whether that class was the label.
        edges: of the groups; a confidence on an edge belongs to the lower group.
    """
    groups = {
        f"{low} to {high}": (confidence > low) & (confidence <= high)
        for low, high in itertools.pairwise(edges)
    }
    print(f"{'':<14} digits   mistakes promised    made")
    for name, group in {**groups, "all": np.full(len(confidence), True)}.items():
        if group.any():
            promised = 1 - confidence[group]
            deviation = np.sqrt(np.sum(promised * (1 - promised)))
            print(
                f"{name:<14} {group.sum():>6,} {promised.sum():>11.1f} ± "
                f"{deviation:<4.1f} {np.sum(~is_right[group]):>7}"
            )
