"""The command `interview`, as somebody types it."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from click.testing import CliRunner

from interview import __main__, questions, study_notebooks
from interview import commands as commands_package
from interview.checks import registry
from interview.commands.cli import main
from interview.judging import judge
from interview.practising import practice_copies, record_file
from interview.publishing import execution, site
from tests.support import PATHS, move, tagged

STAND_IN = "tests.judging.stand_in"
RIGHT = (
    "def run_training_loop():\n    return 4\n\n\n"
    "def fit_with_early_stopping():\n    return True\n"
)


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    move(monkeypatch, root=tmp_path, practice=tmp_path / "practice")
    # Each command counts as started after the one before has ended.
    monkeypatch.setattr(practice_copies, "BEGAN", sys.maxsize)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def row_of(number: int) -> str:
    lines = invoke("list").output.splitlines()
    return next(line for line in lines if line.startswith(f"{number:>2} "))


def passed(number: int, *names: str) -> None:
    for name in names or questions.read(number).asked:
        record_file.record_pass(number, 1, name)


def test_list_shows_each_question_in_80_columns(folder):
    lines = invoke("list").output.splitlines()
    assert len(lines) == 1 + len(PATHS)
    assert any("Custom training loop" in line and "25" in line for line in lines)
    assert row_of(8).endswith("20  new")
    invoke("start", 8)
    assert row_of(8).endswith("20  new")
    record_file.start_clock(8, 1)
    assert row_of(8).endswith("20  started")
    passed(8, "vote_predict")
    invoke("hint", 8)
    assert row_of(8).split()[-4:] == ["1", "of", "4", "1"]
    passed(8)
    assert re.search(r"  passed +00:\d\d +1$", row_of(8))
    assert all(len(line) <= 80 for line in invoke("list").output.splitlines())


def test_list_knows_a_copy_that_was_worked_in(folder):
    invoke("start", 4)
    invoke("start", 4, "--fresh")
    assert row_of(4).endswith("25  new")
    practice_copies.copy_path(4).write_text("my work")
    assert row_of(4).endswith("25  started")


def test_status_part_by_part(folder):
    invoke("mock", 8)
    passed(8, "vote_predict")
    text = invoke("status", 8).output
    assert re.search(r"✓ vote_predict +passed after \d+ s", text)
    assert re.search(r"· build_ensemble +not passed yet", text)
    assert "The clock has been running for" in text
    assert "practice/08_model_ensembling.ipynb" in text


def test_status_tells_extras_from_what_is_asked(folder):
    """Question 7 is passed without its layer, which not every right answer needs."""
    passed(7, "make_pairs", "build_siamese", "contrastive_loss")
    text = invoke("status", 7).output
    assert ": passed, " in text
    assert re.search(r"· EuclideanDistance \(extra\) +not passed yet", text)
    assert re.search(r"· one_shot_accuracy \(bug hunt\) +not passed yet", text)


def test_start_says_where_the_copy_is(folder):
    done = invoke("start", 4)
    assert done.exit_code == 0
    assert "practice/04_custom_training_loop.ipynb" in done.output
    assert "notebooks/04_custom_training_loop.ipynb" in done.output
    assert len(done.output.splitlines()) == 1
    again = invoke("start", 4)
    assert again.exit_code == 0
    assert "as you left it" in again.output
    fresh = invoke("start", 4, "--fresh")
    assert "practice/04_custom_training_loop_2.ipynb" in fresh.output
    assert "_2.ipynb" in invoke("start", 4).output


def test_mock_asks_and_starts_the_clock(folder):
    done = invoke("mock", 8)
    assert done.exit_code == 0, done.output
    assert "Question 8 · Model ensembling (20 minutes)" in done.output
    assert "Train it a few times and combine" in " ".join(done.output.split())
    assert "average_predict(models, x)" in done.output
    assert all(len(line) <= 80 for line in done.output.splitlines())
    record, _ = record_file.load()
    at = record_file.standing(record, 8, questions.read(8).asked, True)
    assert datetime.now(UTC) - at.started < timedelta(seconds=30)


@pytest.mark.parametrize("pressed", ["", EOFError, KeyboardInterrupt])
def test_a_mock_s_clock_waits_for_enter(folder, monkeypatch, pressed):
    """Else it starts with the copy's first cell, anew if the copy had a clock."""
    record_file.start_clock(8, 1)
    asked = []

    def ask(prompt):
        asked.append(prompt)
        assert record_file.load()[0].of(8).attempts[1].started is None
        if pressed:
            raise pressed
        return pressed

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    main(["mock", "8"], standalone_mode=False)
    assert asked == ["Enter starts the clock; so does the copy's first cell. "]
    started = record_file.load()[0].of(8).attempts[1].started
    assert (started is None) == (pressed != "")


