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

# The `##` headings of every notebook, in their order.
ORDER = (
    *(QUESTION, IDEA, SHORT_ANSWER, SET_UP, DATA, ANSWER, PROOF, TRAPS),
    *(BUG_HUNT, SECOND_ROUND, FOLLOW_UPS, RUBRIC, DEEPER, NOT_MEASURED),
    *(RESULTS, REFERENCES),
)
