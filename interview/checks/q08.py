"""Question 8: ensembling, and its bug hunt, a report on an ensemble.

Judged by behaviour: members trained on a small task of another shape than the
notebook's, and members whose probabilities are known row by row, against NumPy.

What this check can't see: whether the members are any good, whether predicting is fast,
whether each member got all of the data (bagging passes), and whether the ensemble can
be saved and loaded (a subclass without `get_config` passes). It doesn't try members
whose inputs differ from one another.
"""

import functools

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail, once

SEEDS = (11, 5, 8)
# Not a multiple of the usual batch of 32.
ROWS = 70

HINTS = (
    (
        "All operation names should be unique",
        "two members bear the same name, and inside one model each needs its own.",
    ),
    (
        "__call__() got an unexpected keyword",
        "`build()` takes nothing. What does Keras draw its first weights from?",
    ),
    (
        "__call__() takes 1 positional argument",
        "`build()` takes nothing. What does Keras draw its first weights from?",
    ),
    (
        "incompatible with the layer",
        "members know the shape of their input; ask them for it.",
    ),
    (
        "KerasTensor",
        "while a model is put together there are no numbers yet: inside it, use Keras "
        "layers or `keras.ops`.",
    ),
    (
        "too many values to unpack",
        "`scipy.stats.mode` returns two things, the most frequent values and how "
        "often they occur.",
    ),
)


def _weights(model: keras.Model) -> np.ndarray:
    return np.concatenate([np.ravel(w) for w in model.get_weights()])


