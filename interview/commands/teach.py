"""Commands for a class: what was handed in, and a course for nbgrader."""

from datetime import datetime
from pathlib import Path

import click

from interview import files, study_notebooks
from interview.commands.common import Exit


@click.command("class")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A new file for the first table, the second beside it as FILE-claims.",
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A new file for a web page with both, which needs no network.",
)
@click.option(
    "--anonymous", is_flag=True, help="learner 1, learner 2, … in place of names."
)
def sum_up_class(
    folder: Path, output: Path | None, html: Path | None, anonymous: bool
) -> None:
    """Sum up a FOLDER of practice copies or progress files; runs none of them.

    Two tables, as CSV: what has passed, by learner and part; and which claims failed
    for which learners, those that most of them met first. They are printed if no FILE
    is named.

    A learner is the first folder below FOLDER, or what the file's name says beside the
    question's. A copy counts for what its checks showed when it was saved. Each learner
    who handed in has a row. Where nothing is known, the column "note" says why: a copy
    in which no check was run, a Python file, a file that can't be read.
    """
    from interview.teaching import class_failures, class_results

    handed = class_results.read_class(folder)
    for line in handed.skipped:
        click.echo(line, err=True)
    if not handed.results:
        click.echo(f"No practice copy and no record is in {folder}.", err=True)
    if anonymous:
        handed = handed.anonymous()
    rows, learners = class_failures.rows_by_claim(handed.failed), handed.learners
    tables = [class_results.results_csv(handed.results)]
    if rows:
        tables.append(class_failures.failures_csv(rows, learners))
    pages = []
    if output:
        pages.append((output, tables[0], f"{len(handed.results)} rows"))
    if output and rows:
        beside = output.with_stem(f"{output.stem}-claims")
        pages.append((beside, tables[1], f"{len(rows)} claims"))
    if html:
        from interview.publishing import class_page

        page = class_page.class_html(handed, rows, datetime.now().date())
        pages.append((html, page, f"{len(rows)} claims"))
    if not pages:
        click.echo("\n".join(tables), nl=False)
    for path, _, _ in pages:
        _refuse_to_overwrite(path)
    for path, text, holds in pages:
        try:
            files.create(path, text)
        except FileExistsError:
            _refuse_to_overwrite(path)
            raise  # it's a folder above it that is a file
        click.echo(f"{files.shown(path)}: {holds}, {len(learners)} learners")


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise Exit(f"{path} is there already; name a new file.")


@click.command("export-nbgrader")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("numbers", type=int, nargs=-1)
@click.option("--hints", is_flag=True, help="With the hints, which lead to the code.")
def export_nbgrader(folder: Path, numbers: tuple[int, ...], hints: bool) -> None:
    """Write the questions as an nbgrader course into FOLDER: all, or those named.

    Each name that a question asks for gives one point. Bug hunt, second round and
    extras are checked for no points: give extra credit for them as you like.
    """
    from interview.teaching import nbgrader_course

    try:
        written = nbgrader_course.export_nbgrader(
            folder, list(numbers) or study_notebooks.numbers(), with_hints=hints
        )
    except nbgrader_course.ExportError as error:
        raise Exit(str(error)) from None
    for path in written:
        click.echo(files.shown(path))
