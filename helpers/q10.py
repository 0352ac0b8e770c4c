"""The drawings of notebook 10 alone: gradient paths and the smallest GAN."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from helpers import plots

SAMPLES = Path(__file__).parent / "samples"
RECORDED, PROGRAM = SAMPLES / "recorded_generator.npz", SAMPLES / "recorded_program.npz"
# The place of each box. Of each half-step: its network, the labels of the images, the
# gradient's way, and a text.
BOXES = {"z": (0, 1), "G": (1.6, 1), "fake": (3.2, 1), "real": (3.2, 0)}
BOXES |= {"D": (5, 0.5), "loss": (6.8, 0.5)}
FORWARD = [("z", "G"), ("G", "fake"), ("fake", "D"), ("D", "loss")]
BACK = [("loss", "D"), ("D", "fake"), ("fake", "G")]
HALVES = (
    (
        "discriminator",
        "D",
        {"real": 1, "fake": 0},
        BACK[:1],
        "D's weights move;\nG gets no gradient",
    ),
    (
        "generator",
        "G",
        {"fake": 1},
        BACK,
        "G's weights move;\nD passes the gradient on,\nand its weights stay",
    ),
)


def recorded_weights(path: Path | None = None) -> list[np.ndarray]:
    """A recorded generator's weights, in Keras's order; `RECORDED`'s by default."""
    with np.load(path or RECORDED) as stored:
        count = sum(name.startswith("arr_") for name in stored.files)
        return [stored[f"arr_{i}"].astype("float32") for i in range(count)]


def draw_paths() -> None:
    """Draw both half-steps: forward in black, the gradient's way back in colour."""
    figure, axes = plt.subplots(2, 1, figsize=(9, 5.2))
    for axis, (title, learner, labels, back, says) in zip(axes, HALVES, strict=True):
        forward = FORWARD + [("real", "D")] * (learner == "D")
        for name in {name for pair in forward for name in pair}:
            x, y = BOXES[name]
            moves = name == learner
            color = plots.PALETTE[1] if moves else "black"
            look = {"boxstyle": "round,pad=0.02,rounding_size=0.1", "lw": 1 + 2 * moves}
            axis.add_patch(
                FancyBboxPatch((x, y), 1, 0.55, fc="white", ec=color, **look)
            )
            axis.text(x + 0.5, y + 0.28, name, ha="center", va="center", color=color)
        for a, b in forward:  # in the upper half of a box
            start, end = np.add(BOXES[a], (1.03, 0.4)), np.add(BOXES[b], (-0.03, 0.4))
            axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>"})
        for name, label in labels.items():
            x, y = BOXES[name]
            side = (1.25, 0.32) if name == "fake" else (1.45, 0.2)
            axis.text(x + side[0], y + side[1], f"label {label}")
        for a, b in back:  # in the lower half
            start, end = np.add(BOXES[a], (-0.03, 0.16)), np.add(BOXES[b], (1.03, 0.16))
            look = {"arrowstyle": "-|>", "color": plots.PALETTE[1], "lw": 2.5}
            axis.annotate("", end, start, arrowprops=look)
        axis.text(8.1, 0.65, says, color=plots.PALETTE[1])
        axis.set(xlim=(-0.2, 11.2), ylim=(-0.15, 1.75))
        axis.set_title(f"The {title} learns", loc="left")
        axis.axis("off")
    figure.suptitle("Which way do the gradients go?", fontweight="bold")
    plots.show(
        figure,
        "Two half-steps. First: z to G to fake, fake (label 0) and real (label 1) to "
        "D, D to the loss; the gradient goes from the loss to D, whose weights move, "
        "and no further. Second: z to G to fake (label 1) to D to the loss; the "
        "gradient goes back through D and the fake image to G, whose weights move.",
    )


def game_figure(paths: Mapping[str, np.ndarray]) -> Figure:
    """Paths (steps, 2) of the smallest GAN, beside each other."""
    size = 2.4 + 1.9 * len(paths), 3.6
    figure, panels = plt.subplots(
        1, len(paths), figsize=size, sharex=True, sharey=True, squeeze=False
    )
    reach = 1.05 * max(np.abs(path).max() for path in [*paths.values(), np.ones(1)])
    for axis, (name, path) in zip(panels[0], paths.items(), strict=True):
        (line,) = axis.plot(*path.T, marker="", lw=1)
        if len(path) > 15:  # which way it goes, while it still moves fast
            way = {"arrowstyle": "-|>", "color": line.get_color(), "lw": 1.5}
            axis.annotate("", path[15], path[11], arrowprops=way)
        axis.plot(0, 1, "o", color="black", label="start")
        axis.plot(0, 0, "k+", ms=12, label="the game's end")
        axis.plot(*path[-1], "s", color=plots.PALETTE[1], label="last step")
        title = name.replace(", ", "\n", 1)
        axis.set(title=f"{title}\nends {_away(path)}", xlabel="D's weight $w$")
        axis.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    panels[0, 0].set_ylabel("G's number $g$")
    panels[0, -1].legend(loc="lower left", bbox_to_anchor=(1, 0))
    figure.suptitle("Does the game find its end?", fontweight="bold")
    return figure


def draw_game(paths: Mapping[str, np.ndarray]) -> None:
    """Show `game_figure` of some paths."""
    told = ", ".join(f"{name} ends {_away(path)}" for name, path in paths.items())
    plots.show(game_figure(paths), f"Paths of w and g from a distance of 1: {told}.")


def _away(path: np.ndarray) -> str:
    return f"{np.hypot(*path[-1]):.2f} away"
