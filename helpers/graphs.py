"""A functional model drawn as a graph: one box for each *call* of a layer.

The calls are read from the model's configuration, in which a layer that is called twice
has two nodes. `keras.utils.plot_model` would draw such a layer once, and it needs
graphviz.
"""

import re
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np

from helpers import plots

Key = tuple[str, int]


class Call(NamedTuple):
    """One call of a layer in a functional model."""

    label: str  # the layer's own name, or its class where Keras made the name up
    shape: tuple[int | None, ...] | None  # of what the call returns, without the batch
    sources: tuple[Key, ...]  # the calls that feed it
    calls: int  # how often its layer is called in this model


def calls_of(model: Any) -> dict[Key, Call]:
    """Every call of every layer of a model, by layer name and number of the call.

    Args:
        model: a functional Keras model.

    Returns:
        The calls, each after those that feed it; empty for a model that has no graph
        (sequential or subclassed).
    """
    try:
        config = model.get_config()
    except NotImplementedError:
        return {}
    if "output_layers" not in config:
        return {}
    sources: dict[Key, tuple[Key, ...]] = {}
    shapes: dict[Key, tuple] = {}
    labels, counts = {}, {}
    for layer in config["layers"]:
        name, nodes = layer["name"], layer["inbound_nodes"]
        labels[name] = _label(name, layer["class_name"])
        # An input is never called, but has a place in the graph.
        counts[name] = max(1, len(nodes))
        for number in range(counts[name]):
            tensors = list(_tensors(nodes[number])) if nodes else []
            keys = [tuple(tensor["keras_history"][:2]) for tensor in tensors]
            sources[name, number] = tuple(dict.fromkeys(keys))
            for key, tensor in zip(keys, tensors, strict=True):
                shapes[key] = tuple(tensor["shape"][1:])
    # No call takes the model's outputs, so their shapes are read from the model.
    for tensor, name in zip(model.outputs, model.output_names, strict=False):
        for key in sources:
            if key[0] == name:
                shapes.setdefault(key, tuple(tensor.shape[1:]))
    ordered: dict[Key, Call] = {}
    while len(ordered) < len(sources):
        ready = [
            key
            for key, feeds in sources.items()
            if key not in ordered and all(feed in ordered for feed in feeds)
        ]
        for key in ready:
            ordered[key] = Call(
                labels[key[0]], shapes.get(key), sources[key], counts[key[0]]
            )
        if not ready:
            break
    return ordered


def draw_graph(model: Any, title: str) -> None:
    """Draw a functional model from its inputs, left, to its outputs, right.

    Calls of a layer that is called more than once, whose weights are shared, are
    dashed and numbered.

    Args:
        model: to draw. If it has no graph (it is sequential or subclassed), a sentence
            that says so is printed instead.
        title: the question that the figure answers.
    """
    calls = calls_of(model)
    if not calls:
        print("A sequential or subclassed model has no graph of calls to draw.")
        return
    places = _places(calls)
    steps, rows = np.array(list(places.values())).T
    size = np.clip(1.6 + 1.4 * np.ptp(steps), 7, 11), 1.2 + 1.1 * np.ptp(rows)
    figure, axis = plt.subplots(figsize=size)
    boxes = {}
    for key, call in calls.items():
        shared = call.calls > 1
        box = {
            "boxstyle": "round",
            "facecolor": "white",
            "edgecolor": plots.PALETTE[shared],
            "linestyle": "--" if shared else "-",
        }
        text = axis.text(*places[key], _text(key, call), ha="center", va="center")
        text.set_bbox(box)
        boxes[key] = text.get_bbox_patch()
    for key, call in calls.items():
        for feed in call.sources:
            arrow = {
                "arrowstyle": "-|>",
                "facecolor": "black",
                "patchA": boxes[feed],
                "patchB": boxes[key],
                "shrinkA": 0,
                "shrinkB": 0,
            }
            # An arrow ends at a box's outline, which is known once the box is drawn.
            axis.annotate("", places[key], places[feed], arrowprops=arrow, zorder=4)
    axis.set(
        title=title,
        xlim=(steps.min() - 0.6, steps.max() + 0.6),
        ylim=(rows.min() - 0.6, rows.max() + 0.6),
    )
    axis.axis("off")
    plots.show(figure, f"{title} {describe(calls)}")


def describe(calls: dict[Key, Call]) -> str:
    """The graph in words: who feeds whom."""
    feeds = [
        f"{' and '.join(_name(k, calls[k]) for k in call.sources)} → {_name(key, call)}"
        for key, call in calls.items()
        if call.sources
    ]
    return f"Graph: {'; '.join(feeds)}."


def _tensors(config: Any) -> Iterator[dict]:
    """The tensors among a call's arguments, as Keras's configuration has them."""
    if isinstance(config, dict) and config.get("class_name") == "__keras_tensor__":
        yield config["config"]
    elif isinstance(config, dict):
        for value in config.values():
            yield from _tensors(value)
    elif isinstance(config, list | tuple):
        for value in config:
            yield from _tensors(value)


def _label(name: str, kind: str) -> str:
    snake = re.sub(r"([a-z])([A-Z])", r"\1_\2", re.sub(r"\W", "", kind))
    snake = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", snake).lower()
    made_up = re.fullmatch(rf"{re.sub('_+', '_+', snake)}(_\d+)?", name)
    return kind if made_up else name


def _name(key: Key, call: Call) -> str:
    return f"{call.label} (call {key[1] + 1})" if call.calls > 1 else call.label


def _text(key: Key, call: Call) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", call.label)
    lines = textwrap.wrap(words, 10)
    if call.calls > 1:
        lines.append(f"call {key[1] + 1}")
    if call.shape is not None:
        lines.append("×".join(map(str, call.shape)))
    return "\n".join(lines)


def _places(calls: dict[Key, Call]) -> dict[Key, tuple[float, float]]:
    """(step, row) of each call: one step after the last of those that feed it."""
    places: dict[Key, tuple[float, float]] = {}
    inputs = 0
    for key, call in calls.items():
        if call.sources:
            step = 1 + max(places[feed][0] for feed in call.sources)
            row = float(np.mean([places[feed][1] for feed in call.sources]))
        else:
            step, row, inputs = 0, float(-inputs), inputs + 1
        while any(s == step and abs(r - row) < 0.75 for s, r in places.values()):
            row -= 0.75
        places[key] = (step, row)
    return places
