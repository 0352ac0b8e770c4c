"""The drawings of notebook 4: the loop in frames, the penalty's arrows, scores."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from helpers import plots

CLASSES = "normal", "outside normal"
# Each frame of the loop: left, bottom, width, height, colour, name, and its lines.
FRAMES = (
    (0.0, 0.0, 10.0, 5.0, "black", "for each epoch", ()),
    (0.2, 3.7, 5.5, 0.6, "black", "", ("reset the metrics",)),
    (0.2, 0.6, 5.5, 2.9, plots.PALETTE[0], "for each training batch", ()),
    (0.4, 0.75, 5.1, 2.3, plots.PALETTE[2], "compiled: @tf.function", ()),
    (
        *(0.6, 0.9, 2.6, 1.75, plots.PALETTE[1], "tape"),
        ("model(x, training=True)", "loss", "metrics"),
    ),
    (3.3, 0.9, 2.1, 1.3, "none", "", ("gradients", "optimizer")),
    (0.2, 0.1, 5.5, 0.4, "none", "", ("note loss and accuracy",)),
    (5.9, 3.7, 3.9, 0.6, "black", "", ("reset the metrics",)),
    (5.9, 0.6, 3.9, 2.9, plots.PALETTE[0], "for each validation batch", ()),
    (6.1, 0.75, 3.5, 2.3, plots.PALETTE[2], "compiled: @tf.function", ()),
    (6.3, 0.9, 3.1, 1.3, "none", "", ("model(x, training=False)", "loss", "metrics")),
    (5.9, 0.1, 3.9, 0.4, "none", "", ("note both again",)),
)


def draw_frames() -> None:
    """Draw the loop as frames in frames: epoch, batches, compiled step, tape."""
    frame = {"xlim": (-0.1, 10.1), "ylim": (-0.1, 5.1)}
    figure, axis = plt.subplots(figsize=(10, 4.6), subplot_kw=frame)
    axis.set_title("What stands inside what?")
    axis.axis("off")
    told = []
    for left, bottom, width, height, color, name, lines in FRAMES:
        look = {"boxstyle": "round,pad=0,rounding_size=0.12", "lw": 1.8}
        box = FancyBboxPatch((left, bottom), width, height, fc="none", ec=color, **look)
        axis.add_patch(box)
        top = bottom + height
        axis.text(left + 0.12, top - 0.28, name, color=color, weight="bold")
        for number, line in enumerate(lines):
            place = top - (0.45 * bool(name)) - 0.25 - 0.42 * number
            axis.text(left + 0.15, place, line, va="center")
        told.append(": ".join(filter(None, [name, ", ".join(lines)])))
    plots.show(figure, f"Frames inside frames. {'; '.join(told)}.")


def draw_slope() -> None:
    """Draw a machine on its circle, and the slope there, split at right angles."""
    figure, axis = plt.subplots(figsize=(6.4, 4.2))
    machine = np.array([1.4, 0.5])
    outward, sideways = np.array([0.84, 0.3]), np.array([-0.28, 0.784])
    axis.add_patch(Circle((0, 0), np.linalg.norm(machine), fill=False, ls="--"))
    axis.plot(0, 0, "k+", *machine, "ko", ms=9)
    arrows = (
        (outward + sideways, "slope", plots.PALETTE[0], "left"),
        (outward, "outward: may stay", plots.PALETTE[2], "left"),
        (sideways, "sideways: has to go", plots.PALETTE[1], "right"),
    )
    for arrow, name, color, side in arrows:
        look = {"arrowstyle": "-|>", "color": color, "lw": 2.5, "shrinkA": 0}
        axis.annotate("", machine + arrow, machine, arrowprops=look | {"shrinkB": 0})
        shift = (0.1, 0.1) if side == "left" else (-0.1, 0.32)
        axis.text(*(machine + arrow + shift), name, color=color, weight="bold", ha=side)
    axis.text(-0.05, -0.25, "the usual", ha="center")
    axis.text(0.5, 0.26, "a machine")
    axis.set(xlim=(-1.7, 4.1), ylim=(-1.7, 2.1), aspect="equal")
    axis.set(xlabel="first reading (σ)", ylabel="second reading (σ)")
    axis.set_title("Which part of the slope is wrong?")
    plots.show(
        figure,
        "Two readings. A machine on a dashed circle around the usual. The slope is an "
        "arrow, the sum of two at right angles: one points outward, one sideways along "
        "the circle.",
    )


def scores_figure(scores: np.ndarray, labels: np.ndarray, epoch: int) -> Figure:
    """Histograms of a model's probabilities (n,) after an epoch, by true class (n,)."""
    figure, axis = plt.subplots(figsize=(8, 3.2))
    bins = np.linspace(0, 1, 21)
    for label, (name, hatch) in enumerate(zip(CLASSES, ("", "//"), strict=True)):
        axis.hist(scores[labels == label], bins, label=name, alpha=0.6, hatch=hatch)
    axis.axvline(0.5, color="black", ls=":", label="class 1 from here")
    axis.set(xlabel="probability of class 1", ylabel="machines", ylim=(0, 500))
    right = np.mean((scores > 0.5) == labels)
    axis.set_title(f"How sure after epoch {epoch}? {right:.0%} are right")
    axis.legend(loc="upper left", bbox_to_anchor=(0.08, 1))
    return figure