def test_mock_takes_what_has_not_passed(folder):
    for number in study_notebooks.numbers():
        if number != 4:
            passed(number)
    assert all("Question 4 ·" in invoke("mock").output for _ in range(3))
    passed(4)
    assert "You have passed them all" in invoke("mock").output


def test_mock_is_the_same_for_a_class(folder):
    drawn = {invoke("mock", "--seed", 7).output.splitlines()[0] for _ in range(3)}
    assert len(drawn) == 1
    others = {invoke("mock", "--seed", s).output.splitlines()[0] for s in range(20)}
    assert len(others) > 3


def test_mock_gives_a_blank_copy_and_keeps_the_old_one(folder):
    invoke("start", 4)
    assert "04_custom_training_loop.ipynb" in invoke("mock", 4).output
    first = practice_copies.copy_path(4)
    first.write_text("my work")
    assert "04_custom_training_loop_2.ipynb" in invoke("mock", 4).output
    assert first.read_text() == "my work"
    assert practice_copies.is_untouched(practice_copies.copy_path(4, 2))


def test_mock_again_takes_the_copy_that_is_still_blank(folder):
    """The copy's clock starts anew, unless something has passed in that attempt."""
    for _ in range(3):
        assert "04_custom_training_loop.ipynb" in invoke("mock", 4).output
    assert len(practice_copies.copies(4)) == 1
    passed(4)
    assert "04_custom_training_loop_2.ipynb" in invoke("mock", 4).output


def test_mock_says_that_nothing_is_drawn(folder):
    done = invoke("mock", 6, "--seed", 3)
    assert done.exit_code == 0
    assert done.stderr == "Nothing is drawn: you named question 6.\n\n"
    assert "Question 6 ·" in done.stdout


def test_mock_asks_without_a_record_too(folder, monkeypatch):
    def refuses(*arguments, **keywords):
        raise record_file.ProgressError("The record can't be written.")

    monkeypatch.setattr(record_file, "start_clock", refuses)
    done = invoke("mock", 4)
    assert done.exit_code == 0
    assert "Question 4 ·" in done.stdout
    assert "The record can't be written." in done.stdout
    assert "The clock started" not in done.stdout


def test_hints_come_one_at_a_time(folder):
    hints = questions.read(4).parts[0].hints
    for step, text in enumerate(hints, start=1):
        shown = invoke("hint", 4).output
        assert shown == f"run_training_loop, {step} of 3\n\n{text}\n".replace("**", "")
    assert invoke("hint", 4).output.startswith("These are all the hints")
    assert "**" in hints[0]
    assert "1 of 3" in invoke("hint", 4, "FIT_with_early_stopping").output
    assert "2 of 3" in invoke("hint", 4, "fit_with_early_stopping").output
    wrong = invoke("hint", 4, "build")
    assert wrong.exit_code == 1
    assert "no part build; it has run_training_loop" in wrong.output


@pytest.fixture
def unusable(folder, monkeypatch):
    """Put files where the folders for written files should be."""
    move(monkeypatch, runs=folder / "runs")
    for name in ("runs", "practice"):
        (folder / name).write_text("a file where the folder should be")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["sheet", 4],
        ["sheet", "--answers"],
        ["slides", 4],
        ["cards", 4, "-o", "runs/here"],
        ["run", 4],
        ["export-nbgrader", "runs/course", 5],
        ["class", ".", "-o", "runs/class.csv"],
        ["lab"],
        ["start", 4],
        ["mock", 4],
    ],
    ids=lambda arguments: "-".join(map(str, arguments)).replace("/", "."),
)
def test_a_folder_that_cannot_be_used_is_one_line(unusable, arguments):
    done = invoke(*arguments)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    last = done.output.splitlines()[-1]
    assert re.search("can't be (used|written to|read or written)", last)
    assert last.startswith(("runs", "practice", "The folder"))


@pytest.mark.parametrize("command", ["list", "status", "hint"])
def test_what_only_shows_works_without_a_record(unusable, command):
    done = invoke(command, *([] if command == "list" else [4]))
    assert done.exit_code == 0
    assert "practice/progress.json can't be read or written" in done.stderr
    assert "nothing is recorded" in done.stderr
    assert len(done.stdout.splitlines()) >= 3


