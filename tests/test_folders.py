"""Where the collection's folders are, however a program was started."""

import pytest
from click.testing import CliRunner

from interview import folders
from interview.commands.cli import main
from tests.support import move


@pytest.mark.parametrize("elsewhere", ["mine", "../mine"])
def test_a_relative_practice_folder_is_below_the_root(elsewhere, monkeypatch, tmp_path):
    """The command, JupyterLab and a kernel each work in another folder."""
    monkeypatch.setenv("KERAS_INTERVIEW_PRACTICE", elsewhere)
    monkeypatch.chdir(tmp_path)
    found = folders._of_this_checkout()
    assert found.practice == found.root / elsewhere


def test_an_absolute_practice_folder_stays_where_it_is(monkeypatch, tmp_path):
    monkeypatch.setenv("KERAS_INTERVIEW_PRACTICE", str(tmp_path))
    assert folders._of_this_checkout().practice == tmp_path


def test_without_one_it_is_practice(monkeypatch):
    monkeypatch.setenv("KERAS_INTERVIEW_PRACTICE", "")
    found = folders._of_this_checkout()
    assert found.practice == found.root / "practice"


def test_a_package_without_its_notebooks_says_how_to_install_it(monkeypatch, tmp_path):
    move(monkeypatch, notebooks=tmp_path / "notebooks")
    done = CliRunner().invoke(main, ["list"])
    assert done.exit_code == 1
    assert f"There is no folder {tmp_path}/notebooks." in done.output
    assert "`pip install -e .`" in done.output
