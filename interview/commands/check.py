"""Commands about an answer: check, watch, and the notebook's own."""

import re
import sys
from pathlib import Path

import click

from interview import files, notebook_json, questions
from interview.commands.common import NUMBER, Exit
from interview.practising import practice_copies

SECONDS = click.option(
    "--seconds",
    default=120,
    show_default=True,
    type=click.IntRange(min=1),
    help="Time limit for a whole check.",
)
GIGABYTES = click.option(
    "--gigabytes",
    default=4.0,
    show_default=True,
    type=click.FloatRange(min=0.5),
    help="Memory limit for a whole check.",
)


@click.command()
@NUMBER
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@SECONDS
@GIGABYTES
@click.option("--traceback", is_flag=True, help="Show the traceback of an error.")
def check(
    number: int, file: Path | None, seconds: int, gigabytes: float, traceback: bool
) -> None:
    """Check the answer in FILE, a .py or a notebook; your latest copy if left out.

    A .py runs whole, but for what stands under `if __name__ == "__main__":`. Of a
    notebook runs what defines the names that are checked, in the answer cells or in
    cells of your own, and what these hang on: imports, parameters, constants,
    functions, and seeds, policies and the like that you set above the check. Training
    and all other cells stay out, so they may hold anything.

    That happens in a process of its own, on a copy of the file in an empty folder; it
    is ended when it goes over a limit. What it prints is marked with |.

    The exit code is 0 if everything that the question asks for is right. Its bug
    hunt, its second round and its extras are checked where they are written, and
    don't count.
    """
    from interview.judging import judge
    from interview.practising import check_summary

    question = questions.read(number)
    if file is None:
        file = _latest_copy(number)
    _refuse_others(question, file)
    verdict = judge.judge(
        number,
        file,
        click.echo,
        seconds=seconds,
        gigabytes=gigabytes,
        with_traceback=traceback,
    )
    if verdict.passed or verdict.failed or verdict.unwritten:
        lines, trouble = check_summary.sum_up(question, file, verdict)
        click.echo("\n".join(lines))
        if trouble:
            click.echo(trouble, err=True)
    if verdict.trouble:
        raise Exit(f"✗ {verdict.trouble}")
    sys.exit(0 if set(question.asked) <= set(verdict.passed) else 1)


@click.command("watch")
@NUMBER
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@SECONDS
@GIGABYTES
def watch_file(number: int, file: Path | None, seconds: int, gigabytes: float) -> None:
    """Check the answer in FILE at every save; in your latest copy if left out.

    Open the file in an editor beside this terminal. Each save is checked as by
    `interview check`, with the same limits, and recorded; a process that has
    TensorFlow ready waits for it. A file that isn't Python yet is no try.

    Keys: h next hint, r check again, m the other messages, w traceback of the error, s
    second round once the question is passed, n another question, q quit.
    """
    from interview.judging import judge
    from interview.practising.watch import loop

    if file:
        _refuse_others(questions.read(number), file)
    loop.watch_file(number, file, judge.Limits(seconds, gigabytes))


def _latest_copy(number: int) -> Path:
    """The copy that is checked if none is named; says which, and where answers are."""
    copies = practice_copies.copies(number)
    if not copies:
        raise Exit(
            f"There is no practice copy of question {number} yet: "
            f"`interview start {number}` writes one, or name a file to check."
        )
    latest = copies[-1]
    begun = practice_copies.is_begun(latest)
    click.echo(f"Checking {files.shown(latest)}{'' if begun else ', which is blank'}.")
    has = "has answers too" if begun else "has answers"
    for other in filter(practice_copies.is_begun, copies[:-1]):
        place = files.shown(other)
        click.echo(f"{place} {has}: `interview check {number} {place}`.")
    return latest


def _refuse_others(question: questions.Question, file: Path) -> None:
    """Only Python and notebooks, and no copy of another question without our names."""
    if file.suffix not in (".py", ".ipynb"):
        raise Exit(f"{file} is neither a .py file nor a notebook.")
    if file.suffix == ".py":
        return
    try:
        notebook = notebook_json.read(file)
    except (notebook_json.NotANotebook, OSError):
        return  # the judge says what is wrong with it
    other = questions.number_of(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    if other not in (None, question.number) and not any(
        re.search(rf"^(def|class) {part.name}\b", text, re.MULTILINE)
        for part in question.parts
    ):
        place = files.shown(file)
        raise Exit(
            f"{place} is question {other}'s copy: `interview check {other} {place}`."
        )


@click.command()
@NUMBER
def answer(number: int) -> None:
    """The whole program of a question's study notebook, to read or to run.

    It stands alone, from the imports to the evaluation:
    `interview answer 4 > program.py`. What it trains stands under
    `if __name__ == "__main__":`, so that it can be checked as well.
    """
    click.echo(questions.program(number), nl=False)
