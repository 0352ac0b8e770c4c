"""JupyterLab on a start page: each question and its practice copy one click away."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from interview import files, folders, study_notebooks
from interview.practising import practice_copies
from interview.publishing import pages, sheet
from interview.publishing.pages import TEMPLATES
from interview.questions import Question

# They open Markdown rendered, and turn off news and the search for updates.
SETTINGS = Path(__file__).parent / "lab_settings"


@dataclass(frozen=True)
class Line:
    """A question's row on the start page: its state, its best time, its cards due."""

    question: Question
    state: str
    best: str
    due: int = 0

    @property
    def study(self) -> Path:
        return study_notebooks.path_of(self.question.number)

    @property
    def copy(self) -> Path | None:
        """The latest practice copy."""
        return next(reversed(practice_copies.copies(self.question.number)), None)


def write_copies() -> None:
    """Write the missing practice copies, and the notebooks of drill and mock.

    A file that is there stays as it is.

    Raises:
        NotebookError: the folder can't be written to.
        OSError: the drill's or the mock's notebook can't be written.
    """
    for number in study_notebooks.numbers():
        practice_copies.start_copy(number)
    for name in practice_copies.BOARDS:
        with contextlib.suppress(FileExistsError):
            text = (TEMPLATES / name).read_text("utf-8")
            files.create(folders.HERE.practice / name, text)


def page(listed: Sequence[Line], answers: Path) -> str:
    """The start page in Markdown; its links are relative to the practice folder."""
    template = pages.template("start.md.j2", address=_address)
    total = sum(line.due for line in listed)
    return template.render(lines=listed, total=total, answers=answers) + "\n"


def write_page(listed: Sequence[Line]) -> Path | None:
    """Write the start page, and the sheet with answers that it links to.

    Neither is written if the practice folder isn't inside the project's folder, since
    JupyterLab can't open it there.

    Raises:
        OSError: the page can't be written.
    """
    if not folders.HERE.practice.resolve().is_relative_to(folders.HERE.root.resolve()):
        return None
    answers = folders.HERE.runs / "sheets" / "answers.html"
    sheet.write_answers(study_notebooks.numbers(), answers)
    target = folders.HERE.practice / practice_copies.START_PAGE
    files.write(target, page(listed, answers))
    return target


def command(start_page: Path | None, arguments: Sequence[str]) -> list[str]:
    """The command that starts JupyterLab; the given arguments override ours."""
    url = "/lab"
    if start_page:
        place = start_page.resolve().relative_to(folders.HERE.root.resolve())
        url = f"/lab/tree/{quote(place.as_posix())}"
    given = {argument.partition("=")[0] for argument in arguments}
    ours = {
        "--LabApp.default_url": url,
        "--LabApp.app_settings_dir": str(SETTINGS),
    }
    options = [f"{name}={value}" for name, value in ours.items() if name not in given]
    return [sys.executable, "-m", "jupyterlab", *options, *arguments]


def run_jupyterlab(start_page: Path | None, arguments: Sequence[str]) -> int:
    """Run JupyterLab in the project's folder until it ends; return its exit code.

    `interview` works in its terminals even if no environment is activated.
    """
    words = command(start_page, arguments)
    beside = str(Path(sys.executable).parent)
    paths = os.pathsep.join([beside, os.environ.get("PATH", "")])
    # A cell may import Keras before the notebook's own imports set the backend.
    environment = {**os.environ, "PATH": paths, "KERAS_BACKEND": "tensorflow"}
    if os.name == "posix":
        # JupyterLab replaces this process, so that Ctrl-C and signals reach it alone.
        os.chdir(folders.HERE.root)
        sys.stdout.flush()
        os.execve(words[0], words, environment)
    process = subprocess.Popen(words, cwd=folders.HERE.root, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # JupyterLab receives it too, and asks what to do
            continue


def _address(target: Path) -> str:
    """The address of a file in a link on the start page."""
    place = os.path.relpath(target, folders.HERE.practice)
    return quote(place.replace(os.sep, "/"))
