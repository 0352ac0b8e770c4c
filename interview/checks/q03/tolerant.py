"""`build_tolerant`, the second round.

An answer may fill gaps and flag them, fill them with a learnt value, or leave them out.
"""

import functools
from typing import NamedTuple

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.classifiers import (
    judge_sizes,
    scores_of,
    share_right,
)
from interview.checks.kit import close
from interview.checks.models import (
    build_metrics,
    claim_own_models,
    keras_model,
    layers_of,
    same_from_file,
)
from interview.checks.q03.inputs import judge_inputs
from interview.checks.q03.multi_input import (
    PLATEAU,
    ROUNDS,
    RULE_BATCH,
    RULE_SIZES,
    few,
    random_rows,
    rows,
    rule,
)
from interview.checks.training import (
    build_optimizer,
    hasten_averages,
    shuffled_batches,
    train_until,
)

part = AnswerClaims("build_tolerant")


@functools.cache
def with_gaps() -> dict[str, np.ndarray]:
    """The rows, of which three have no metadata and three lack some numbers."""
    metadata = rows()["metadata"].copy()
    metadata[:3] = np.nan
    metadata[3, 0] = metadata[4, 5] = np.nan
    metadata[5, 1:] = np.nan
    return {**rows(), "metadata": metadata}


@once
def network(build_tolerant) -> keras.Model:
    """The learner's model for the default arguments, built once for all claims."""
    keras.utils.set_random_seed(0)
    return keras_model(build_tolerant(), name="build_tolerant")


@part.claim(
    "takes `image` and `metadata`, and gives finite scores, whatever is missing"
)
def finite_scores(build_tolerant):
    model = network(build_tolerant)
    judge_inputs(model, ("image", "metadata"))
    for what, data in (("complete rows", rows()), ("rows with gaps", with_gaps())):
        scores = scores_of(model, data)
        bad = int(np.sum(~np.isfinite(scores).all(axis=1)))
        need(
            not bad,
            expected=f"finite scores for {what}",
            got=f"NaN or infinity in {bad} of {len(scores)} rows",
            hint="NaN times zero is NaN, and NaN plus anything is NaN. Which operation "
            "puts another number in its place?",
        )


@part.claim("scores a complete row the same, whatever its neighbours lack")
def complete_rows_unchanged(build_tolerant):
    model = network(build_tolerant)
    beside = scores_of(model, with_gaps())[6:]
    alone = scores_of(model, {k: values[6:] for k, values in rows().items()})
    need(
        close(beside, alone),
        expected="the scores of a complete row as they are without rows with gaps",
        got=f"scores that differ by up to {np.abs(beside - alone).max():.2g}",
        hint="a gap is a matter of one row and one column. Which operation looks at "
        "the whole batch?",
    )


@part.claim("the numbers that are there count, beside a gap too")
def numbers_beside_gaps(build_tolerant):
    model, data = network(build_tolerant), with_gaps()
    scores = scores_of(model, data)
    changed = scores_of(model, {**data, "metadata": data["metadata"] + 1})
    moved = np.abs(changed - scores).max(axis=1)
    need(
        (moved[6:] > 1e-7).all(),
        expected="other scores for a complete row whose metadata are others",
        got="the same scores: the metadata aren't used even where they are there",
        hint="follow `metadata` from its `keras.Input` to the output.",
    )
    need(
        (moved[3:6] > 1e-7).all(),
        expected="other scores for a row with a gap, when its other numbers change",
        got="the same scores: one missing number has blanked the whole row",
        hint="what is missing is asked of each number, not of each row. And does what "
        "stands in for a gap drown the other numbers?",
    )


@part.claim("without any metadata the photograph still counts")
def photograph_alone(build_tolerant):
    model, data = network(build_tolerant), with_gaps()
    scores = scores_of(model, data)[:3]
    turned = scores_of(model, {**data, "image": data["image"][::-1].copy()})[:3]
    need(
        (np.abs(turned - scores).max(axis=1) > 1e-7).all(),
        expected="other scores for another photograph, where all metadata are missing",
        got="the same scores: a row without metadata isn't looked at",
        hint="the image's branch has no gap. What stops it on the way to the output?",
    )


