"""The start page of JupyterLab, and the command line that opens it."""

import re
import sys
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from interview import questions, study_notebooks
from interview.commands.cli import main
from interview.practising import practice_copies, record_file
from interview.publishing import lab
from interview.remembering import cards
from interview.remembering.drill import Drill
from tests.support import PATHS, move


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A project's folder with a practice folder; JupyterLab isn't started."""
    practice, runs = tmp_path / "practice", tmp_path / "runs"
    move(monkeypatch, root=tmp_path, practice=practice, runs=runs)
    return tmp_path / "practice"


@pytest.fixture
def started(monkeypatch):
    """The command lines that JupyterLab would have been started with."""
    commands = []

    def run(start_page, arguments):
        commands.append(lab.command(start_page, arguments))
        return 3

    monkeypatch.setattr(lab, "run_jupyterlab", run)
    return commands


def invoke(*arguments):
    return CliRunner().invoke(main, ["lab", *arguments])


def rows(folder) -> dict[int, list[str]]:
    text = (folder / "START.md").read_text("utf-8")
    found = re.findall(r"^\| (\d+) \| (.*) \|$", text, re.MULTILINE)
    return {int(number): cells.split(" | ") for number, cells in found}


def test_the_page_has_every_question(folder, started):
    assert invoke().exit_code == 3
    assert list(rows(folder)) == study_notebooks.numbers()
    for path in PATHS:
        number = int(path.name[:2])
        question = questions.read(number)
        study, own, minutes, state, best, due = rows(folder)[number]
        links = [re.fullmatch(r"\[(.+)\]\((.+)\)", cell) for cell in (study, own)]
        places = [(folder / unquote(link[2])).resolve() for link in links]
        assert places == [path.resolve(), practice_copies.copy_path(number).resolve()]
        assert [link[1] for link in links] == [question.title, "practise"]
        assert all(place.is_file() for place in places)
        assert minutes == f"{question.minutes} min"
        assert (state, best.strip(), due.strip()) == ("new", "", "")


def test_the_page_says_where_you_stand(folder, started):
    record_file.record_pass(8, 1, "vote_predict")
    record_file.start_clock(4, 1)
    for name in questions.read(4).asked:
        record_file.record_pass(4, 1, name)
    invoke()
    assert rows(folder)[8][-3] == "1 of 4"
    assert rows(folder)[4][-3] == "passed"
    assert re.fullmatch(r"00:\d\d", rows(folder)[4][-2])


def test_the_page_says_which_cards_are_due(folder, started):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    for card in cards.read(9)[:2]:
        Drill([card], now=lambda: long_ago).grade(card, 3)
    invoke()
    assert [cells[-1].strip() for cells in rows(folder).values()].count("") == 9
    assert rows(folder)[9][-1] == "2"
    text = (folder / "START.md").read_text("utf-8")
    assert "[the drill](drill.ipynb)" in text
    assert "when it's due (2 now)." in text


def test_your_work_stays_and_the_latest_copy_is_linked(folder, started):
    practice_copies.start(4)
    practice_copies.copy_path(4).write_text("my work")
    practice_copies.start(4, fresh=True)
    invoke()
    (folder / "drill.ipynb").write_text("mine")
    invoke()
    assert (folder / "drill.ipynb").read_text() == "mine"
    assert practice_copies.copy_path(4).read_text() == "my work"
    assert rows(folder)[4][1].endswith("04_custom_training_loop_2.ipynb)")
    assert len(list(folder.glob("[0-9]*.ipynb"))) == len(PATHS) + 1


def test_the_page_leads_to_all_answers(folder, started):
    invoke()
    text = (folder / "START.md").read_text("utf-8")
    (place,) = re.findall(r"\[all questions with their answers\]\((.+)\)", text)
    html = (folder / unquote(place)).read_text("utf-8")
    assert html.count("<section") == len(PATHS)


def test_commands_on_the_page_exist(folder, started):
    invoke()
    text = (folder / "START.md").read_text("utf-8")
    used = set(re.findall(r"`interview (\w+)", text))
    assert {"mock", "hint", "check"} <= used <= set(main.commands)


def test_jupyterlab_opens_on_the_page(folder, started):
    invoke("--port=8899", "--no-browser", "-y")
    invoke("--LabApp.default_url=/lab/tree/notebooks")
    command, given = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/practice/START.md" in command
    assert f"--LabApp.app_settings_dir={lab.SETTINGS}" in command
    assert command[-3:] == ["--port=8899", "--no-browser", "-y"]
    # An argument wins over one of ours.
    urls = [word for word in given if word.startswith("--LabApp.default_url")]
    assert urls == ["--LabApp.default_url=/lab/tree/notebooks"]


def test_a_practice_folder_elsewhere(folder, started, tmp_path_factory, monkeypatch):
    """JupyterLab can't reach such a folder; copies are written, and it opens anyway."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    move(monkeypatch, practice=elsewhere)
    invoke()
    assert "--LabApp.default_url=/lab" in started[0]
    assert len(list(elsewhere.glob("[0-9]*.ipynb"))) == len(PATHS)
    assert not (elsewhere / "START.md").exists()