def test_sheets_with_answers_are_one_file(folder, monkeypatch):
    move(monkeypatch, runs=folder / "runs")
    monkeypatch.chdir(folder)
    one, two = (invoke("sheet", *each, "--answers") for each in ([4], [4, 7]))
    stem = "runs/sheets/04_custom_training_loop_answers.html"
    assert [one.output.strip(), two.output.strip()] == [
        stem.replace("/", os.sep),
        "runs/sheets/answers.html".replace("/", os.sep),
    ]
    assert Path("runs/sheets/answers.html").read_text("utf-8").count("<h1>") == 2


def test_paths_are_said_from_where_the_reader_is(folder, monkeypatch):
    move(monkeypatch, runs=folder / "runs")
    (folder / "mine").mkdir()
    for elsewhere, says in {
        ".": "runs/sheets/04_custom_training_loop.html",
        "mine": "../runs/sheets/04_custom_training_loop.html",
    }.items():
        monkeypatch.chdir(folder / elsewhere)
        said = invoke("sheet", 4).output.strip()
        assert said == says.replace("/", os.sep)
        assert Path(said).is_file()


@pytest.mark.parametrize("there", [True, False])
def test_an_interrupted_run_says_what_is_left(folder, monkeypatch, there):
    move(monkeypatch, runs=folder / "runs")
    target = folder / "runs" / "04_custom_training_loop.ipynb"
    if there:
        target.parent.mkdir()
        target.write_text("the run before")

    def interrupted(source, execution, **options):
        Path(execution).write_text("half of it")
        raise KeyboardInterrupt

    monkeypatch.setattr(execution.papermill, "execute_notebook", interrupted)
    done = invoke("run", 4)
    assert done.exit_code == 130
    says = "is as it was" if there else "isn't written"
    assert done.output.splitlines()[-1].endswith(f"{target.name} {says}.")
    assert [path.name for path in target.parent.iterdir()] == there * [target.name]


def test_status_says_whose_clock_it_is(folder):
    invoke("mock", 4)
    practice_copies.copy_path(4).write_text("my work")
    invoke("mock", 4)
    lines = invoke("status", 4).output.splitlines()
    copies = [line for line in lines if ".ipynb" in line]
    assert [line.endswith("the clock") for line in copies] == [False, True]


MEANS = registry.sentences(4)["epoch_means"]


def test_status_names_what_came_back_and_where_it_s_explained(folder):
    record_file.record_failures(4, 1, {"run_training_loop": "met once"})
    assert "came back" not in invoke("status").output
    for attempt in (1, 1, 2):
        record_file.record_failures(4, attempt, {"run_training_loop": "epoch_means"})
    for part in ("schedule", "WarmupDecay", "make_plateau_callback"):
        for _ in range(2):
            record_file.record_failures(6, 1, {part: "ends\x1b[2J well"})
    lines = invoke("status").output.splitlines()
    place = lines.index("What came back most:")
    assert sum("✗" in line for line in lines[place:]) == 3
    text = " ".join(" ".join(lines[place:]).split())
    assert text.startswith(
        f"What came back most: 4 ✗ run_training_loop: {MEANS} 3 checks in 2 attempts; "
        f"explained under “The mean of batch means” in "
    )
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in lines[place:] if ".ipynb" not in line)
    alone = invoke("status", 6).output
    assert alone.count("✗") == 3
    assert "2 checks; explained under “By epoch” in" in alone
    assert "run_training_loop" not in alone
    assert "came back" not in invoke("status", 7).output


def test_ctrl_c_while_modules_load_is_one_line(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    loading = SimpleNamespace(main=interrupted)
    monkeypatch.setitem(sys.modules, "interview.commands.cli", loading)
    monkeypatch.setattr(commands_package, "cli", loading)
    with pytest.raises(SystemExit) as left:
        __main__.main()
    assert left.value.code == "Aborted!"


def test_unknown_question():
    commands = ["start", "check", "watch", "run", "mock", "hint", "status", "sheet"]
    for command in commands:
        done = invoke(command, 77)
        assert done.exit_code == 1
        assert done.output.count("\n") == 1
        assert "There is no question 77" in done.output


PASSED = "✓ question 4: passed; no clock ran (`interview mock 4` starts one)"


@pytest.fixture
def stand_in(monkeypatch):
    """A check without TensorFlow in place of question 4's."""
    monkeypatch.setattr(judge, "judge", partial(judge.judge, module=STAND_IN))


def test_check_without_a_copy(folder):
    done = invoke("check", 4)
    assert done.exit_code == 1
    assert "interview start 4" in done.output


def test_check_of_a_right_file(folder, stand_in):
    file = folder / "answer.py"
    file.write_text(RIGHT)
    done = invoke("check", 4, file)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "✓ run_training_loop: returns 4",
        "✓ fit_with_early_stopping: stops",
        PASSED,
    ]
    assert done.stderr == ""


