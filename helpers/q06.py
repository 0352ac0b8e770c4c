"""The drawings of notebook 6 alone: rates above losses, the meter, the range test."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from helpers import plots

# A method has one colour in all figures, also as the first word of a longer name.
METHODS = ("constant", "plateau", "step", "cosine", "warm-up", "by epoch", "line")
COLORS = dict(zip(METHODS, plots.PALETTE, strict=False))


def color_of(name: str) -> str:
    """The colour of a method; black for what isn't one."""
    return next((COLORS[one] for one in METHODS if name.startswith(one)), "black")


def draw_rates_and_losses(
    rates: Mapping[str, np.ndarray],
    losses: Mapping[str, np.ndarray],
    *,
    title: str,
    ylabel: str,
    xlabel: str = "step",
    **scales: object,
) -> Figure:
    """Draw the rates above the losses that they lead to, on one axis of time.

    Args:
        rates: for each method its rates as the steps, or epochs, begin, (n,).
        losses: for each method its losses as the same steps or epochs end, (n,).
        title, ylabel, xlabel: of the figure, of the losses, of the axis of time.
        scales: of the losses' axis, such as `yscale="log"` or `ylim`.
    """
    figure, (above, below) = plt.subplots(2, 1, figsize=(8, 5.2), sharex=True)
    for name, values in rates.items():
        look = {"color": color_of(name), "marker": "", "linewidth": 1.8}
        # A rate that stays for a while is drawn in steps, a gliding one as a line.
        shape = "steps-post" if np.any(np.diff(values) == 0) else "default"
        above.plot(values, label=name, drawstyle=shape, **look)
        below.plot(np.arange(1, len(values) + 1), losses[name], label=name, **look)
    above.set(title=title, ylabel="learning rate")
    below.set(xlabel=xlabel, ylabel=ylabel, **scales)
    above.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return figure


def show_rates_and_losses(rates: Mapping, losses: Mapping, **options: object) -> None:
    """Show `draw_rates_and_losses`; takes its arguments."""
    figure = draw_rates_and_losses(rates, losses, **options)
    ends = "; ".join(
        f"{name}: {values[-1]:.3g} with a last rate of {rates[name][-1]:.2g}"
        for name, values in losses.items()
    )
    plots.show(figure, f"Rates, below them {options['ylabel']}. {ends}.")


def show_best_runs(rates: Mapping, losses: Mapping, best_peaks: Mapping) -> None:
    """Show each method's run at its best peak, of runs named (method, peak)."""
    labels = {run: f"{run[0]}, {run[1]:g}" for run in best_peaks.items()}
    best_rates = {label: rates[run] for run, label in labels.items()}
    best_losses = {label: losses[run] for run, label in labels.items()}
    title = "What does the loss do, each method at its best peak?"
    look = {"xlabel": "epoch", "ylabel": "validation loss (σ²)", "ylim": (0.1, 0.16)}
    show_rates_and_losses(best_rates, best_losses, title=title, **look)


def show_meter(
    formulas: Mapping[str, np.ndarray], moved: Mapping[str, np.ndarray]
) -> None:
    """Draw the rates that a meter applied as points on the lines of their formulas.

    Both hold, for each method, a rate for each step, (steps,).
    """
    figure, axis = plt.subplots(figsize=(8, 3.4))
    for place, (name, rates) in enumerate(formulas.items()):
        color = color_of(name)
        axis.plot(rates, "-", drawstyle="steps-mid", marker="", color=color)
        shown = np.arange(place, len(rates), len(formulas))
        look = {"marker": plots.MARKERS[place], "linestyle": "", "color": color}
        axis.plot(shown, moved[name][shown], label=name, **look)
    axis.set(xlabel="step", ylabel="learning rate")
    axis.set(title="Does each step use its formula's rate?")
    points = f"lines: the formulas\npoints: the meter,\none step in {len(formulas)}"
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1), title=points)
    told = ", ".join(f"{name} {rates[-1] + 0.0:.2g}" for name, rates in moved.items())
    plots.show(figure, f"The meter's points lie on their lines. Last rates: {told}.")


def show_range_test(
    rates: Sequence, losses: Sequence, limit: float, chosen: float
) -> None:
    """Draw the loss while the rate grows; mark its limit, and a tenth of that.

    The rates are those as each epoch begins, (n,), the losses those as it ends, (n,).
    `chosen` is the peak that a schedule's tuning chose.
    """
    figure, axis = plt.subplots(figsize=(8, 3.2))
    axis.plot(rates, losses, markersize=4, linewidth=1)
    axis.axvline(chosen, color="black", linestyle=":", label="the cosine's tuned peak")
    lowest, start = np.nanmin(losses), losses[0]
    axis.axvline(limit, color="firebrick", label=f"the limit: {limit:.2g}")
    axis.axvline(limit / 10, color="firebrick", linestyle="--", label="a tenth of that")
    axis.set(xscale="log", yscale="log", ylim=(lowest / 2, 5 * start))
    axis.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for direction in (axis.xaxis, axis.yaxis):
        direction.set_major_formatter("{x:g}")
        direction.set_minor_locator(NullLocator())
    axis.set(xlabel="learning rate", ylabel="validation loss (σ²)")
    axis.set(title="Which rate is too high?")
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
    lowest_at = f"{lowest:.2g} at {rates[np.nanargmin(losses)]:.2g}"
    limits = f"The limit is {limit:.2g}, a tenth of that {limit / 10:.2g}."
    plots.show(figure, f"Loss from {start:.2g} down to {lowest_at}, then up. {limits}")
