"""The headings of a study notebook by name: its sections are found by them."""

QUESTION = "The question"
IDEA = "The idea"
SHORT_ANSWER = "The short answer"
SET_UP = "Set-up"
DATA = "The data"
ANSWER = "The answer"
PROOF = "Does it work?"
TRAPS = "Traps"
BUG_HUNT = "Bug hunt"
SECOND_ROUND = "Second round"
FOLLOW_UPS = "Follow-ups"
RUBRIC = "What a strong answer shows"
DEEPER = "Go deeper"
NOT_MEASURED = "Not measured here"
RESULTS = "Results"
REFERENCES = "References"

# Below a `##` heading.
LINES = "Line by line"
PROGRAM = "The whole program"

_FIRST = (QUESTION, IDEA, SHORT_ANSWER, SET_UP, DATA, ANSWER, PROOF, TRAPS)
_ASKED = (BUG_HUNT, SECOND_ROUND, FOLLOW_UPS, RUBRIC)
# For each edition the `##` headings in their order.
ORDER = {
    2: (*_FIRST, DEEPER, *_ASKED, RESULTS, REFERENCES),
    3: (*_FIRST, *_ASKED, DEEPER, NOT_MEASURED, RESULTS, REFERENCES),
}
