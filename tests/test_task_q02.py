"""Question 2's contrast set: pairs that differ in order or in a negation alone."""

import numpy as np
import pytest

from helpers import data


@pytest.fixture(scope="module")
def pairs():
    return data.make_contrast_pairs()


def test_says_in_one_line_what_it_made(capsys):
    data.make_contrast_pairs(12)
    assert capsys.readouterr().out.count("\n") == 1


def test_order_pairs_have_the_same_words(pairs):
    chosen = np.flatnonzero(pairs.kind == "order")
    assert len(chosen) == 120
    for i in chosen:
        good, bad = pairs.favourable[i].split(), pairs.unfavourable[i].split()
        assert sorted(good) == sorted(bad)
        assert sum(a != b for a, b in zip(good, bad, strict=True)) == 2


def test_negation_pairs_differ_by_one_word_that_helps_neither_side(pairs):
    chosen = np.flatnonzero(pairs.kind == "negation")
    assert len(chosen) == 120
    negated = 0
    for i in chosen:
        good, bad = pairs.favourable[i].split(), pairs.unfavourable[i].split()
        longer, shorter = (good, bad) if len(good) > len(bad) else (bad, good)
        word = next(w for w in ("not", "never") if w in longer)
        assert [w for w in longer if w != word] == shorter
        negated += longer is good
    assert negated == 60


def test_no_pair_occurs_twice_and_patterns_are_even(pairs):
    both = list(zip(pairs.favourable, pairs.unfavourable, strict=True))
    assert len(set(both)) == len(both)
    assert np.bincount(pairs.template).tolist() == [40] * 6


def test_every_word_is_known_from_training(pairs):
    known = set(data.load_reviews(num_words=10_000).vocabulary)
    words = {w for s in pairs.favourable + pairs.unfavourable for w in s.split()}
    assert words <= known


def test_seed_decides():
    first, again, other = (data.make_contrast_pairs(24, seed=s) for s in (1, 1, 2))
    assert first.favourable == again.favourable
    assert first.favourable != other.favourable