class _Build:
    """`build` as the learner gets it; keeps what it made, and its first weights."""

    def __init__(self) -> None:
        self.made = []

    def __call__(self) -> keras.Model:
        model = keras.Sequential(
            [
                keras.Input((4,)),
                keras.layers.Dense(8, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(2, activation="softmax"),
            ]
        )
        model.compile(keras.optimizers.SGD(0.2), "sparse_categorical_crossentropy")
        build_optimizer(model)
        self.made.append((model, _weights(model)))
        return model


def _train(train_members, seeds, epochs: int = 2):
    """Call the answer, from a state of the generators that is another each time."""
    _train.calls += 1
    keras.utils.set_random_seed(1000 + _train.calls)
    build = _Build()
    random = np.random.default_rng(0)
    x = random.standard_normal((ROWS, 4)).astype("float32")
    y = (x[:, 0] > 0).astype("int64")
    return train_members(build, x, y, list(seeds), epochs), build


_train.calls = 0


@once
def _trained(train_members):
    """The members that most steps look at; `check` forgets them, answers change."""
    return _train(train_members, SEEDS)


def _returns_members(train_members) -> None:
    """returns one trained model per seed, each of them built afresh"""
    members, build = _trained(train_members)
    if not isinstance(members, list | tuple):
        fail(
            expected=f"a list of {len(SEEDS)} models",
            got=type(members).__name__,
            hint="collect the members as you train them, and return them.",
        )
    if len(members) != len(SEEDS):
        fail(
            expected=f"{len(SEEDS)} models for {len(SEEDS)} seeds",
            got=f"{len(members)}",
            hint="one member for each seed.",
        )
    others = {type(m).__name__ for m in members if not isinstance(m, keras.Model)}
    if others:
        fail(
            expected="Keras models",
            got=", ".join(sorted(others)),
            hint="`fit` returns a history. Which object holds the trained weights?",
        )
    if len({id(member) for member in members}) < len(members):
        fail(
            expected=f"{len(SEEDS)} separate models",
            got="the same model several times, trained on and on",
            hint="where must `build()` be called so that each member starts afresh?",
        )
    untrained = {id(model): before for model, before in build.made}
    for member in members:
        before = untrained.get(id(member))
        if before is not None and np.array_equal(_weights(member), before):
            fail(
                expected="members that have been trained",
                got="the weights that `build()` gave, to the last digit",
                hint="each member is fitted on `x` and `y`.",
            )


def _differ(train_members) -> None:
    """members of different seeds differ"""
    members, _ = _trained(train_members)
    if _distance(members[0], members[1]) < 1e-4:
        fail(
            expected="members of different seeds with different weights",
            got="the same weights: an average of equals gains nothing",
            hint="which seed does each member get?",
        )


def _reproducible(train_members) -> None:
    """the same seeds give the same members, whatever ran before"""
    members, _ = _trained(train_members)
    again, _ = _train(train_members, SEEDS)
    distance = _distance(members[0], again[0])
    if distance > 1e-4:
        fail(
            expected="the same weights when trained again with the same seeds",
            got=f"weights that differ by up to {distance:.3f}",
            hint="Keras draws first weights, the order of the examples and dropout "
            "from generators of its own. What seeds them all, and when is it due?",
        )


def _own_seed_alone(train_members) -> None:
    """a member depends on its own seed, not on the other members"""
    members, _ = _trained(train_members)
    for place in (0, -1):
        (alone,), _ = _train(train_members, [SEEDS[place]])
        distance = _distance(members[place], alone)
        if distance > 1e-4:
            fail(
                expected=f"the member of seed {SEEDS[place]} is the same, trained "
                f"alone or along with {len(SEEDS) - 1} others",
                got=f"weights that differ by up to {distance:.3f}: it depends on the "
                f"other members",
                hint="nothing random may happen between seeding a member and the end "
                "of its training, but its own building and training.",
            )


def _counts_epochs(train_members) -> None:
    """trains for as many epochs as it is told"""
    steps = []
    for epochs in (1, 3):
        (member,), _ = _train(train_members, SEEDS[:1], epochs)
        steps.append(int(member.optimizer.iterations))
    if steps[0] == 0 or steps[1] != 3 * steps[0]:
        fail(
            expected="three times as many optimizer steps in 3 epochs as in 1",
            got=f"{steps[1]} against {steps[0]}",
            hint="hand `epochs` on.",
        )


def _distance(one: keras.Model, two: keras.Model) -> float:
    return float(np.abs(_weights(one) - _weights(two)).max())


TRAIN: list[Proof] = [
    _returns_members,
    _differ,
    _reproducible,
    _own_seed_alone,
    _counts_epochs,
]


def _random_tables(members: int, classes: int) -> np.ndarray:
    """(members, ROWS, classes) probabilities; no mean is near a tie."""
    random = np.random.default_rng(members * 10 + classes)
    tables = random.dirichlet(np.full(classes, 0.4), size=(members, 40 * ROWS))
    # Not near 0 either, so that logarithms are harmless.
    tables = 0.99 * tables + 0.01 / classes
    top = np.sort(tables.mean(axis=0), axis=1)
    return tables[:, top[:, -1] - top[:, -2] > 0.02][:, :ROWS]


def _tables_for_votes(votes: np.ndarray, classes: int) -> np.ndarray:
    """Probabilities with these winners; the members are sure in different degrees.

    Args:
        votes: (members, rows) classes.
        classes: how many there are.
    """
    sure = np.linspace(0.5, 0.9, len(votes))[:, None, None]
    won = np.eye(classes)[votes]
    return sure * won + (1 - sure) * (1 - won) / (classes - 1)


def _models(tables: np.ndarray) -> list[keras.Model]:
    """Compiled members: the i-th unit vector gets row i of the member's table."""
    models = []
    for place, table in enumerate(tables.astype("float32")):
        model = _model(place, *table.shape)
        model.set_weights([table])
        models.append(model)
    return models


@functools.cache
def _model(place: int, rows: int, classes: int) -> keras.Model:
    """The same one each time, whatever its table is: `predict` traces it once."""
    dense = keras.layers.Dense(classes, use_bias=False)
    model = keras.Sequential([keras.Input((rows,)), dense])
    model.compile("sgd", "sparse_categorical_crossentropy")
    return model


def _predict(predict, tables: np.ndarray, rows: int | None = None) -> np.ndarray:
    """The answer's classes for members with these tables, their form looked at."""
    x = np.eye(tables.shape[1], dtype="float32")[:rows]
    got = np.asarray(predict(_models(tables), x))
    if got.shape == (len(x), tables.shape[2]) and got.shape[1] > 1:
        fail(
            expected=f"one class per example, shape ({len(x)},)",
            got=f"shape {got.shape}: a number for each class",
            hint="which class is it, then?",
        )
    if got.shape != (len(x),):
        fail(
            expected=f"one class per example, shape ({len(x)},), for {len(tables)} "
            f"members and {len(x)} examples",
            got=f"shape {got.shape}",
            hint="predictions of all members stack to (members, examples, classes). "
            "Over which axis do you go?",
        )
    if not np.issubdtype(got.dtype, np.integer):
        fail(
            expected="class indices, whole numbers of an integer type",
            got=f"{got.dtype}",
            hint="classes are names, not quantities.",
        )
    return got


def _majority(tables: np.ndarray) -> np.ndarray:
    """The vote, the lowest class where several have the most votes."""
    return _counts(tables).argmax(axis=1)


def _counts(tables: np.ndarray) -> np.ndarray:
    """(rows, classes) votes."""
    classes = tables.shape[2]
    return np.eye(classes, dtype=int)[tables.argmax(axis=2)].sum(axis=0)


def _mean_class(tables: np.ndarray) -> np.ndarray:
    return np.round(tables.argmax(axis=2).mean(axis=0)).astype(int)


def _most_certain(tables: np.ndarray) -> np.ndarray:
    return tables.max(axis=0).argmax(axis=1)


def _halved_mean(tables: np.ndarray) -> np.ndarray:
    """A running mean that halves each time: the last member has half of the say."""
    mean = tables[0]
    for table in tables[1:]:
        mean = (mean + table) / 2
    return mean


def _members_of(tables: np.ndarray) -> list[tuple[np.ndarray, str, str]]:
    return [
        (
            tables[i].argmax(axis=1),
            f": those of the {name} member alone",
            "every member has a say.",
        )
        for i, name in ((0, "first"), (-1, "last"))
    ]


def _fail_with(got, right, known, *, expected: str, hint: str) -> None:
    """Name the first known fault whose classes these are."""
    fault = ""
    for values, name, its_hint in known:
        if np.array_equal(got, values):
            fault, hint = name, its_hint
            break
    fail(
        expected=expected,
        got=f"other classes for {(got != right).sum()} of {len(right)} examples{fault}",
        hint=hint,
    )


def _averages(average_predict) -> None:
    """gives the class whose probability, averaged over members, is highest"""
    for members, classes in ((5, 4), (3, 2)):
        tables = _random_tables(members, classes)
        right = tables.mean(axis=0).argmax(axis=1)
        got = _predict(average_predict, tables)
        if np.array_equal(got, right):
            continue
        logs = np.log(tables).mean(axis=0).argmax(axis=1)
        vote_hint = "a member that is sure should count for more than one that wavers."
        known = [
            (
                _majority(tables),
                ": those of a vote, in which how sure a member is doesn't count",
                vote_hint,
            ),
            (
                logs,
                ": those of averaged logarithms (a geometric mean)",
                "average the probabilities as they are.",
            ),
            (
                _most_certain(tables),
                ": those of the member that is most certain",
                "every member has a say in every class.",
            ),
            (
                _mean_class(tables),
                ": the mean of class numbers, rounded",
                "classes are names: the mean of 0 and 2 isn't 1. Average before you "
                "choose.",
            ),
            (
                _halved_mean(tables).argmax(axis=1),
                ": the later a member, the more it counts",
                "halving after each member isn't dividing once by how many there are.",
            ),
            (
                np.round(tables.mean(axis=0)).argmax(axis=1),
                ": the mean was rounded before the class is chosen",
                "the highest of several probabilities may well be below 0.5.",
            ),
            *_members_of(tables),
        ]
        _fail_with(
            got,
            right,
            known,
            expected=f"the classes of NumPy's mean over {members} members, {classes} "
            f"classes",
            hint="average over members first, then choose the class.",
        )


def _votes(vote_predict) -> None:
    """gives the class that most members choose, each with one vote"""
    tables = _random_tables(5, 4)
    counts = np.sort(_counts(tables), axis=1)
    tables = tables[:, counts[:, -1] > counts[:, -2]]
    right = _majority(tables)
    got = _predict(vote_predict, tables)
    if not np.array_equal(got, right):
        known = [
            (
                tables.mean(axis=0).argmax(axis=1),
                ": those of averaged probabilities",
                "in a hard vote each member names one class, however sure it is.",
            ),
            (
                _mean_class(tables),
                ": the mean of class numbers, rounded",
                "classes are names: of the votes 0, 0 and 2 the mean is about 1, which "
                "nobody chose. What is most frequent?",
            ),
            (
                np.median(tables.argmax(axis=2), axis=0).astype(int),
                ": the median of class numbers",
                "classes are names, and have no order. What is most frequent?",
            ),
            (
                _most_certain(tables),
                ": those of the member that is most certain",
                "each member has one vote.",
            ),
            (
                (tables > 0.5).sum(axis=0).argmax(axis=1),
                ": a member whose probabilities are not over 0.5 has no vote",
                "each member has one vote, even where its best class has only 0.4.",
            ),
            *_members_of(tables),
        ]
        _fail_with(
            got,
            right,
            known,
            expected="for each example the most frequent of 5 members' classes",
            hint="count over members, for each example on its own.",
        )


def _breaks_ties(vote_predict) -> None:
    """gives the lowest class where several have the most votes"""
    four = np.array(
        [[2, 3, 2, 3, 1], [0, 1, 1, 3, 3], [0, 1, 0, 1, 1], [2, 3, 3, 1, 3]]
    )
    _compare_ties(vote_predict, four, classes=4)


def _two_classes(vote_predict) -> None:
    """works with two classes, and with an even number of members"""
    _compare_ties(vote_predict, np.array([[1, 0, 1, 0], [0, 1, 1, 0]]), classes=2)
    _compare_ties(vote_predict, np.array([[1, 0, 1], [0, 1, 1], [0, 1, 0]]), classes=2)


def _compare_ties(vote_predict, votes: np.ndarray, classes: int) -> None:
    tables = _tables_for_votes(votes, classes)
    right, got = _majority(tables), _predict(vote_predict, tables)
    if np.array_equal(got, right):
        return
    row = int(np.flatnonzero(got != right)[0])
    counts = _counts(tables)
    high = classes - 1 - counts[:, ::-1].argmax(axis=1)
    likeliest = np.where(
        counts == counts.max(axis=1, keepdims=True), tables.mean(axis=0), -1
    ).argmax(axis=1)
    fault = next(
        (
            f": {name}"
            for values, name in (
                (high, "the highest class among equals"),
                (votes[0], "the first member decides among equals"),
                (likeliest, "the mean probability decides among equals"),
            )
            if np.array_equal(got, values)
        ),
        "",
    )
    fail(
        expected=f"class {right[row]} for the votes {votes[:, row].tolist()}; in a tie "
        f"the lowest class wins, as `scipy.stats.mode` has it",
        got=f"class {got[row]}{fault}",
        hint="what does your count do when two classes have the same number of votes?",
    )


def _takes_one_example(predict) -> None:
    """works for a single example, and for a single member"""
    tables = _random_tables(5, 4)
    _predict(predict, tables, rows=1)
    got = _predict(predict, tables[:1])
    if not np.array_equal(got, tables[0].argmax(axis=1)):
        fail(
            expected="one member's own classes where it is the only one",
            got="others",
            hint="how many members there are is not yours to know.",
        )


def _leaves_members_alone(predict) -> None:
    """only predicts: no member is trained or changed"""
    tables = _random_tables(3, 4)
    models = _models(tables)
    x = np.eye(ROWS, dtype="float32")
    predict(models, x)
    steps = sum(int(model.optimizer.iterations) for model in models)
    if steps:
        fail(
            expected="no training while predicting",
            got=f"{steps} optimizer steps",
            hint="whoever predicts has no labels, and expects the same answer twice.",
        )
    for model, table in zip(models, tables, strict=True):
        if not np.allclose(model.get_weights()[0], table, atol=1e-6):
            fail(
                expected="members whose weights are as they were",
                got="changed weights",
                hint="whoever predicts expects the same answer twice.",
            )


AVERAGE: list[Proof] = [_averages, _takes_one_example, _leaves_members_alone]
VOTE: list[Proof] = [
    _votes,
    _breaks_ties,
    _two_classes,
    _takes_one_example,
    _leaves_members_alone,
]


def _networks(
    count: int, shape: tuple[int, ...], classes: int, name: str | None = None
) -> list[keras.Model]:
    """Small networks with dropout, sure of themselves, each of its own opinion."""
    models = []
    for seed in range(count):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input(shape),
                keras.layers.Flatten(),
                keras.layers.Dense(8, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(classes, activation="softmax"),
            ],
            name=name and f"{name}",
        )
        model.set_weights([3 * w for w in model.get_weights()])
        model.compile("sgd", "sparse_categorical_crossentropy")
        models.append(model)
    return models


