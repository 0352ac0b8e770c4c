"""What several commands need: one line for an error, the record, the notebooks."""

from pathlib import Path

import click

from interview import questions, study_notebooks
from interview.practising import practice_copies, record_file

NUMBER = click.argument("number", type=int)
LEVEL = click.Choice(["screen", "onsite", "staff"])


class Exit(click.ClickException):
    """One clear line and exit code 1."""

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


def read_record() -> record_file.Record:
    """The record of progress, an empty one where it can't be read, which is said."""
    record, trouble = record_file.load()
    if trouble:
        click.echo(trouble, err=True)
    return record


def notebooks(numbers: tuple[int, ...]) -> list[Path]:
    """The study notebooks of these questions; of all if there are none."""
    return [study_notebooks.path_of(n) for n in numbers or study_notebooks.numbers()]


def standing(
    question: questions.Question, record: record_file.Record
) -> record_file.Standing:
    """Where the learner stands with a question, by the record and by the copies."""
    # `interview lab` writes all the copies, so one that is still blank says nothing.
    # They are read only where the record has no attempt, which says more.
    has_copy = not record.of(question.number).attempts and not all(
        map(practice_copies.is_untouched, practice_copies.copies(question.number))
    )
    return record_file.standing(record, question.number, question.asked, has_copy)
