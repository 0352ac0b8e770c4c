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
from interview.questions import Question

TEMPLATES = Path(__file__).parent / "templates"
# Markdown opens rendered, and nothing asks for news or looks for updates.
SETTINGS = Path(__file__).parent / "lab_settings"

_HEAD = """\
# Keras interview questions

Each **practise** opens your own copy of a question: the answers are blank, the \
hints are folded, and the clock starts with the first cell that you run. The title \
opens the study notebook: a strong answer, the proof that it works, the traps.

| # | The answer, explained | Your copy | To code | State | Best time | Cards due |
|--:|---|---|--:|---|--:|--:|
"""

_FOOT = """
**The whole interview**: [a mock](mock.ipynb), from the question to the debrief, \
against the clock.

**Remember it**: [the drill](drill.ipynb) asks follow-ups, traps and terms, one card \
at a time, and brings each back when it's due{due}.

In a terminal (**File ▸ New ▸ Terminal**): `interview mock` draws a question and \
starts the clock, `interview hint 4` shows the next hint for question 4, \
`interview check 4` checks your copy, `interview drill` asks the cards there.

*JupyterLab's next start through `make lab` writes this page anew; `interview list` \
says where you stand now.*
"""


@dataclass(frozen=True)
class Line:
    """A question on the start page, with state and best time as they're shown.

    And how many of its cards are due.
    """

    question: Question
    state: str
    best: str
    due: int = 0


def write_copies() -> None:
    """Write the practice copies that aren't there, and the drill's and the mock's.

    Those that are there stay as they are.

    Raises:
        NotebookError: the folder can't be written to.
        OSError: a notebook with buttons can't be.
    """
    for number in study_notebooks.numbers():
        practice_copies.start(number)
    for name in practice_copies.BOARDS:
        with contextlib.suppress(FileExistsError):
            text = (TEMPLATES / name).read_text("utf-8")
            files.create(folders.HERE.practice / name, text)


def page(listed: Sequence[Line]) -> str:
    """The start page in Markdown; its links are relative to the practice folder."""
    lines = []
    for line in listed:
        number, minutes = line.question.number, f"{line.question.minutes} min"
        study = _link(line.question.title, study_notebooks.path_of(number))
        copies = practice_copies.copies(number)
        own = _link("practise", copies[-1]) if copies else ""
        cells = number, study, own, minutes, line.state, line.best, line.due or ""
        lines.append("| " + " | ".join(map(str, cells)) + " |\n")
    total = sum(line.due for line in listed)
    due = f" ({total} now)" if total else ""
    return _HEAD + "".join(lines) + _FOOT.format(due=due)


def write_page(listed: Sequence[Line]) -> Path | None:
    """Write the start page, unless the practice folder is one JupyterLab can't reach.

    Returns:
        Where it is; None where the practice folder isn't below the project's.

    Raises:
        OSError: the page can't be written.
    """
    if not folders.HERE.practice.resolve().is_relative_to(folders.HERE.root.resolve()):
        return None
    target = folders.HERE.practice / practice_copies.START_PAGE
    files.write(target, page(listed))
    return target


def command(start_page: Path | None, arguments: Sequence[str]) -> list[str]:
    """The command that starts JupyterLab; an argument given wins over one of ours."""
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

    Its terminals find the command `interview`, whether or not the environment that
    this runs in is activated.
    """
    words = command(start_page, arguments)
    beside = str(Path(sys.executable).parent)
    paths = os.pathsep.join([beside, os.environ.get("PATH", "")])
    # For a cell that imports Keras before the notebook's own imports.
    environment = {**os.environ, "PATH": paths, "KERAS_BACKEND": "tensorflow"}
    if os.name == "posix":
        # In place of this process: Ctrl-C and signals reach JupyterLab alone.
        os.chdir(folders.HERE.root)
        sys.stdout.flush()
        os.execve(words[0], words, environment)
    process = subprocess.Popen(words, cwd=folders.HERE.root, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # JupyterLab hears it too, and asks
            continue


def _link(text: str, target: Path) -> str:
    place = os.path.relpath(target, folders.HERE.practice).replace(os.sep, "/")
    return f"[{text}]({quote(place)})"
