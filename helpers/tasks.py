"""Generated tasks: seeded, learnable, each made for what its question teaches.

Importing this module doesn't import TensorFlow.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Table:
    """A generated classification task on plain numbers.

    Attributes:
        x_train, x_val: (n, features) float32.
        y_train, y_val: (n,) int64, the class.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray


@dataclass(frozen=True)
class Regression:
    """A generated regression task on plain numbers.

    Attributes:
        x_train, x_val: (n, features) float32.
        y_train, y_val: (n, 1) float32, the measured target.
        noise_variance: the expected squared error of a perfect model, which no model
            beats except by chance.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    noise_variance: float


@dataclass(frozen=True)
class Grains:
    """Few labelled grains to learn from, and many to measure on.

    Attributes:
        x_train, x_val, x_test: (n, 10) float32, the readings.
        y_train, y_val, y_test: (n,) int64, the variety 0, 1 or 2.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray

    @staticmethod
    def readings(properties: np.ndarray) -> np.ndarray:
        """The ten readings (n, 10) of grains with these ten properties (n, 10)."""
        return (properties @ GRAIN_MIX).astype("float32")

    @staticmethod
    def properties(readings: np.ndarray) -> np.ndarray:
        """The ten properties (n, 10) of grains with these readings (n, 10).

        The first two are length and width. Grains of all varieties are alike in the
        other eight.
        """
        return (readings @ GRAIN_MIX.T).astype("float32")

    @staticmethod
    def best_probabilities(readings: np.ndarray) -> np.ndarray:
        """The true probabilities of the varieties: no classifier can know more.

        Args:
            readings: (n, 10) of grains of this task.

        Returns:
            (n, 3) float64, by Bayes's rule from the very densities that made them.
        """
        plane = Grains.properties(readings)[:, None, :2].astype("float64")
        squared = np.square(plane - GRAIN_GROUPS)
        density = np.exp(-squared.sum(axis=-1) / (2 * GRAIN_SPREAD**2))
        of_variety = density.reshape(len(readings), 3, 3).sum(axis=-1)
        return of_variety / of_variety.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class GradedApples:
    """A generated classification task with two inputs, a photograph and ten numbers.

    Attributes:
        image_train, image_test: (n, 64, 64, 3) uint8, RGB.
        metadata_train, metadata_test: (n, 10) float32, each column in its own unit.
        y_train, y_test: (n,) int64, the grade.
        clear_train, clear_test: (n,) float32, the share of the flesh that the stain
            has left clear in the photograph.
        columns: name and unit of each metadata column.
        grades: what each class means, from unripe to ripe.
    """

    image_train: np.ndarray
    metadata_train: np.ndarray
    y_train: np.ndarray
    clear_train: np.ndarray
    image_test: np.ndarray
    metadata_test: np.ndarray
    y_test: np.ndarray
    clear_test: np.ndarray
    columns: tuple[str, ...]
    grades: tuple[str, ...]


def make_sensor_task(
    train_size: int = 4_008, val_size: int = 1_000, seed: int = 0
) -> Table:
    """Ten standardised sensor readings of a machine; class 1 is "outside normal".

    A machine is outside normal when its ten readings together are far from their usual
    values, in any direction; neither one reading nor a weighted sum of them tells the
    class. The boundary is the median of the chi-squared distribution of the squared
    distance, so that each class has half of the machines.

    Args:
        train_size: machines to train on.
        val_size: machines to validate on.
        seed: of the generator; the same seed gives the same machines.

    Returns:
        A `Table` with 10 features and 2 classes.
    """
    from scipy.stats import chi2

    random = np.random.default_rng(seed)
    x = random.standard_normal((train_size + val_size, 10)).astype("float32")
    y = (np.square(x).sum(axis=1) > chi2.median(df=10)).astype("int64")
    print(
        f"Sensor task: {train_size:,} training and {val_size:,} validation machines, "
        f"10 readings each."
    )
    return Table(x[:train_size], y[:train_size], x[train_size:], y[train_size:])


def make_wear_task(
    train_size: int = 4_000, val_size: int = 2_000, noise: float = 0.3, seed: int = 0
) -> Regression:
    """Ten standardised sensor readings of a machine; the target is its wear.

    The wear is a smooth, curved function of all ten readings, the same for every
    seed, scaled to variance 1 (σ²). It is measured with an error of `noise` σ, which
    keeps training at a constant learning rate from converging.

    Args:
        train_size: machines to train on.
        val_size: machines to validate on.
        noise: standard deviation of the measuring error, in σ.
        seed: of machines and errors; the same seed gives the same data.

    Returns:
        A `Regression` with 10 features and 1 target.
    """
    law = np.random.default_rng(6)
    directions, shares = law.standard_normal((10, 8)), law.standard_normal(8)

    def wear(x: np.ndarray) -> np.ndarray:
        return np.tanh(x @ directions / 2) @ shares

    scale = wear(law.standard_normal((100_000, 10))).std()
    random = np.random.default_rng(seed)
    x = random.standard_normal((train_size + val_size, 10)).astype("float32")
    errors = noise * random.standard_normal(len(x))
    y = (wear(x) / scale + errors).astype("float32")[:, None]
    print(
        f"Wear task: {train_size:,} training and {val_size:,} validation machines, "
        f"10 readings each; measuring error {noise:g} σ."
    )
    return Regression(
        x[:train_size], y[:train_size], x[train_size:], y[train_size:], noise**2
    )


