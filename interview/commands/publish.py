"""Commands that make something to read, or run notebooks: sheet to render."""

import sys

import click

from interview import files, folders
from interview.commands.common import Exit, notebooks

# What a shell reports for a program that Ctrl-C has ended.
INTERRUPTED = 130


@click.command("sheet")
@click.argument("numbers", type=int, nargs=-1)
@click.option(
    "--answers", is_flag=True, help="With answers: two pages each, in one file."
)
def write_sheets(numbers: tuple[int, ...], answers: bool) -> None:
    """One printable page per question: signatures, traps, follow-ups, no answers.

    With --answers, two pages per question for the night before: the plan, the
    formulas, the answer's code, the traps, the follow-ups. All questions are in one
    file; it is a teacher's key, too.
    """
    from interview.publishing import sheet

    found, folder = notebooks(numbers), folders.HERE.runs / "sheets"
    if answers:
        asked = [int(path.name[:2]) for path in found]
        name = f"{found[0].stem}_answers" if len(found) == 1 else "answers"
        sheet.write_answers(asked, folder / f"{name}.html")
        click.echo(files.shown(folder / f"{name}.html"))
        return
    for path in found:
        target = folder / f"{path.stem}.html"
        sheet.write_sheet(int(path.name[:2]), target)
        click.echo(files.shown(target))


@click.command("slides")
@click.argument("numbers", type=int, nargs=-1)
def write_slides(numbers: tuple[int, ...]) -> None:
    """A talk per question (all, or those named): one HTML file, with speaker notes.

    The file needs no network. The libraries in it come from npm; without npm the deck
    loads them from the web when it's opened. It links to the study page of
    `interview site` where that has been written.
    """
    import nbformat

    from interview.publishing import slides
    from interview.publishing.libraries import Libraries

    paths, libraries = notebooks(numbers), Libraries(folders.HERE.libraries)
    if why := libraries.trouble:
        click.echo(f"{why}; these decks load them from the web when shown.", err=True)
    for path in paths:
        target = folders.HERE.runs / "slides" / f"{path.stem}.html"
        page = f"site/notebooks/{path.stem}.html"
        slides.write_slides(
            nbformat.read(path, as_version=4),
            target,
            libraries,
            page=f"../{page}" if (folders.HERE.runs / page).exists() else "",
        )
        click.echo(files.shown(target))


@click.command("site")
def write_site() -> None:
    """The website: study pages, slides, sheets, copies, cards, guides, into runs/site/.

    It needs no network to read. The libraries in it come from npm; without npm, its
    pages load them from the web when they're opened.
    """
    from interview.publishing import site
    from interview.publishing.libraries import Libraries

    libraries = Libraries(folders.HERE.libraries)
    if why := libraries.trouble:
        click.echo(f"{why}; pages load libraries from the web when shown.", err=True)
    target = folders.HERE.runs / "site"
    try:
        complaints = site.write_site(target, libraries)
    except site.SiteError as error:
        raise Exit(f"Sphinx couldn't make the site:\n{error}") from None
    for line in complaints:
        click.echo(line, err=True)
    click.echo(files.shown(target / "index.html"))


@click.command()
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
    """Execute notebooks (all, or the questions named) into runs/, with web pages.

    The pages in runs/pages/ show every copy there is in runs/, and need no network.
    """
    import nbformat
    import yaml

    from interview.publishing import execution

    paths = notebooks(numbers)
    try:
        values = {name: yaml.safe_load(value) for name, value in parameters}
        settings = []
        for path in paths:
            notebook = nbformat.read(path, as_version=4)
            number = int(path.name[:2])
            short = execution.reduced_parameters(number, notebook) if reduced else {}
            checked = execution.checked_parameters(notebook, values, path.stem)
            settings.append({**short, **checked})
    except (execution.RunError, yaml.YAMLError) as error:
        raise Exit(str(error)) from None
    failed = False
    for path, setting in zip(paths, settings, strict=True):
        target = folders.HERE.runs / path.name
        click.echo(f"{path.stem} {setting or ''}".rstrip())
        try:
            results = execution.run_copy(path, setting, target)
        except execution.RunError as error:
            failed = True
            click.echo(f"✗ {error}", err=True)
            continue
        except KeyboardInterrupt:
            was = "is as it was" if target.exists() else "isn't written"
            click.echo(f"\nInterrupted: {files.shown(target)} {was}.", err=True)
            sys.exit(INTERRUPTED)
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")
        click.echo(f"  → {files.shown(target)}")
    _write_pages()
    if failed:
        sys.exit(1)


def _write_pages() -> None:
    """Web pages of all the executed copies; say where they are."""
    import nbformat

    from interview.publishing import site
    from interview.publishing.libraries import Libraries

    copies = sorted(folders.HERE.runs.glob("*.ipynb"))
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in copies}
    target = folders.HERE.runs / "pages"
    libraries = Libraries(folders.HERE.libraries)
    try:
        complaints = site.write_pages(notebooks, target, libraries)
    except site.SiteError as error:
        raise Exit(f"Sphinx couldn't make the pages:\n{error}") from None
    for line in complaints:
        click.echo(line, err=True)
    click.echo(f"Pages to read: {files.shown(target / 'index.html')}")


@click.command()
@click.argument("numbers", type=int, nargs=-1)
def render(numbers: tuple[int, ...]) -> None:
    """For authors: re-execute the committed notebooks in place, at full settings."""
    from interview.publishing import execution

    for path in notebooks(numbers):
        try:
            results = execution.render(path)
        except execution.RunError as error:
            raise Exit(str(error)) from None
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")