@part.claim("works for other images, other metadata and another number of classes")
def other_sizes(build_tolerant):
    shape, size = (72, 56, 1), 3
    data = random_rows(shape, size, 6)
    data["metadata"][::2] = np.nan
    sizes = {"image_shape": shape, "metadata_size": size, "num_classes": 7}
    judge_sizes(build_tolerant, data, 5, **sizes)


@functools.cache
def rule_with_gaps() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The rule's rows, of which one in eight has no metadata and more have a gap."""
    data, y, _ = rule(0)
    metadata = data["metadata"].copy()
    metadata[::8] = np.nan
    metadata[1::4, 3] = np.nan
    return {**data, "metadata": metadata}, y


class Stepped(NamedTuple):
    """A model after one step, and the variables that it had, with their first values.

    The claim that it learns begins anew with this model, because tracing another one
    would take most of the time.
    """

    model: keras.Model
    first: list[tuple[keras.Variable, np.ndarray]]


@once
def stepped(build_tolerant) -> Stepped:
    """A small model of the learner's after one step of training on rows with gaps."""
    data, y = rule_with_gaps()
    keras.utils.set_random_seed(1)
    model = build_tolerant(**RULE_SIZES)
    model(data, training=False)
    hasten_averages(model)
    build_optimizer(model)
    build_metrics(model, data, y)
    variables = [*model.variables, *getattr(model.optimizer, "variables", ())]
    first = [(variable, variable.numpy()) for variable in variables]
    model.fit(shuffled_batches(data, y, RULE_BATCH, epochs=1).take(1), verbose=0)
    return Stepped(model, first)


@part.claim("trains on rows with gaps: its weights stay finite")
def trains_on_gaps(build_tolerant):
    model = stepped(build_tolerant).model
    bad = [v.path for v in model.weights if not np.isfinite(np.asarray(v)).all()]
    need(
        not bad,
        expected="finite weights after one step of training on rows with gaps",
        got=f"NaN in {bad[0] if bad else ''}",
        hint="a gradient that has met a NaN is NaN, even where the value was replaced "
        "later on. Fill the gaps before the first layer that has weights.",
    )


@part.claim("tells a gap from a measured 0, once it has been trained on gaps")
def tells_gaps(build_tolerant):
    # A learnt filling may begin at 0, and leaves it with the first step.
    model, (data, _) = stepped(build_tolerant).model, rule_with_gaps()
    gaps = np.isnan(data["metadata"]).any(axis=1)
    zeros = {**data, "metadata": np.nan_to_num(data["metadata"])}
    scores = scores_of(model, data)[gaps]
    measured = scores_of(model, zeros)[gaps]
    need(
        (np.abs(scores - measured).max(axis=1) > 1e-9).all(),
        expected="other scores for a row with gaps than for one that measured 0, the "
        "mean, in their places",
        got="the same scores: once the gaps are filled, nothing says where they were",
        hint="what does the model know of a number besides its value?",
    )


@part.claim("learns from rows with gaps how image and metadata go together")
def learns_from_gaps(build_tolerant):
    data, y = rule_with_gaps()
    fresh, fresh_y, _ = rule(1)
    model, first = stepped(build_tolerant)
    for variable, value in first:
        variable.assign(value)
    trained = train_until(
        model,
        data,
        y,
        score=lambda: max(
            share_right(scores_of(model, fresh, mode), fresh_y)
            for mode in (False, True)
        ),
        enough=0.95,
        batch=RULE_BATCH,
        rounds=ROUNDS,
        plateau=PLATEAU,
    )
    need(
        trained.best >= 0.9,
        expected="0.90 of complete fresh rows right, where the class is whether a "
        "bright image and a positive number go together; one row in eight has no "
        "metadata",
        got=f"{trained.best:.2f} at best",
        hint="after the gaps are filled this is question 3: what has to come behind "
        "the merge?",
    )


@part.claim("can be saved and loaded, and scores as before")
def saves_and_loads(build_tolerant):
    model = network(build_tolerant)
    own = {type(layer) for layer in (model, *layers_of(model))}
    known = [c for c in own if not c.__module__.startswith("keras.")]
    same_from_file(
        model,
        lambda model: scores_of(model, with_gaps()),
        *known,
        what="scores",
        hint="what the model knows besides its weights and its configuration isn't in "
        "the file.",
    )


claim_own_models(part, few)
