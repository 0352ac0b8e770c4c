"""Accuracies with their errors, and the tables they are printed in."""

import numpy as np
import pytest

from helpers import accuracies


def test_standard_error():
    assert accuracies.standard_error(0.5, 100) == pytest.approx(0.05)
    assert accuracies.standard_error(1.0, 100) == 0


def test_mean_and_error():
    assert accuracies.mean_and_error([1.0, 2.0, 3.0]) == pytest.approx((2, 3**-0.5))
    assert accuracies.mean_and_error([0.9]) == (0.9, 0)


def test_probabilities_of_logits_and_of_probabilities():
    given = np.array([[0.25, 0.75], [1.0, 0.0]])
    assert accuracies.probabilities(given) is given
    assert accuracies.probabilities(np.log([[0.25, 0.75]])) == pytest.approx(given[:1])


def test_hits_and_their_share():
    class Model:
        def __call__(self, images, training):
            assert not training
            assert len(images) <= 500
            return images

    measured = Model(), np.eye(4), np.array([0, 1, 2, 0])
    assert accuracies.hits(*measured).tolist() == [True, True, True, False]
    assert accuracies.accuracy(*measured) == 0.75
    many = Model(), np.tile(np.eye(4), (300, 1)), np.tile([0, 1, 2, 0], 300)
    assert accuracies.accuracy(*many) == 0.75


def test_paired_difference_has_an_error_over_seeds_and_one_over_examples():
    before = np.array([[1, 0, 0, 1], [1, 0, 1, 1]], bool)
    after = np.array([[1, 1, 0, 1], [1, 1, 1, 1]], bool)
    # Each seed gains a quarter; the gain is in one of the four examples.
    assert accuracies.paired_difference(after, before) == (0.25, 0, 0.25)
    after[0, 2] = True
    difference, over_seeds, _ = accuracies.paired_difference(after, before)
    assert (difference, over_seeds) == pytest.approx((0.375, 0.125))
    # A seed that only one of them has isn't compared.
    more = np.concatenate([before, ~before])
    assert accuracies.paired_difference(after, more)[:2] == (difference, over_seeds)
    # What has no seeds is compared with each.
    for one, other in ((after, before[:1]), (after[:1], before)):
        difference, over_seeds, _ = accuracies.paired_difference(one, other)
        by_seed = (one.astype(float) - other).mean(axis=1)
        assert difference == pytest.approx(by_seed.mean())
        assert over_seeds == pytest.approx(by_seed.std(ddof=1) / 2**0.5)
    assert accuracies.paired_difference(after[:1], before[:1])[1] == 0


def test_difference_is_shown_with_both_errors(capsys):
    before, after = np.array([[1, 0, 0, 1]] * 2, bool), np.ones((2, 4), bool)
    assert accuracies.show_difference("lead", after, before) == 0.5
    assert capsys.readouterr().out == (
        "lead: +0.5000 ± 0.0000 (seeds), ± 0.2887 (digits)\n"
    )


def test_steps_are_starred_where_they_are_settled(capsys):
    examples = np.arange(1000)

    def hits(*counts):
        return np.array([examples < count for count in counts])

    elsewhere = hits(100, 200, 300)
    rows = {
        "first": (hits(500, 520, 510), elsewhere),
        "settled": (hits(900, 920, 920), elsewhere),
        # More than two of its errors over seeds, which three seeds don't settle.
        "few seeds": (hits(920, 930, 960), elsewhere),
        # The same for each seed, but a matter of one digit.
        "few digits": (hits(921, 931, 961), elsewhere),
        # Two pairs of seeds settle still less, on whichever side a third one is.
        "two seeds": (hits(941, 961), elsewhere),
        "three again": (hits(961, 991, 1000), elsewhere),
    }
    accuracies.show_steps(rows, "shifted")
    head, first, settled, *unsettled, names = capsys.readouterr().out.splitlines()
    assert head.endswith("shifted")
    assert first.split() == ["first", "0.5100", "±", "0.0058", "0.200", "±", "0.058"]
    assert settled.split()[3:6] == ["0.0067", "+0.4033*", "0.0033"]
    steps = [line.split()[5] for line in unsettled]
    assert steps == ["+0.0233", "+0.0010", "+0.0250", "+0.0250"]
    assert names == "settled steps: settled"
    accuracies.show_steps({"first": rows["first"]})
    assert capsys.readouterr().out.endswith("settled steps: none\n")


def test_shares_are_shown_with_errors_on_the_test_examples(capsys):
    accuracies.show_shares({"network": [0.75, 0.5, 0.2]}, 100)
    _, row = capsys.readouterr().out.splitlines()
    numbers = ["0.750", "0.5000", "±", "0.0500", "0.2000", "±", "0.0400"]
    assert row.split() == ["network", *numbers]


def test_a_table_shows_means_with_errors_over_repetitions(capsys):
    rows = {"ours": (1200, -1e-17, ""), "other": (9, [1, 2, 3], "three")}
    accuracies.show_table(("size", "loss", "note"), rows, digits=2)
    assert capsys.readouterr().out.splitlines() == [
        "         size          loss    note",
        "ours    1,200          0.00",
        "other       9   2.00 ± 0.58   three",
    ]


def test_mistakes_are_counted_by_groups_that_hold_something(capsys):
    confidence = np.array([0.5, 0.6, 0.99, 1.0])
    accuracies.show_confidence(confidence, np.array([False, True, True, True]))
    _, low, middle, high, every = map(str.split, capsys.readouterr().out.splitlines())
    # 0.5 + 0.4 mistakes, and the root of 0.5 · 0.5 + 0.6 · 0.4.
    assert low == ["0.0", "to", "0.8", "2", "0.9", "±", "0.7", "1"]
    assert middle == ["0.95", "to", "0.999", "1", "0.0", "±", "0.1", "0"]
    assert high == ["0.999", "to", "1.0", "1", "0.0", "±", "0.0", "0"]
    assert every == ["all", "4", "0.9", "±", "0.7", "1"]
