"""Only for notebook 3: the drawings of its apples, and errors without their arrays."""

import re
from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.tasks import GradedApples


def draw_photographs(task: GradedApples, count: int = 8) -> None:
    """Apples in a row, by the share of their flesh that the stain has left clear."""
    order = np.argsort(task.clear_train)
    shown = order[np.linspace(0, len(order) - 1, count).astype(int)]
    plots.images(
        task.image_train[shown],
        [f"{share:.0%} clear" for share in task.clear_train[shown]],
        title="What does the camera see?",
        alt="Cut and stained apples; some are dark inside, some outside.",
    )


def draw_grades(task: GradedApples) -> None:
    """The grades over what decides them, a panel for each stain."""
    firmness_per_sugar = task.metadata_train[:, 0] / task.metadata_train[:, 1]
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    figure.suptitle("Can one input alone tell the grade?", fontweight="bold")
    for stain, blackened in enumerate(("starch", "sugar")):
        for grade, name in enumerate(task.grades):
            chosen = (task.y_train == grade) & (task.metadata_train[:, 2] == stain)
            x, y = task.clear_train[chosen][:120], firmness_per_sugar[chosen][:120]
            axes[stain].plot(x, y, linestyle="", label=name, alpha=0.7)
        axes[stain].set_title(f"stain {stain}, blackens {blackened}")
        axes[stain].set_xlabel("clear share of the flesh (photograph)")
    axes[0].set_ylabel("firmness / sugar (kg/cm²/°Brix)")
    axes[1].legend(title="grade", loc="center left", bbox_to_anchor=(1, 0.5))
    plots.show(
        figure,
        "Clear share of the flesh against firmness over sugar, a panel for each stain: "
        "the five grades are bands that rise to the right with the stain that blackens "
        "starch and fall to the right with the one that blackens sugar.",
    )


def apple_figure(
    task: GradedApples,
    row: int,
    inputs: Mapping[str, np.ndarray],
    probabilities: np.ndarray,
    muted: str,
) -> Figure:
    """One test apple as a model sees it, and what the model says.

    Args:
        task: where the photograph and the true grade come from.
        row: which of its test apples.
        inputs: what the model gets, one row of each input.
        probabilities: (5,) of the grades.
        muted: the input that was replaced by zeros, `image` or `metadata`; else none.
    """
    picture = task.image_test[row] / 255
    if muted == "image":
        picture = np.full_like(picture, 0.5)
    figure, axes = plt.subplots(1, 3, figsize=(10, 3), width_ratios=(1, 1.1, 1.6))
    axes[0].imshow(picture)
    axes[0].axis("off")
    axes[0].set_title("photograph" + (", muted" if muted == "image" else ""))
    measured = inputs["metadata"][0, :3]
    axes[1].barh(["firmness", "sugar", "stain"], measured, color=plots.PALETTE[2])
    title = "measured" + (", muted" if muted == "metadata" else "")
    axes[1].set(xlabel="distance from the mean (σ)", title=title, xlim=(-2.5, 2.5))
    bars = axes[2].bar(task.grades, probabilities)
    bars[task.y_test[row]].set_hatch("//")
    axes[2].set(ylabel="probability", xlabel="grade (hatched: the true one)")
    axes[2].set(ylim=(0, 1), title="What does the model say?")
    axes[2].axhline(1 / len(task.grades), color="black", linestyle=":", label="chance")
    axes[2].legend(loc="upper right", handlelength=1.2)
    return figure


def message_of(error: Exception) -> str:
    """An error's text, without the line before it and the arguments behind it.

    Keras lists every number of the arguments when a model's call fails.
    """
    paragraphs = re.sub(r"\x1b\[\d+m", "", str(error)).split("\n\n")
    wraps = paragraphs[0].startswith("Exception encountered")
    return re.sub(r"\[[\s\d.]{20,}\]", "[…]", paragraphs[wraps])