# Centres of the nine groups of grains, three for each variety, in standardised length
# and width, and how far grains scatter around them.
GRAIN_GROUPS = np.array(
    [
        [(-2.0, 0.0), (1.0, 2.0), (1.2, -1.6)],
        [(0.0, 0.0), (-1.5, 2.2), (3.0, 0.6)],
        [(2.0, -3.0), (-1.2, -2.0), (-0.2, 3.6)],
    ]
).reshape(9, 2)


GRAIN_SPREAD = 0.5

# A rotation: each reading mixes all ten properties, and nothing is lost.
GRAIN_MIX = np.linalg.qr(np.random.default_rng(0).standard_normal((10, 10)))[0]


def make_grain_task(
    train_size: int = 240,
    val_size: int = 240,
    test_size: int = 4_000,
    seed: int = 0,
    *,
    quiet: bool = False,
) -> Grains:
    """Ten readings of a grain of wheat; the class is its variety.

    Each of three varieties comes from three regions, and so in three groups of length
    and width. The other eight properties say nothing about the variety, and each of the
    ten readings mixes all ten properties. A network has to find that out from few
    grains: single networks overfit, each in another way. The best possible
    probabilities are known.

    Args:
        train_size, val_size, test_size: grains in each part, all drawn independently.
        seed: of the generator; the same seed gives the same grains.
        quiet: leave out the line that says what was made.

    Returns:
        The grains as `Grains`.
    """
    random = np.random.default_rng(seed)
    size = train_size + val_size + test_size
    group = random.integers(len(GRAIN_GROUPS), size=size)
    properties = random.standard_normal((size, 10))
    properties[:, :2] = GRAIN_GROUPS[group] + GRAIN_SPREAD * properties[:, :2]
    ends = [train_size, train_size + val_size]
    readings = np.split(Grains.readings(properties), ends)
    parts = zip(readings, np.split(group // 3, ends), strict=True)
    if not quiet:
        print(
            f"Grain task: {train_size:,} training, {val_size:,} validation and "
            f"{test_size:,} test grains, 10 readings each, 3 varieties."
        )
    return Grains(*(array for part in parts for array in part))


def make_multi_input_task(
    train_size: int = 3_300, test_size: int = 1_000, seed: int = 0
) -> GradedApples:
    """Apples of a packing house: a photograph, ten measurements, a grade.

    A cut half is stained and photographed. As the fruit ripens, starch turns to sugar.
    One of two stains blackens starch, the other sugar. Which one was used is among the
    measurements, so the same photograph can mean an unripe or a ripe apple. The grade
    follows the Streif index, firmness / (sugar · starch score): two factors are
    measured, the third needs photograph and stain together. The three are drawn
    independently, then apples are chosen so that all grades are equally frequent, and
    none is near a bound between two grades, where graders would disagree. The other
    seven measurements don't influence the grade.

    Args:
        train_size: apples to train on.
        test_size: apples to test on.
        seed: of the generator; the same seed gives the same apples.

    Returns:
        A `GradedApples` with 5 classes.

    Source of the index: Streif, "Optimum harvest date for different apple cultivars
    in the Bodensee area", 1996. The apples are generated; the second stain is invented.
    """
    n = train_size + test_size
    random = np.random.default_rng(seed)
    starch, firmness, sugar, y = _harvest(random, n)
    stain = random.integers(0, 2, n)
    images, diameter = _photographs(random, starch, stain)
    metadata = np.column_stack(
        [
            firmness,
            sugar,
            stain,
            4.2e-4 * diameter**3 * random.normal(1, 0.04, n),
            diameter,
            random.normal(6, 1, n),
            random.integers(120, 171, n),
            random.normal(14, 4, n),
            random.uniform(40, 95, n),
            random.uniform(50, 900, n),
        ]
    ).astype("float32")
    ripe = (starch - 1) / 9
    clear = np.where(stain, 1 - ripe, ripe).astype("float32")
    print(
        f"Apples: {train_size:,} for training and {test_size:,} for the test, a "
        f"64×64 photograph and 10 measurements each."
    )
    parts = {}
    for part, rows in (("train", slice(train_size)), ("test", slice(train_size, n))):
        parts[f"image_{part}"] = images[rows]
        parts[f"metadata_{part}"] = metadata[rows]
        parts[f"y_{part}"] = y[rows]
        parts[f"clear_{part}"] = clear[rows]
    return GradedApples(
        **parts,
        columns=(
            "firmness (kg/cm²)",
            "sugar (°Brix)",
            "stain (0 or 1)",
            "weight (g)",
            "diameter (mm)",
            "acidity (g/l)",
            "days since bloom",
            "air temperature (°C)",
            "humidity (%)",
            "altitude (m)",
        ),
        grades=("leave", "store long", "store", "sell", "press"),
    )


def _harvest(random: np.random.Generator, n: int) -> tuple[np.ndarray, ...]:
    """Starch score, firmness, sugar and grade of n apples, grades equally frequent."""
    bounds = np.log([0.165, 0.127, 0.098, 0.075])
    wanted = random.integers(0, 5, n)
    rows = np.empty((n, 3))
    missing = np.ones(n, dtype=bool)
    while missing.any():
        # In logarithms the index is a sum, so the three are uniform in those.
        drawn = random.uniform(np.log([2.8, 5, 9]), np.log([8.2, 10, 16]), (2 * n, 3))
        index = drawn @ [-1, 1, -1]
        grades = (index[:, None] < bounds).sum(axis=1)
        clear = np.abs(index[:, None] - bounds).min(axis=1) > 0.08
        for grade in range(5):
            open_places = np.flatnonzero(missing & (wanted == grade))
            found = np.flatnonzero(clear & (grades == grade))[: len(open_places)]
            rows[open_places[: len(found)]] = drawn[found]
            missing[open_places[: len(found)]] = False
    return (*np.exp(rows).T, wanted.astype("int64"))


def _photographs(
    random: np.random.Generator, starch: np.ndarray, stain: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Photographs (n, 64, 64, 3) of stained halves, and their diameters (n,) in mm.

    Half of the apples ripen from the core outwards and half from the skin inwards, so
    that the pattern doesn't tell which of the two stains was used.

    Args:
        random: the generator of the task.
        starch: (n,) scores from 1 to 10.
        stain: (n,) 0 or 1.
    """
    n = len(starch)

    def each(low: float, high: float) -> np.ndarray:
        return random.uniform(low, high, n).astype("float32")

    radius, x0, y0 = each(20, 28), each(28, 35), each(28, 35)
    phase, depth, light = each(0, 2 * np.pi), each(0, 0.25), each(0.8, 1.1)
    inwards = random.random(n) < 0.5
    ripe_share = ((starch - 1) / 9).astype("float32")
    # The depth of the core's five lobes is limited so that the clear area stays as is.
    depth = np.minimum(depth, 1 / ripe_share - 1)
    red, belt = each(0, 1)[:, None], each(0.5, 0.6)[:, None]
    # A palette for each photograph: conveyor belt, skin, stained and clear flesh.
    palette = np.empty((n, 4, 3), dtype="float32")
    palette[:, 0] = belt * [0.95, 1, 1]
    palette[:, 1] = red * [0.75, 0.15, 0.15] + (1 - red) * [0.45, 0.6, 0.2]
    palette[:, 2:] = [[0.2, 0.17, 0.28], [0.95, 0.9, 0.7]]
    palette *= light[:, None, None]
    y, x = np.mgrid[:64, :64].astype("float32")
    images = np.empty((n, 64, 64, 3), dtype="uint8")
    for start in range(0, n, 256):
        part = slice(start, start + 256)
        r, px, py, p, d, f, inward, blackens_sugar = (
            values[part, None, None]
            for values in (radius, x0, y0, phase, depth, ripe_share, inwards, stain)
        )
        dx, dy = (x - px) / r, (y - py) / r
        squared = dx * dx + dy * dy
        edge = f * (1 + d * np.cos(5 * np.arctan2(dy, dx) + p))
        ripe = np.where(inward, squared > 1 - edge, squared < edge)
        clear = ripe != blackens_sugar.astype(bool)
        kind = np.where(squared < 1, 2 + clear, squared < 1.13)
        colours = palette[part][np.arange(len(r))[:, None, None], kind]
        grain = random.standard_normal(kind.shape, dtype="float32")[..., None]
        images[part] = 255 * np.clip(colours + 0.06 * grain, 0, 1)
    return images, 2.9 * radius.astype("float64")


def make_lookup_task(
    rows: int, seed: int, listed: int = 16, asked: int = 1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Lists of names, each with a number, then some of them: what are their numbers?

    Args:
        rows: sequences.
        seed: of the generator; the same seed gives the same sequences.
        listed, asked: names in each list, of 24 that there are, and names asked for.

    Returns:
        x (rows, listed + asked): name n with number b is token n + 24 · b, and a name
        that is asked for is 48 + n; y (rows, asked), their numbers, 0 or 1; places
        (rows, asked), where in the list they stand.
    """
    random = np.random.default_rng(seed)
    names = random.permuted(np.tile(np.arange(24), (rows, 1)), axis=1)[:, :listed]
    numbers = random.integers(0, 2, (rows, listed))
    order = random.permuted(np.tile(np.arange(listed), (rows, 1)), axis=1)
    places = order[:, :asked]
    questions = 48 + np.take_along_axis(names, places, axis=1)
    x = np.hstack([names + 24 * numbers, questions])
    return x, np.take_along_axis(numbers, places, axis=1), places


def spell_lookup(tokens: np.ndarray) -> str:
    """Tokens of `make_lookup_task` as text: name a with number 1 is a1, asked for a?"""
    letters, numbers = "abcdefghijklmnopqrstuvwx", "01?"
    return " ".join(letters[token % 24] + numbers[token // 24] for token in tokens)