def test_check_of_a_wrong_file(folder, stand_in):
    file = folder / "answer.py"
    file.write_text(RIGHT.replace("4", "5"))
    done = invoke("check", 4, file)
    assert done.exit_code == 1
    assert "got:      5" in done.stdout
    assert done.stdout.endswith("· question 4: 0 of 1 parts right\n")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            "return False",
            "· fit_with_early_stopping (bug hunt) isn't right yet; the question counts "
            "what it asks for",
        ),
        ("raise NotImplementedError", PASSED),
    ],
)
def test_a_bug_hunt_does_not_count(folder, stand_in, body, line):
    file = folder / "answer.py"
    file.write_text(RIGHT.replace("return True", body))
    done = invoke("check", 4, file)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert PASSED in lines
    assert lines[-1] == line


def test_the_verdict_comes_without_a_record_too(folder, stand_in):
    file = folder / "answer.py"
    file.write_text(RIGHT)
    (folder / "practice").write_text("a file in the folder's place")
    done = invoke("check", 4, file)
    assert done.exit_code == 0
    assert done.stdout.endswith("✓ question 4: passed\n")
    assert "can't be read or written" in done.stderr


@pytest.mark.parametrize("command", ["check", "watch"])
@pytest.mark.parametrize("name", ["answer.txt", "answer", "answer.py.orig"])
def test_only_python_and_notebooks_are_checked(folder, name, command):
    (folder / name).write_text(RIGHT)
    done = invoke(command, 4, folder / name)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert line.endswith(f"{name} is neither a .py file nor a notebook.")


def test_trouble_is_one_line(folder, stand_in):
    file = folder / "answer.py"
    file.write_text("x = 1\n1 / 0\n")
    done = invoke("check", 4, file)
    assert done.exit_code == 1
    assert done.output == "✗ answer.py, line 2: ZeroDivisionError: division by zero\n"
    assert "Traceback" in invoke("check", 4, file, "--traceback").stdout


def solved(copy, number=4):
    """Question 4's copy with the stand-in's answers in it."""
    notebook = nbformat.read(copy, as_version=4)
    answers = RIGHT.split("\n\n\n")
    for cell, source in zip(tagged(notebook, "answer"), answers, strict=False):
        cell.source = source
    nbformat.write(notebook, copy)


def test_check_names_the_copy_and_those_with_answers(folder, stand_in):
    invoke("start", 4)
    first = "practice/04_custom_training_loop.ipynb"
    assert invoke("check", 4).stdout.splitlines()[:2] == [
        f"Checking {first}, which is blank.",
        "✗ run_training_loop: not written yet",
    ]
    solved(folder / first)
    done = invoke("check", 4)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"Checking {first}."
    invoke("mock", 4)
    second = "practice/04_custom_training_loop_2.ipynb"
    blank = invoke("check", 4)
    assert blank.exit_code == 1
    assert blank.stdout.splitlines()[:2] == [
        f"Checking {second}, which is blank.",
        f"{first} has answers: `interview check 4 {first}`.",
    ]
    solved(folder / second)
    assert invoke("check", 4).stdout.splitlines()[:2] == [
        f"Checking {second}.",
        f"{first} has answers too: `interview check 4 {first}`.",
    ]


@pytest.mark.parametrize("command", ["check", "watch"])
def test_another_questions_copy_is_recognised(folder, stand_in, command):
    invoke("start", 5)
    copy = practice_copies.copy_path(5)
    done = invoke(command, 4, copy)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert "is question 5's copy: `interview check 5 " in line


@pytest.mark.parametrize("number", [1, 6, 7])
def test_check_of_a_solved_copy_by_the_real_check(folder, number):
    """The notebook's own answers pass among cells that can't run."""
    study = nbformat.read(study_notebooks.path_of(number), as_version=4)
    answers = {cell.id: cell.source for cell in tagged(study, "answer")}
    path, _ = practice_copies.start_copy(number)
    copy = nbformat.read(path, as_version=4)
    for cell in copy.cells:
        cell.source = answers.get(cell.id, cell.source)
    for source in ("%matplotlib inline\n1 / 0", "while True: pass", "def (:"):
        copy.cells.insert(20, nbformat.v4.new_code_cell(source))
    nbformat.write(copy, path)
    done = invoke("check", number)
    assert done.exit_code == 0, done.output
    first, *lines = done.stdout.splitlines()
    assert first == f"Checking {path.relative_to(folder)}."
    assert "is the study notebook's own answer" in done.stderr
    assert all(line.startswith(("✓ ", "· note: ")) for line in lines)
    assert lines[-1].startswith(f"✓ question {number}: passed")


