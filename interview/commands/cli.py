"""The command `interview`: practise a question, check it, sum up, run notebooks."""

import os
from pathlib import Path

import click

from interview import files, folders, study_notebooks
from interview.checks import registry
from interview.commands import check, practise, progress, publish, teach
from interview.commands.common import Exit
from interview.practising import record_file

COMMANDS = (
    check.check,
    check.watch_file,
    check.answer,
    practise.start_copy,
    practise.mock,
    practise.hint,
    practise.drill_cards,
    practise.write_cards,
    publish.write_sheets,
    publish.write_slides,
    publish.write_site,
    publish.run,
    publish.render,
    progress.list_questions,
    progress.open_lab,
    progress.status,
    progress.plan_days,
    teach.sum_up_class,
    teach.export_nbgrader,
)


TROUBLE = (
    study_notebooks.NotebookError,
    record_file.ProgressError,
    registry.ManifestError,
)


class _Commands(click.Group):
    """Every command reports what can't be had in one line."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except TROUBLE as error:
            raise Exit(str(error)) from None
        except OSError as error:
            if error.filename is None:  # not about a file, as a pipe that was closed
                raise
            place = files.shown(Path(os.fsdecode(error.filename)))
            why = error.strerror
            if isinstance(error, FileExistsError | NotADirectoryError):
                why = "a file is where a folder should be"
            raise Exit(f"{place} can't be used: {why}.") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Practise Keras coding interviews, each answer checked.

    \b
    interview lab                  JupyterLab, on a page with the questions
    interview list                 the questions, and where you stand
    interview mock                 one question, as it's asked, and the clock starts
    interview mock --full          the whole interview, to a debrief
    interview start 4              your own copy of question 4, in practice/
    interview check 4 answer.py    is the answer in this file right?
    interview watch 4 answer.py    the same at every save, while you write it
    interview drill                what you have read, asked card by card
    """
    if not folders.HERE.notebooks.is_dir():
        raise Exit(
            f"There is no folder {folders.HERE.notebooks}. The command finds the "
            "notebooks beside its own sources: install it from a clone, with "
            "`pip install -e .`."
        )


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
