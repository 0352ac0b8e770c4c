"""What several commands need: one line for an error, the record, the notebooks."""

from pathlib import Path

import click

from interview import practice, progress, questions

NUMBER = click.argument("number", type=int)
LEVEL = click.Choice(["screen", "onsite", "staff"])


class Exit(click.ClickException):
    """One clear line and exit code 1."""

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


def read_record() -> progress.Record:
    """The record of progress, an empty one where it can't be read, which is said."""
    record, trouble = progress.load()
    if trouble:
        click.echo(trouble, err=True)
    return record


def notebooks(numbers: tuple[int, ...]) -> list[Path]:
    """The study notebooks of these questions; of all if there are none."""
    return [practice.notebook_path(n) for n in numbers or practice.numbers()]


def standing(
    question: questions.Question, record: progress.Record
) -> progress.Standing:
    # `interview lab` writes all the copies, so one that is still blank says nothing.
    has_copy = not all(map(practice.is_untouched, practice.copies(question.number)))
    return progress.standing(record, question.number, question.asked, has_copy)
