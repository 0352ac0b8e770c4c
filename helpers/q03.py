"""Only for notebook 3: the drawings of its apples and of its models."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.tasks import GradedApples


def draw_graph(model: Any, title: str) -> None:
    """A functional model, no layer of which is called twice: names and shapes."""
    places, boxes, feeds = {}, {}, []
    makers = {id(layer.output): layer for layer in model.layers}
    for layer in model.layers:
        inputs = layer.input if isinstance(layer.input, list) else [layer.input]
        sources = [makers[id(tensor)] for tensor in inputs]
        feeds += [(source, layer) for source in sources]
        step = 1 + max((places[source][0] for source in sources), default=-1)
        unfed = -sum(x == 0 for x, _ in places.values())  # the next input's row
        places[layer] = step, np.mean([places[s][1] for s in sources] or [unfed])
    steps, rows = np.array(list(places.values())).T
    size = np.clip(1.6 + 1.4 * np.ptp(steps), 7, 11), 1.2 + 1.1 * np.ptp(rows)
    figure, axis = plt.subplots(figsize=size)
    for layer, place in places.items():
        kind = type(layer).__name__
        made_up = re.sub(r"[\d_]", "", layer.name) == re.sub(r"\d", "", kind).lower()
        label = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind) if made_up else layer.name
        shape = "×".join(map(str, layer.output.shape[1:]))
        text = "\n".join([*textwrap.wrap(label, 10), shape])
        text = axis.text(*place, text, ha="center", va="center")
        text.set_bbox({"boxstyle": "round", "fc": "white", "ec": plots.PALETTE[0]})
        boxes[layer] = text.get_bbox_patch()
    for source, layer in feeds:
        arrow = {"arrowstyle": "-|>", "facecolor": "black", "shrinkA": 0, "shrinkB": 0}
        arrow |= {"patchA": boxes[source], "patchB": boxes[layer]}
        axis.annotate("", places[layer], places[source], arrowprops=arrow, zorder=4)
    axis.set(title=title, xlim=(-0.6, steps.max() + 0.6), ylim=(rows.min() - 0.6, 0.6))
    axis.axis("off")
    said = "; ".join(f"{source.name} → {layer.name}" for source, layer in feeds)
    plots.show(figure, f"{title} Graph: {said}.")


def draw_photographs(task: GradedApples) -> None:
    """A column for each pair of apples that differ in their stain, and little else."""
    clear, stains = task.clear_train, task.metadata_train[:, 2]
    firmness_per_sugar = task.metadata_train[:, 0] / task.metadata_train[:, 1]
    unusual = np.abs(firmness_per_sugar - np.median(firmness_per_sugar))
    shown, captions = [], []
    for stain in (0, 1):
        for share in np.linspace(0.25, 0.75, 4):
            distance = np.abs(clear - share) + unusual
            row = np.where(stains == stain, distance, np.inf).argmin()
            shown.append(row)
            captions.append(f"stain {stain}:\n{task.grades[task.y_train[row]]}")
    plots.images(
        task.image_train[shown],
        captions,
        title="What does the camera see, and what grade is it?",
        columns=4,
        alt="Cut and stained apples; some are dark inside, some outside. In each "
        "column about the same share of the flesh is clear.",
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
    silenced: str,
) -> Figure:
    """Test apple `row`, what a model gets (one input silenced), and what it says."""
    picture = task.image_test[row] / 255
    if silenced == "image":
        picture = np.full_like(picture, 0.5)
    figure, axes = plt.subplots(1, 3, figsize=(10, 3), width_ratios=(1, 1.1, 1.6))
    axes[0].imshow(picture)
    axes[0].axis("off")
    axes[0].set_title("photograph" + (", silenced" if silenced == "image" else ""))
    measured = inputs["metadata"][0, :3]
    axes[1].barh(["firmness", "sugar", "stain"], measured, color=plots.PALETTE[2])
    title = "measured" + (", silenced" if silenced == "metadata" else "")
    axes[1].set(xlabel="distance from the mean (σ)", title=title, xlim=(-2.5, 2.5))
    axes[2].bar(task.grades, probabilities)
    true = task.y_test[row]
    axes[2].get_xticklabels()[true].set_fontweight("bold")
    axes[2].axvspan(true - 0.5, true + 0.5, hatch="//", fill=False, label="true grade")
    axes[2].set(ylabel="probability", xlabel="grade")
    axes[2].set(ylim=(0, 1), title="What does the model say?")
    axes[2].axhline(1 / len(task.grades), color="black", linestyle=":", label="chance")
    axes[2].legend(loc="upper right", handlelength=1.2)
    return figure
