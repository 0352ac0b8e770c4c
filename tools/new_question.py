"""Begin a question: its four places, with stubs.

    python tools/new_question.py 11 beam_search

`make test ARGS="-k 11"` then lists what is to be written.
"""

import re
from pathlib import Path

import click
import jupytext
import nbformat

ROOT = Path(__file__).parent.parent
STUBS = Path(__file__).parent / "question_stub"
PARTS = ("solve", "repair", "extend")


def stubs(number: int, slug: str) -> dict[str, str]:
    """The texts of a new question's files, by their places."""
    check, answers = f"interview/checks/q{number:02d}", f"tests/answers/q{number:02d}"
    title = slug.replace("_", " ").capitalize()

    def stub(name: str, part: str = "") -> str:
        text = (STUBS / f"{name}.txt").read_text("utf-8")
        text = text.replace("NUMBER", str(number)).replace("NN", f"{number:02d}")
        return text.replace("TITLE", title).replace("NAME", part)

    return {
        f"notebooks/{number:02d}_{slug}.ipynb": notebook_of(stub("notebook")),
        f"helpers/q{number:02d}.py": stub("helpers"),
        f"{check}/question.toml": stub("question"),
        f"{check}/cards.toml": stub("cards"),
        f"{check}/__init__.py": stub("check"),
        **{f"{check}/{part}.py": stub("claims", part) for part in PARTS},
        f"{answers}/right/plain.py": stub("plain"),
        f"{answers}/right/another.py": stub("another"),
        f"{answers}/mutants.toml": stub("mutants"),
    }


def notebook_of(text: str) -> str:
    """The notebook that a stub in the form py:percent describes."""
    notebook = jupytext.reads(text, "py:percent")
    for place, cell in enumerate(notebook.cells):
        cell.id = f"cell-{place:02d}"
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    return nbformat.writes(notebook) + "\n"


@click.command()
@click.argument("number", type=click.IntRange(1, 99))
@click.argument("slug")
def main(number: int, slug: str) -> None:
    """Write the stubs of question NUMBER, whose notebook is NUMBER_SLUG.ipynb."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", slug):
        raise click.ClickException(f"{slug} isn't words_in_small_letters.")
    taken = [
        *ROOT.glob(f"notebooks/{number:02d}_*.ipynb"),
        *ROOT.glob(f"helpers/q{number:02d}.py"),
        *ROOT.glob(f"interview/checks/q{number:02d}"),
        *ROOT.glob(f"tests/answers/q{number:02d}"),
    ]
    if taken:
        raise click.ClickException(f"{taken[0].relative_to(ROOT)} is there already.")
    for place, text in stubs(number, slug).items():
        path = ROOT / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(place)
    click.echo(f'make test ARGS="-k {number:02d}" lists what is to be written.')


if __name__ == "__main__":
    main()