def _examples(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(1).standard_normal((ROWS, *shape)).astype("float32")


def _outputs(models: list[keras.Model], x: np.ndarray) -> np.ndarray:
    """(members, examples, classes), float64."""
    return np.stack([np.asarray(m(x, training=False), "float64") for m in models])


def _is_the_mean(build_ensemble) -> None:
    """returns one model whose output is the mean of its members' probabilities"""
    _compare_mean(build_ensemble, _networks(3, (4,), 5), (4,))


def _any_shape(build_ensemble) -> None:
    """works for other inputs, other numbers of members, and two classes"""
    _compare_mean(build_ensemble, _networks(2, (6, 5, 1), 2), (6, 5, 1))
    _compare_mean(build_ensemble, _networks(6, (3,), 3), (3,))


def _same_names(build_ensemble) -> None:
    """works for members that bear the same name"""
    _compare_mean(build_ensemble, _networks(3, (4,), 5, name="member"), (4,))


def _compare_mean(build_ensemble, models: list[keras.Model], shape) -> None:
    x = _examples(shape)
    outputs = _outputs(models, x)
    ensemble = build_ensemble(models)
    if not isinstance(ensemble, keras.Model):
        fail(
            expected="one Keras model",
            got=type(ensemble).__name__,
            hint="a model of models: something with `predict`, `save` and "
            "`count_params`.",
        )
    got = np.asarray(ensemble.predict(x, verbose=0), "float64")
    right = outputs.mean(axis=0)
    if got.shape != right.shape:
        fail(
            expected=f"output of shape {right.shape} for {len(models)} members",
            got=f"{got.shape}",
            hint="the members' outputs become one of the same shape.",
        )
    if np.abs(got - right).max() > 1e-6:
        again = np.asarray(ensemble.predict(x, verbose=0), "float64")
        if np.abs(again - got).max() > 1e-6:
            fail(
                expected="the mean of the members' probabilities, within 1e-6",
                got="two predictions of the same rows differ, by up to "
                f"{np.abs(again - got).max():.2g}",
                hint="what do members draw at random, and only while they train?",
            )
        _name_mean_fault(got, outputs)
    after = _outputs(models, x)
    if np.abs(after - outputs).max() > 1e-6:
        fail(
            expected="members that predict what they did before",
            got="members that were changed",
            hint="putting them together is no reason to touch their weights.",
        )


def _name_mean_fault(got: np.ndarray, outputs: np.ndarray) -> None:
    product = np.exp(np.log(outputs + 1e-30).mean(axis=0))
    normal_product = product / product.sum(axis=1, keepdims=True)
    powers = np.exp(outputs.mean(axis=0))
    known = (
        (outputs.sum(axis=0), "the sum of the members, not their mean"),
        (outputs.max(axis=0), "the largest of the members' probabilities"),
        (outputs.prod(axis=0), "the product of the members' probabilities"),
        (product, "the geometric mean of the members"),
        (normal_product, "the geometric mean of the members: averaged logits"),
        (np.median(outputs, axis=0), "the median of the members"),
        (powers / powers.sum(axis=1, keepdims=True), "a second softmax over the mean"),
        (outputs[:-1].mean(axis=0), "the mean without the last member"),
        (outputs[1:].mean(axis=0), "the mean without the first member"),
        (
            _halved_mean(outputs),
            "the mean of two members, then of that and the next: the later a member, "
            "the more it counts",
        ),
        (outputs[0], "the first member alone"),
        (outputs[-1], "the last member alone"),
    )
    fault, hint = (
        "other probabilities",
        (
            "the members' weights have to come along as they were trained, and a built "
            "copy of a model begins with weights of its own."
        ),
    )
    for values, name in known:
        if np.allclose(got, values, atol=1e-6):
            fault, hint = name, "which layer takes the plain mean of several tensors?"
    fail(
        expected="the mean of the members' probabilities, within 1e-6",
        got=f"{fault}; the largest difference is "
        f"{np.abs(got - outputs.mean(axis=0)).max():.2g}",
        hint=hint,
    )


def _parameters(build_ensemble) -> None:
    """has its members' parameters, and none of its own"""
    models = _networks(3, (4,), 5)
    right = sum(model.count_params() for model in models)
    ensemble = build_ensemble(models)
    ensemble(_examples((4,)))
    got = ensemble.count_params()
    if got > right:
        fail(
            expected=f"{right} parameters, those of 3 members",
            got=f"{got}: {got - right} of its own",
            hint="a plain mean has nothing to learn.",
        )
    if got < right:
        fail(
            expected=f"{right} parameters, those of 3 members",
            got=f"{got}: Keras doesn't know all members as part of the model, so they "
            f"would not be saved with it",
            hint="call the members as layers, or keep them as attributes of the model.",
        )


ENSEMBLE: list[Proof] = [_is_the_mean, _parameters, _any_shape, _same_names]


KEYS = ("accuracy", "vote_accuracy", "nll", "disagreement")


def _reference_report(p: np.ndarray, y: np.ndarray) -> dict[str, float]:
    mean, rows = p.mean(axis=0), np.arange(len(y))
    votes = p.argmax(axis=2)
    pairs = [(votes[i] != votes[j]).mean() for i in range(len(p)) for j in range(i)]
    return {
        "accuracy": float((mean.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((_majority(p) == y).mean()),
        "nll": float(-np.log(mean[rows, y]).mean()),
        "disagreement": float(np.mean(pairs)),
    }


def _report_case() -> tuple[np.ndarray, np.ndarray]:
    p = _random_tables(5, 4)
    y = p[0].argmax(axis=1)
    y[::3] = p[1, ::3].argmax(axis=1)
    return p, y


def _reported(ensemble_report, p, y) -> dict[str, float]:
    got = ensemble_report(p.copy(), y.copy())
    missing = [key for key in KEYS if key not in got] if isinstance(got, dict) else KEYS
    if missing:
        fail(
            expected=f"a dict with the keys {', '.join(KEYS)}",
            got=f"no {', '.join(missing)}",
            hint="repair the numbers, and keep their names.",
        )
    return {key: float(got[key]) for key in KEYS}


def _check_key(ensemble_report, key: str, faults) -> None:
    for p, y in (_report_case(), _with_two_members()):
        right = _reference_report(p, y)[key]
        got = _reported(ensemble_report, p, y)[key]
        if abs(got - right) < 1e-6:
            continue
        fault, hint = next(
            (
                (f": {name}", hint)
                for value, name, hint in faults(p, y)
                if abs(got - value) < 1e-6
            ),
            ("", "work it out by hand for two members and three examples."),
        )
        fail(expected=f"{key} {right:.4f}", got=f"{got:.4f}{fault}", hint=hint)


def _with_two_members() -> tuple[np.ndarray, np.ndarray]:
    p, y = _report_case()
    return p[:2, :25], y[:25]


def _counts_votes(ensemble_report) -> None:
    """vote_accuracy is that of the class with the most votes"""

    def faults(p, y):
        yield (
            (_mean_class(p) == y).mean(),
            "a mean of class numbers, rounded",
            "members that say 0 and 4 don't mean 2 together: classes are names.",
        )
        yield (
            (p.mean(axis=0).argmax(axis=1) == y).mean(),
            "the accuracy of averaged probabilities",
            "a vote counts each member's class once.",
        )

    _check_key(ensemble_report, "vote_accuracy", faults)


def _takes_nll_of_the_mean(ensemble_report) -> None:
    """nll is that of the averaged probabilities"""

    def faults(p, y):
        rows = np.arange(len(y))
        yield (
            -np.log(p[:, rows, y]).mean(),
            "the mean of the members' own losses",
            "whose prediction is judged here, the members' or the ensemble's?",
        )
        yield (
            -np.log(p.mean(axis=0)[rows, y]).sum(),
            "a sum over examples",
            "divide by the number of examples.",
        )
        yield (
            -np.log(p.mean(axis=0).max(axis=1)).mean(),
            "the probability of the class that was chosen, right or wrong",
            "the likelihood is that of the label.",
        )

    _check_key(ensemble_report, "nll", faults)


def _compares_different_members(ensemble_report) -> None:
    """disagreement compares each member with every other, and not with itself"""

    def faults(p, y):
        votes = p.argmax(axis=2)
        yield (
            (votes[:, None] != votes[None]).mean(),
            "each member is compared with itself too, and agrees",
            "how many of the pairs (i, j) are pairs of two members?",
        )
        yield (
            (votes != _majority(p)).mean(),
            "each member is compared with the vote",
            "two members that both differ from the vote may differ from each other.",
        )

    _check_key(ensemble_report, "disagreement", faults)


def _takes_accuracy_of_the_mean(ensemble_report) -> None:
    """accuracy is that of the averaged probabilities"""

    def faults(p, y):
        yield (
            (p.argmax(axis=2) == y).mean(),
            "the mean of the members' own accuracies",
            "whose prediction is judged here, the members' or the ensemble's?",
        )
        yield (
            (_majority(p) == y).mean(),
            "that of a vote",
            "average the probabilities, then choose.",
        )

    _check_key(ensemble_report, "accuracy", faults)


REPORT: list[Proof] = [
    _takes_accuracy_of_the_mean,
    _counts_votes,
    _takes_nll_of_the_mean,
    _compares_different_members,
]


question = Question(
    8,
    Part.of_steps("train_members", TRAIN),
    Part.of_steps("average_predict", AVERAGE),
    Part.of_steps("vote_predict", VOTE),
    Part.of_steps("build_ensemble", ENSEMBLE),
    Part.of_steps("ensemble_report", REPORT),
    hints=HINTS,
)
check = question.check
