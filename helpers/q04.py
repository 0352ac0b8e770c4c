"""Only for notebook 4: its drawings, and the step inside a training loop."""

import ast
import inspect
import itertools
import linecache
import textwrap
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import plots
from helpers.tasks import Table

_numbers = itertools.count()
CLASSES = "normal", "outside normal"
STEPS = {
    "training step": [
        "model(x, training=True)",
        "loss",
        "metrics",
        "gradients",
        "optimizer",
    ],
    "validation step": ["model(x, training=False)", "loss", "metrics"],
}


def draw_steps() -> None:
    """Boxes and arrows: what happens to one batch, in training and in validation."""
    figure, axis = plt.subplots(figsize=(10, 2))
    style = {"va": "center", "bbox": {"boxstyle": "round", "facecolor": "white"}}
    for row, (name, (first, *others)) in enumerate(STEPS.items()):
        axis.text(0, -row, name, weight="bold", va="center")
        box = axis.text(0.2, -row, first, **style)
        for stage in others:
            box = axis.annotate(
                stage,
                xy=(1, 0.5),
                xycoords=box,
                xytext=(40, 0),
                textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "shrinkA": 6, "shrinkB": 6},
                **style,
            )
    axis.set(ylim=(-1.4, 0.8), title="What happens to one batch?")
    axis.axis("off")
    said = (f"{name}: {', '.join(stages)}" for name, stages in STEPS.items())
    plots.show(figure, f"Two rows of boxes with arrows. {'; '.join(said)}.")


def _by_class(axis: Axes, values: np.ndarray, labels: np.ndarray, bins: Any) -> None:
    """Draw a histogram of the values (n,) of each class, hatched for the second."""
    for label, (name, hatch) in enumerate(zip(CLASSES, ("", "//"), strict=True)):
        axis.hist(values[labels == label], bins, label=name, alpha=0.6, hatch=hatch)


def draw_distances(task: Table) -> None:
    """Draw how far the training machines are from the usual: two readings, or ten."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharex=True, sharey=True)
    for axis, count in zip(axes, (2, 10), strict=True):
        distance = np.linalg.norm(task.x_train[:, :count], axis=1)
        _by_class(axis, distance, task.y_train, np.linspace(0, 6, 61))
        axis.set(
            xlabel="distance from the usual (σ)",
            title=f"Do {count} readings separate the classes?",
        )
        axis.legend()
    axes[0].set_ylabel("machines")
    plots.show(
        figure,
        "Histograms of the distance from the usual, by class. Of two readings: the "
        "classes overlap over most of the range. Of all ten: one value separates them.",
    )


def scores_figure(scores: np.ndarray, labels: np.ndarray, epoch: int) -> Figure:
    """Histograms of a model's probabilities (n,) after an epoch, by true class (n,)."""
    figure, axis = plt.subplots(figsize=(8, 3.2))
    _by_class(axis, scores, labels, np.linspace(0, 1, 26))
    axis.set(xlabel="probability of class 1", ylabel="machines", ylim=(0, 300))
    right = np.mean((scores > 0.5) == labels)
    axis.set_title(f"How sure after epoch {epoch}? {right:.0%} are right")
    axis.legend(loc="upper left")
    return figure


def inner_function(outer: Callable, name: str, decorator: str = "") -> Callable:
    """A function as `outer`, but it returns its inner function `name` and ends there.

    Nothing else of the source changes but the decorator of `name`, so that what is
    measured is what `outer` runs.

    Args:
        outer: a function whose source can be read, in a notebook too.
        name: of a function that is defined in the body of `outer`.
        decorator: an expression that replaces the decorators of `name`, in names that
            `outer` knows; "" for none.

    Raises:
        ValueError: `outer` defines no such function.
    """
    module = ast.parse(textwrap.dedent(inspect.getsource(outer)))
    body = module.body[0].body
    found = [s for s in body if isinstance(s, ast.FunctionDef) and s.name == name]
    if not found:
        raise ValueError(f"{outer.__name__} defines no function {name}.")
    inner = found[-1]
    inner.decorator_list = []
    if decorator:
        inner.decorator_list = [ast.parse(decorator, mode="eval").body]
    body[body.index(inner) + 1 :] = [ast.Return(ast.Name(name, ast.Load()))]
    return _defined(ast.unparse(ast.fix_missing_locations(module)), outer)


def _defined(source: str, like: Callable) -> Callable:
    """The function that a source defines, among the names that `like` knows."""
    file = f"<{like.__name__}, cut short {next(_numbers)}>"
    # TensorFlow's AutoGraph reads a function's lines from this cache.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = dict(like.__globals__)
    exec(compile(source, file, "exec"), names)
    return names[like.__name__]
