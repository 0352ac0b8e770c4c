"""The drawings of notebook 2: a step, the network, gradients, a sentence as read."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np

from helpers import plots

BLUE, RED = plots.PALETTE[:2]


def show_step(gates: Mapping[str, float], before: float, after: float) -> None:
    """Draw a step between two memories; `gates`: f, i, candidate, o, in this order."""
    state = gates["o"] * np.tanh(after)
    axis = plt.figure(figsize=(10.5, 4.2)).add_subplot(xlim=(0, 10.5), ylim=(0, 4.1))
    axis.set_title("What does one step do to a memory?")
    axis.axis("off")
    axis.plot([1.6, 7.6], [0.3, 0.3], color="black", marker="")
    names = ("forget gate $f_t$\nσ", "input gate $i_t$\nσ")
    names = (*names, "candidate $\\tilde c_t$\ntanh", "output gate $o_t$\nσ")
    for gate, name, x in zip(gates, names, (2.3, 4.0, 5.8, 7.6), strict=True):
        _box(axis, x, 1.2, f"{name}: {gates[gate]:.2f}", BLUE)
        _arrow(axis, (x, 0.3), (x, 0.9))
    _box(axis, 0.8, 0.3, "word $x_t$ and\nold state $h_{t-1}$", RED)
    _box(axis, 0.8, 3.6, f"old memory\n$c_{{t-1}}$ = {before:.2f}", RED)
    _box(axis, 9.6, 3.6, f"new memory\n$c_t$ = {after:.2f}", RED)
    _box(axis, 9.6, 2.2, f"new state\n$h_t$ = {state:.2f}", RED)
    signs = [(2.3, 3.6, "×"), (4.9, 2.5, "×"), (7.6, 2.2, "×"), (4.9, 3.6, "+")]
    for x, y, sign in (*signs, (7.6, 2.85, "tanh")):
        axis.text(x, y, sign, ha="center", va="center", fontsize=13)
    paths = [(1.5, 3.6, 2.1, 3.6), (2.5, 3.6, 4.7, 3.6), (5.1, 3.6, 8.9, 3.6)]
    paths += [(2.3, 1.5, 2.3, 3.4), (4.1, 1.5, 4.75, 2.35), (5.7, 1.5, 5.05, 2.35)]
    paths += [(4.9, 2.65, 4.9, 3.4), (7.6, 1.5, 7.6, 2.05), (7.6, 3.6, 7.6, 3.0)]
    paths += [(7.6, 2.7, 7.6, 2.35), (7.8, 2.2, 9.0, 2.2)]
    for path in paths:
        _arrow(axis, path[:2], path[2:])
    alt = f"One step of an LSTM: the memory {before:.2f} becomes {after:.2f}"
    plots.show(axis.figure, f"{alt}; the state is {state:.2f}.")


def draw_network(words: Sequence[str], length: int, units: tuple[int, int]) -> None:
    """Draw two bidirectional LSTMs with `units` each way, over words and zeros."""
    axis = plt.figure(figsize=(10.5, 6.2)).add_subplot(ylim=(0, 7.3))
    axis.set(xlim=(-2.5, length - 0.4), title="What does a layer hand on?")
    axis.axis("off")
    labels = {
        0.3: f"integers\n(batch, {length})",
        1.3: f"vectors\n(batch, {length}, 128)",
        2.55: "first layer\n→ forwards, ← backwards",
        3.8: f"all states, side by side\n(batch, {length}, 2 × {units[0]})",
        5.05: "second layer\n→ forwards, ← backwards",
        6.9: f"last states, side by side\n(batch, 2 × {units[1]})",
    }
    for y, label in labels.items():
        axis.text(-2.5, y, label, va="center", fontsize=10)
    texts = [f"{word}\n✓" for word in words] + ["0\nmasked"] * (length - len(words))
    for step, text in enumerate(texts):
        black, blue, red = ("black", BLUE, RED) if "✓" in text else ("0.7",) * 3
        axis.text(step, 0.3, text, ha="center", va="center", color=black)
        _arrow(axis, (step, 0.65), (step, 1.05), black)
        for y in (1.3, 3.8):  # what the first layer reads, and what the second does
            _box(axis, step, y, "■■■■", black)
        for sign, color, x, rise in (("→", blue, -0.18, 0.95), ("←", red, 0.18, 1.55)):
            x += step
            _arrow(axis, (x, 1.5 + rise), (x, 3.55), color)
            for y in (1.3, 3.8):
                _arrow(axis, (x, y + 0.25), (x, y + rise - 0.2), black)
                _box(axis, x, y + rise, sign, color)
                ends = [(x - 0.88, y + rise), (x - 0.12, y + rise)]
                if step:
                    _arrow(axis, *(ends if sign == "→" else ends[::-1]), color)
    count, middle = len(words), (len(words) - 1) / 2
    for x, at, color in ((-0.2, (count - 1.18, 4.95), BLUE), (0.2, (0.18, 5.55), RED)):
        _arrow(axis, at, (middle + x, 6.6), color)
        _box(axis, middle + x, 6.9, "■■", color)
    axis.text(middle + 0.5, 6.9, "→ Dense, sigmoid: score (batch, 1)", va="center")
    alt = f"Two layers, both ways, over {count} words and {length - count} masked zeros"
    plots.show(axis.figure, f"{alt}; the second layer's last states make the score.")


def draw_gradients(curves: Mapping[str, Sequence[np.ndarray]]) -> None:
    """Draw what arrives at each step back: for each layer, draws of (2, steps)."""
    figure, axes = plt.subplots(1, 2, figsize=(12, 4.2), sharey=True)
    alt = "How much gradient arrives all steps back, the median draw."
    for inputs, title in enumerate(("small inputs", "large inputs")):
        axis, labels, below = axes[inputs], [], 0.0
        for number, (name, draws) in enumerate(curves.items()):
            lines, color = np.array(draws)[:, inputs], plots.PALETTE[number]
            size = np.median(lines[:, -1])
            axis.plot(lines.T, color=color, ls="-", marker="", lw=1)
            labels.append((max(size, 2e-12), name, color))
            alt += f" {title}, {name}: {size:.0e}."
        for y, name, color in sorted(labels):
            below = max(y, 12 * below)  # a line above the one before
            axis.text(lines.shape[1] + 5, below, name, color=color, va="center")
        axis.set(title=title, xlabel="steps back", yscale="log", ylim=(1e-12, 1e3))
    axes[0].set_ylabel("gradient (1 at the last step)")
    figure.suptitle("How much gradient reaches earlier words?", weight="bold")
    plots.show(figure, alt)


def draw_reading(words: Sequence[str], probabilities: Sequence[float]) -> plt.Figure:
    """The probability of class 1 after each word of a sentence, as a figure."""
    figure, axis = plt.subplots(figsize=(9, 3.2))
    axis.plot(range(len(words)), probabilities)
    axis.axhline(0.5, color="black", linestyle=":", marker="")
    axis.set_xticks(range(len(words)), words, rotation=45, ha="right")
    title = f"Where does the score turn? It ends at {probabilities[-1]:.0%}"
    axis.set(title=title, xlabel="read so far", ylabel="probability", ylim=(0, 1))
    return figure


def _box(axis: plt.Axes, x: float, y: float, text: str, color: str) -> None:
    frame = {"boxstyle": "round", "fc": "white", "ec": color, "lw": 1.5}
    axis.text(x, y, text, ha="center", va="center", fontsize=10, bbox=frame)


def _arrow(axis: plt.Axes, start: tuple, end: tuple, color: str = "black") -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color})