def test_answer_prints_the_whole_program(folder, monkeypatch):
    cells = [
        nbformat.v4.new_code_cell("import math", metadata={"tags": ["program"]}),
        nbformat.v4.new_code_cell("1 / 0"),
        nbformat.v4.new_code_cell(
            "def root(x):\n    ### BEGIN SOLUTION\n    return math.sqrt(x)\n"
            "    ### END SOLUTION",
            metadata={"tags": ["answer", "program"]},
        ),
        nbformat.v4.new_code_cell("y = root(4)", metadata={"tags": ["program"]}),
        nbformat.v4.new_markdown_cell(
            "In a file:\n\n```python\nprint(y)\n```\n", metadata={"tags": ["program"]}
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    move(monkeypatch, notebooks=folder)
    nbformat.write(notebook, folder / "05_small.ipynb")
    text = invoke("answer", 5).output
    assert text == (
        "import math\n\ndef root(x):\n    return math.sqrt(x)\n\n"
        'if __name__ == "__main__":\n    y = root(4)\n\n    print(y)\n'
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
    assert done.stdout == "2.0\n"
    nbformat.write(nbformat.v4.new_notebook(), folder / "05_small.ipynb")
    done = invoke("answer", 5)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert line.startswith("Question 5 has no whole program yet")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-p", "EPOCS", "3"], "no parameter EPOCS"),
        (["-p", "EPOCHS", "many"], "EPOCHS of 04_custom_training_loop is int"),
    ],
)
def test_run_refuses_wrong_parameters(arguments, complaint):
    done = invoke("run", 4, *arguments)
    assert done.exit_code == 1
    assert complaint in done.output


def test_run_writes_notebook_and_page(tmp_path, monkeypatch):
    """A small notebook with real results, through the real papermill."""
    cells = [
        nbformat.v4.new_markdown_cell("# 5 · Small"),
        nbformat.v4.new_code_cell("EPOCHS = 2", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "from helpers import results\nresults.show({'epochs': EPOCHS})",
            metadata={"tags": ["results"]},
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    move(monkeypatch, root=tmp_path, notebooks=tmp_path, runs=tmp_path / "runs")
    nbformat.write(notebook, tmp_path / "05_small.ipynb")
    (tmp_path / "runs" / "pages").mkdir(parents=True)
    (tmp_path / "runs" / "pages" / "left_over.html").write_text("goes")
    done = invoke("run", 5, "--reduced", "-p", "EPOCHS", "7")
    assert done.exit_code == 0, done.output
    assert "epochs" in done.output
    assert "7" in done.output.split("epochs")[-1].splitlines()[0]
    pages = tmp_path / "runs" / "pages"
    assert "<td>epochs</td>" in (pages / "05_small.html").read_text("utf-8")
    assert 'href="05_small.html"' in (pages / "index.html").read_text("utf-8")
    assert not (pages / "left_over.html").exists()
    assert (tmp_path / "runs/05_small.ipynb").exists()

    cells[2].source = "1 / 0"
    nbformat.write(notebook, tmp_path / "05_small.ipynb")
    done = invoke("run", 5)
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.output


def test_site_says_where_it_is_and_what_sphinx_said(tmp_path, monkeypatch):
    move(monkeypatch, root=tmp_path, runs=tmp_path / "runs")
    monkeypatch.setattr(site, "write_site", lambda *_: ["a.md: something's amiss"])
    done = invoke("site")
    assert done.exit_code == 0
    assert "something's amiss" in done.stderr
    assert done.stdout.strip().endswith(os.path.join("runs", "site", "index.html"))

    def refuse(*_):
        raise site.SiteError("no theme")

    monkeypatch.setattr(site, "write_site", refuse)
    done = invoke("site")
    assert done.exit_code == 1
    assert done.stderr.endswith("Sphinx couldn't make the site:\nno theme\n")


def test_render_replaces_only_what_ran(tmp_path):
    cells = [nbformat.v4.new_code_cell("print(1 + 1)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    target = tmp_path / "05_small.ipynb"
    nbformat.write(notebook, target)
    execution.render(target)
    rendered = nbformat.read(target, as_version=4)
    assert rendered.cells[0].outputs[0].text == "2\n"
    assert "execution" not in rendered.cells[0].metadata
    assert rendered.cells[0].id == cells[0].id
    rendered.cells[0].source = "1 / 0"
    nbformat.write(rendered, target)
    before = target.read_bytes()
    with pytest.raises(execution.RunError, match="ZeroDivisionError"):
        execution.render(target)
    assert target.read_bytes() == before
