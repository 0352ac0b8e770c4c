"""`expected_calibration_error`, the second round.

Only one claim has confidences on the border of two bins, at places that a float holds
exactly.
"""

from collections.abc import Callable, Sequence

import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import a_float, agree, judge_places

part = AnswerClaims("expected_calibration_error")

BINS = 10


def _examples(
    bins: int, filled: Sequence[int], classes: int, certain: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and labels whose confidences fill some of the bins.

    The bins hold different numbers of examples; low confidences are too low and high
    ones too high. There are `certain` more examples with a confidence of exactly 1,
    half of them wrong; if there are any, all other examples are right.
    """
    random = np.random.default_rng(bins * 100 + classes)
    which = np.concatenate([[b] * (5 + 4 * (b * 7 % 5)) for b in filled])
    confidence = (which + random.uniform(0.1, 0.9, len(which))) / bins
    confidence = np.append(np.maximum(confidence, 1.1 / classes), np.ones(certain))
    top = random.integers(classes, size=len(confidence))
    probabilities = np.repeat((1 - confidence)[:, None] / (classes - 1), classes, 1)
    probabilities[np.arange(len(top)), top] = confidence
    is_right = random.random(len(top)) < 0.25 + 0.5 * confidence
    if certain:
        # Confidences below 1 are too low and those of 1 too high, so that the errors
        # cancel if an answer puts both into one bin.
        is_right = np.arange(len(top)) % 2 + (confidence < 1) > 0
    return probabilities, np.where(is_right, top, (top + 1) % classes)


class _Case:
    """One call of the answer, and the numbers for any assignment to bins."""

    def __init__(self, probabilities: np.ndarray, labels: np.ndarray, bins: int = BINS):
        self.probabilities, self.labels, self.bins = probabilities, labels, bins
        self.confidence = probabilities.max(axis=1)
        self.is_right = probabilities.argmax(axis=1) == labels
        self.bin_of = np.minimum(self.confidence * bins, bins - 1).astype(int)

    def gaps(self, bin_of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Confidence minus accuracy in each bin that isn't empty, and its share."""
        chosen = [bin_of == b for b in np.unique(bin_of)]
        gaps = [self.confidence[c].mean() - self.is_right[c].mean() for c in chosen]
        return np.array(gaps), np.mean(chosen, axis=1)

    def error(self, bin_of: np.ndarray | None = None) -> float:
        gaps, shares = self.gaps(self.bin_of if bin_of is None else bin_of)
        return float(np.sum(shares * np.abs(gaps)))

    def judge(
        self,
        answer: Callable,
        *,
        says: str,
        hint: str,
        faults: Sequence[Fault] = (),
        **named: int,
    ) -> None:
        given = self.probabilities.copy(), self.labels.copy()
        got, right = float(answer(*given, **named)), self.error()
        agree(
            got,
            right,
            expected=f"{right:.4f} {says}",
            shown=f"{got:.4f}",
            hint=hint,
            faults=faults,
            same=lambda a, b: abs(a - b) < 1e-5,
        )


@part.claim("returns a float")
def returns_float(expected_calibration_error):
    a_float(
        expected_calibration_error(*_examples(BINS, range(BINS), 40)),
        hint="one number sums up all bins; `float(…)` takes it out of an array.",
    )


@part.claim("weights each bin's distance between confidence and accuracy by its share")
def weighted_bins(expected_calibration_error):
    case = _Case(*_examples(BINS, range(BINS), 40))
    gaps, shares = case.gaps(case.bin_of)
    rows = np.arange(len(case.labels))
    of_label = _Case(case.probabilities, case.labels)
    of_label.confidence = case.probabilities[rows, case.labels]
    of_label.bin_of = np.minimum(of_label.confidence * BINS, BINS - 1).astype(int)
    centres = _Case(case.probabilities, case.labels)
    centres.confidence = (case.bin_of + 0.5) / BINS
    ranks = case.confidence.argsort().argsort()
    case.judge(
        expected_calibration_error,
        says=f"for {len(rows)} examples, some in each of {BINS} bins",
        hint="in each bin: how sure on average, how often right, and which share of "
        "all examples?",
        faults=(
            Fault(
                np.abs(gaps).mean(),
                "every bin counts the same, however few examples it holds",
                "a bin with three examples says less than one with three hundred.",
            ),
            Fault(
                np.abs(gaps).max(),
                "the largest distance of any bin (the maximum calibration error)",
                "expected, not worst: the mean over examples.",
            ),
            Fault(
                abs(np.sum(shares * gaps)),
                "bins that are too sure and bins that aren't sure enough cancel",
                "take each bin's distance before you add them up.",
            ),
            Fault(
                np.sum(shares * gaps**2),
                "squared distances",
                "a distance of 0.2 counts for 0.2.",
            ),
            Fault(
                case.error() * len(rows),
                "a sum over examples",
                "how many examples a bin holds, as a share of all.",
            ),
            Fault(
                of_label.error(),
                "the confidence is that of the label",
                "a classifier doesn't know the label: how sure is it of the class that "
                "it gives?",
            ),
            Fault(
                centres.error(),
                "the middle of the bin in place of the mean confidence in it",
                "where in the bin do its examples lie?",
            ),
            Fault(
                case.error(ranks * BINS // len(rows)),
                "bins that hold equally many examples",
                "the bins asked for are equally wide.",
            ),
        ),
    )


@part.claim("lets a bin without examples count for nothing")
def empty_bins(expected_calibration_error):
    for filled in ((4, 5, 7, 8, 9), (8,)):
        case = _Case(*_examples(BINS, filled, 3))
        returned = expected_calibration_error(case.probabilities, case.labels)
        need(
            np.isfinite(returned),
            expected="a finite number, though some bins are empty",
            got=f"{returned}",
            hint="what is the mean of no numbers? With three classes no confidence is "
            "below a third, so some bins are always empty.",
        )
        case.judge(
            expected_calibration_error,
            says=f"where only {len(filled)} of {BINS} bins hold examples",
            hint="shares are of all examples, and an empty bin's is 0.",
        )


@part.claim("puts a confidence of exactly 1 into the last bin")
def confidence_of_one(expected_calibration_error):
    case = _Case(*_examples(BINS, (5, 8, 9), 3, certain=9))
    gaps, shares = case.gaps((case.confidence * BINS).astype(int))
    case.judge(
        expected_calibration_error,
        says="where 9 examples have a confidence of exactly 1",
        hint="which bin does your code give them?",
        faults=(
            Fault(
                np.sum(shares[:-1] * np.abs(gaps[:-1])),
                "those nine are in no bin",
                "the last bin is closed on its right.",
            ),
            Fault(
                np.sum(shares * np.abs(gaps)),
                "those nine have a bin of their own beyond the last",
                "there are `bins` bins, and 1 belongs to the last.",
            ),
        ),
    )


@part.claim("takes as many bins as it is told")
def any_number_of_bins(expected_calibration_error):
    for bins in (1, 4, BINS, 15):
        case = _Case(*_examples(bins, range(bins), 40), bins)
        case.judge(
            expected_calibration_error,
            bins=bins,
            says=f"with bins={bins}",
            hint="the width of a bin is 1 / `bins`.",
            faults=(
                Fault(
                    case.error((case.confidence * BINS).astype(int)),
                    f"the number for {BINS} bins",
                    "the argument `bins` has to be used.",
                ),
            ),
        )
    given = case.probabilities, case.labels
    judge_places(
        lambda: expected_calibration_error(*given, 15),
        expected_calibration_error(*given, bins=15),
        *("probabilities", "labels", "bins"),
    )


@part.claim("gives a confidence on the border of two bins to the upper one")
def border_above(expected_calibration_error):
    confidence = np.tile([0.4, 0.5, 0.6, 0.75, 0.9], 8)
    rest = (1 - confidence) / 2
    # On the borders all are wrong, elsewhere all are right.
    labels = np.isin(confidence, (0.5, 0.75)).astype(int)
    case = _Case(np.stack([confidence, rest, rest], axis=1), labels, bins=4)
    case.judge(
        expected_calibration_error,
        says="where the confidences 0.5 and 0.75 are on the borders of 4 bins",
        hint="a bin holds its lower edge, as those of `np.histogram` do.",
        faults=(
            Fault(
                case.error(np.ceil(confidence * 4).astype(int)),
                "a confidence on a border is in the lower bin",
                "a bin holds its lower edge, as those of `np.histogram` do.",
            ),
        ),
        bins=4,
    )
