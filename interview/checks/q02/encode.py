"""`encode_sentences`, the bug hunt, with a vocabulary of seven words.

No sentence here has numbers, letters beyond English or typographic apostrophes.
"""

from operator import eq

import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree

part = AnswerClaims("encode_sentences")

VOCABULARY = (
    *("<pad>", "<start>", "<unknown>", "<unused>"),
    *("the", "film", "is", "not", "good", "2nd", "it's"),
)


def encoded(encode, *sentences: str) -> np.ndarray:
    """(n, longest) integers that the learner's function returns."""
    rows = encode(list(sentences), VOCABULARY)
    try:
        x = np.asarray(rows)
    except ValueError:
        x = np.empty(0, dtype=object)
    need(
        x.ndim == 2 and len(x) == len(sentences) and x.dtype.kind in "iu",
        expected=f"integers of shape ({len(sentences)}, longest)",
        got=f"{x.dtype} of shape {x.shape}" if x.size else "rows of different lengths",
        hint="rows of different length are filled up with zeros, and integers stay "
        "integers.",
    )
    return x


def rows_of(x: np.ndarray) -> list[list[int]]:
    """The rows without their padding."""
    return [np.trim_zeros(row).tolist() for row in x]


@part.claim("writes each word as its place in the vocabulary, after a start")
def places(encode) -> None:
    words = VOCABULARY[4:-1]
    right = [1, *range(4, 4 + len(words))]
    (got,) = rows_of(encoded(encode, " ".join(words)))
    parts = [part for k in range(1, len(right)) for part in (right[:k], right[-k:])]
    agree(
        got,
        right,
        expected=f"{right} for all words of a small vocabulary",
        shown=f"{got}",
        hint="`vocabulary[i]` is the text of the integer i.",
        faults=[
            *(
                Fault(
                    [1, *(i + shift for i in right[1:])],
                    f"every word is off by {shift:+d}",
                    "decode what you have encoded. Which words come back?",
                )
                for shift in (1, 3, -1, -3)
            ),
            Fault(right[1:], "no start", "every training sequence begins with a 1."),
            Fault(
                [*right[:-1], 2],
                '"2nd" isn\'t found',
                "a word may hold digits. Print the pieces that you look up.",
            ),
            *(
                Fault(
                    part,
                    "the sentence is cut off",
                    "the longest sentence given decides how many columns there are.",
                )
                for part in parts
            ),
        ],
        same=eq,
    )


@part.claim("keeps an unknown word's place: 2, not padding")
def unknown(encode) -> None:
    right = [1, 4, 2, 6, 2]
    (got,) = rows_of(encoded(encode, "the zyx is qqq"))
    agree(
        got,
        right,
        expected=f'{right} for "the zyx is qqq"',
        shown=f"{got}",
        hint="the training data write 2 for a word that isn't in the vocabulary.",
        faults=[
            Fault(
                [1, 4, 0, 6],
                "unknown words have become padding",
                "a mask skips what is 0. Which integer means unknown?",
            ),
            Fault(
                [1, 4, 6],
                "unknown words are gone",
                "words that no longer stand apart read like neighbours. Which integer "
                "means unknown?",
            ),
        ],
        same=eq,
    )


@part.claim(
    "takes words from text as the training data did: lower case, no punctuation"
)
def text(encode) -> None:
    sentence = "The film - it's NOT good!  (2nd)"
    right = [1, 4, 5, 10, 7, 8, 9]
    (got,) = rows_of(encoded(encode, sentence))
    apostrophe = "an apostrophe inside a word belongs to it."
    agree(
        got,
        right,
        expected=f'{right} for "{sentence}"',
        shown=f"{got}",
        hint="capitals or punctuation make known words unknown. Print the pieces: is "
        "each of them spelt as in the vocabulary?",
        faults=[
            Fault([1, 4, 5, 2, 2, 7, 8, 9], '"it\'s" has become two words', apostrophe),
            Fault([1, 4, 5, 2, 7, 8, 9], '"it\'s" is spelt otherwise', apostrophe),
            Fault(
                [1, 4, 5, 2, 10, 7, 8, 9],
                "a dash between two words counts as a word",
                "what is left of a piece without its punctuation may be nothing.",
            ),
        ],
        same=eq,
    )
    (got,) = rows_of(encoded(encode, "not-good film"))
    agree(
        got,
        [1, 7, 8, 5],
        expected='[1, 7, 8, 5] for "not-good film"',
        shown=f"{got}",
        hint="a hyphen separates words as a blank does.",
        faults=[
            Fault(
                [1, 2, 5],
                '"not-good" has become one word',
                "the vocabulary has no word with a hyphen. What separates words?",
            )
        ],
        same=eq,
    )


@part.claim("fills up shorter sentences with zeros, and leaves no row empty")
def fills_up_with_zeros(encode) -> None:
    x = encoded(encode, "good", "the film is not good", "")
    rows, right = rows_of(x), [[1, 8], [1, 4, 5, 6, 7, 8], [1]]
    filling = x[0, -1] if x[0, 0] == 1 else x[0, 0]
    need(
        filling == 0,
        expected=f"{right}, filled up with 0 to the longest",
        got=f"{x.tolist()}: filled up with {filling}",
        hint="which integer does the mask take for padding?",
    )
    need(
        rows == right,
        expected=f"{right}, filled up to the longest",
        got=f"{x.tolist()}",
        hint="each sentence keeps all of its words, and its start.",
    )
    longest = encoded(encode, "film " * 300).shape[1]
    need(
        longest == 301,
        expected="301 columns for a sentence of 300 words",
        got=f"{longest}",
        hint="the longest sentence given decides how many columns there are.",
    )
