"""The command `interview`: list the questions, start one, check it, run notebooks."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import nbformat
import yaml

from helpers import practice
from helpers.checks import RIGHT, WRONG

ENVIRONMENT = {"KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}


class Exit(click.ClickException):
    """One clear line and exit code 1."""

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Practise Keras coding interviews: ten questions, each with a check.

    \b
    interview list                 the questions
    interview start 4              your own copy of question 4, in practice/
    interview check 4 answer.py    is the answer in this file right?
    """


def _heading(number: int) -> tuple[str, str]:
    """Title and minutes of a question, from its notebook's first cell."""
    text = nbformat.read(practice.notebook_path(number), as_version=4).cells[0].source
    title = re.search(r"^# \d+ · (.+)$", text, re.MULTILINE).group(1)
    minutes = re.search(r"\| *Time to code it[^|]*\| *(\d+) min", text).group(1)
    return title, minutes


@main.command("list")
def list_questions() -> None:
    """The questions, the minutes each should take, and what you have begun."""
    click.echo(f"{'':>2}  {'question':<48}  {'minutes':>7}  state")
    for number in practice.numbers():
        title, minutes = _heading(number)
        state = "started" if practice.copy_path(number).exists() else "new"
        click.echo(f"{number:>2}  {title[:48]:<48}  {minutes:>7}  {state}")


@main.command()
@click.argument("number", type=int)
def start(number: int) -> None:
    """Write your own copy of a question, without its answers, into practice/.

    A copy that is there already is never touched.
    """
    try:
        path, written = practice.start(number)
    except practice.PracticeError as error:
        raise Exit(str(error)) from None
    place = path.relative_to(practice.ROOT)
    if written:
        click.echo(f"Your copy is {place}. Open it in JupyterLab (make lab).")
    else:
        click.echo(
            f"Your copy is {place}; it was there already and is as you left it. "
            f"To begin afresh, rename it first."
        )


@main.command()
@click.argument("number", type=int)
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--seconds",
    default=120,
    show_default=True,
    type=click.IntRange(min=1),
    help="Time limit for the whole check.",
)
@click.option("--traceback", is_flag=True, help="Show the traceback of an error.")
def check(number: int, file: Path | None, seconds: int, traceback: bool) -> None:
    """Check the answer in FILE, a .py or a notebook; your practice copy if left out.

    The file runs in a process of its own and is ended after the time limit.
    """
    try:
        practice.notebook_path(number)
        file = file or practice.copy_path(number)
    except practice.PracticeError as error:
        raise Exit(str(error)) from None
    if not file.exists():
        raise Exit(
            f"There is no practice copy of question {number} yet: "
            f"`interview start {number}` writes one, or name a file to check."
        )
    command = [sys.executable, "-m", "helpers.checks", str(number), str(file)]
    process = subprocess.Popen(
        command + ["--traceback"] * traceback,
        env={**ENVIRONMENT, **os.environ},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end(process)
        raise Exit(
            f"✗ {file.name} didn't finish within {seconds} s, and was ended. Is there "
            f"a loop that never ends? `--seconds` sets another limit."
        ) from None
    except KeyboardInterrupt:
        _end(process)
        raise
    if code not in (RIGHT, WRONG):
        raise Exit(
            f"✗ {file.name} ended its own process (exit code {code}) before it was "
            f"checked to the end."
        )
    sys.exit(0 if code == RIGHT else 1)


def _end(process: subprocess.Popen) -> None:
    """End a process and what it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


@main.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--reduced", is_flag=True, help="With the tests' short settings.")
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="Another value for a notebook's parameter, as -p EPOCHS 3.",
)
def run(numbers: tuple[int, ...], reduced: bool, parameters) -> None:
    """Execute notebooks (all, or the questions named) into runs/, with their HTML."""
    from helpers import running

    failed = False
    try:
        paths = [practice.notebook_path(n) for n in numbers or practice.numbers()]
        values = {name: yaml.safe_load(value) for name, value in parameters}
        settings = []
        for path in paths:
            notebook = nbformat.read(path, as_version=4)
            short = running.reduced_parameters(notebook) if reduced else {}
            checked = running.checked_parameters(notebook, values, path.stem)
            settings.append({**short, **checked})
    except (practice.PracticeError, running.RunError, yaml.YAMLError) as error:
        raise Exit(str(error)) from None
    for path, setting in zip(paths, settings, strict=True):
        target = running.RUNS / path.name
        click.echo(f"{path.stem} {setting or ''}".rstrip())
        try:
            results = running.run(path, setting, target)
        except running.RunError as error:
            failed = True
            click.echo(f"✗ {error}", err=True)
            continue
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")
        click.echo(f"  → {target.with_suffix('.html').relative_to(practice.ROOT)}")
    if failed:
        sys.exit(1)


@main.command()
@click.argument("numbers", type=int, nargs=-1)
def render(numbers: tuple[int, ...]) -> None:
    """For authors: re-execute the committed notebooks in place, at full settings."""
    from helpers import running

    for number in numbers or practice.numbers():
        try:
            results = running.render(practice.notebook_path(number))
        except (practice.PracticeError, running.RunError) as error:
            raise Exit(str(error)) from None
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")


if __name__ == "__main__":
    main()
