"""The rules for every committed notebook: order, tags, outputs, numbers."""

import ast
import itertools
import re
import statistics

import nbformat

from interview import headings, questions
from interview.checks import registry
from interview.notebook_json import checked_names, tags
from interview.publishing import execution
from tests.support import number_of, outside_bounds, pictures_in, tagged

TAGS = {
    "parameters",
    "answer",
    "check",
    "hint",
    "model-answer",
    "bughunt",
    "program",
    "second-round",
    "nbval-check-output",
    "results",
}
# The rows of the table in the first cell.
FACTS = "Time to code it in an interview", "Time to read it", "CPU time"
# The sections that ask for the parts of each kind.
SECTIONS = {
    "asked": headings.ANSWER,
    "extra": headings.ANSWER,
    "bug hunt": headings.BUG_HUNT,
    "second round": headings.SECOND_ROUND,
}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def code(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def titles_in(cells) -> list[str]:
    """The `###` headings."""
    return re.findall(r"^### (.+)$", markdown(cells), re.MULTILINE)


def outputs(notebook) -> list:
    return [output for cell in code(notebook) for output in cell.outputs]


def markdown(cells) -> str:
    return "\n\n".join(c.source for c in cells if c.cell_type == "markdown")


def section(notebook, heading: str) -> list:
    """The cells from a `##` heading up to the next."""
    starts = [
        i
        for i, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and re.match(r"## ", cell.source)
    ]
    for start, end in zip(starts, [*starts[1:], len(notebook.cells)], strict=True):
        if notebook.cells[start].source.startswith(f"## {heading}"):
            return notebook.cells[start:end]
    raise AssertionError(f"no section {heading}")


def words(cells) -> int:
    """What stands between blanks in Markdown cells: a formula's signs count, too."""
    return len(markdown(cells).split())


def lines(cells) -> int:
    """The lines of code, without empty ones."""
    rows = [row for c in cells if c.cell_type == "code" for row in c.source.split("\n")]
    return sum(bool(row.strip()) for row in rows)


def evening(notebook) -> list:
    """The cells from the first to the rubric's last."""
    last = section(notebook, headings.RUBRIC)[-1]
    return notebook.cells[: notebook.cells.index(last) + 1]


def reading_minutes(notebook) -> float:
    """Minutes to read it: 200 words or 11 lines of code a minute, 30 s a figure."""
    cells = evening(notebook)
    return words(cells) / 200 + lines(cells) / 11 + len(pictures_in(cells)) / 2


def all_headings(notebook) -> list[tuple[int, str]]:
    text = re.sub(r"```.*?```", "", markdown(notebook.cells), flags=re.DOTALL)
    found = re.findall(r"^(#+) (.+)$", text, re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


def test_headings_are_the_same_in_all(path, notebook):
    found = all_headings(notebook)
    manifest = registry.of(number_of(path))
    assert found[0][1] == f"{manifest.number} · {manifest.title}"
    assert [title for level, title in found if level == 2] == list(headings.ORDER)
    assert [level for level, _ in found].count(1) == 1
    levels = [level for level, _ in found]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_first_cell_says_what_it_takes(path, notebook):
    rows = dict(
        re.findall(
            r"^\| *(.+?) *\| *(.+?) *\|$", notebook.cells[0].source, re.MULTILINE
        )
    )
    manifest = registry.of(number_of(path))
    assert set(FACTS) <= set(rows)
    assert rows[FACTS[0]] == f"{manifest.minutes} minutes"


def test_parameters_are_literals(notebook):
    (cell,) = tagged(notebook, "parameters")
    for statement in ast.parse(cell.source).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
    parameters = execution.parameters_of(notebook)
    assert "SEED" in parameters
    assert {"EPOCHS", "STEPS"} & set(parameters)


def test_tags_are_the_known_ones(notebook):
    used = {tag for cell in notebook.cells for tag in tags(cell)}
    # `copy` is for cells that train what a learner wrote, in a practice copy.
    assert used - {"copy"} == TAGS
    assert len(tagged(notebook, "nbval-check-output")) >= 3
    assert len(tagged(notebook, "results")) == 1
    assert len(tagged(notebook, "bughunt")) == 1


def test_each_answer_has_hints_solution_and_check(path, notebook):
    manifest = registry.of(number_of(path))
    question = questions.from_notebook(notebook, manifest.number)
    # Each part is checked once, though a later check may take several answers together.
    assert sorted(part.name for part in question.parts) == sorted(manifest.names)
    for name, kind in manifest.kinds.items():
        cells = section(notebook, SECTIONS[kind])
        there = [checked_names(cell) for cell in cells if "check" in tags(cell)]
        assert any(name in names for names in there), f"{name} in {SECTIONS[kind]}"
    answered, checked = set(), set()
    cells = notebook.cells
    for index, cell in enumerate(cells):
        if "answer" not in tags(cell):
            continue
        source = cell.source
        assert source.count(BEGIN) == source.count(END) == 1
        assert source.index(BEGIN) < source.index(END)
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                answered.add(node.name)
                assert ast.get_docstring(node), node.name
        before = [c for c in cells[:index] if "hint" in tags(c)][-1]
        assert before.source.count("<details><summary>") == 3
        assert before.source.count("</details>") == 3
        after = next(c for c in cells[index + 1 :] if c.cell_type == "code")
        assert "check" in tags(after)
        checked |= set(checked_names(after))
    assert answered >= set(manifest.names)
    assert checked == set(manifest.names)


def traps_in(notebook) -> dict[str, list]:
    """The code cells of each trap."""
    traps = {}
    for cell in section(notebook, headings.TRAPS):
        if cell.cell_type == "markdown":
            traps |= {title: [] for title in titles_in([cell])}
        elif traps:
            traps[list(traps)[-1]].append(cell)
    return traps


def test_each_trap_shows_something(notebook):
    traps = traps_in(notebook)
    assert 5 <= len(traps) <= 7
    for title, cells in traps.items():
        assert any(cell.outputs for cell in cells), title


def test_follow_ups_are_marked_and_answered_folded(notebook):
    cells = section(notebook, headings.FOLLOW_UPS)
    text = markdown(cells)
    asked = re.findall(r"^### \((\w+)\) .+$", text, re.MULTILINE)
    assert 5 <= len(asked) <= 6
    assert set(asked) <= {"screen", "onsite", "staff"}
    assert len(re.findall("^### ", text, re.MULTILINE)) == len(asked)
    assert text.count("<details>") == text.count("</details>") == len(asked)


def test_rubric_has_four_rows(notebook):
    text = markdown(section(notebook, headings.RUBRIC))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert re.search(r"Weak *\| *Good *\| *Strong", rows[0])
    assert len(rows) - 2 == 4


def test_there_is_something_to_play_with(notebook):
    assert any("explore(" in cell.source for cell in code(notebook))


def test_cells_are_small(notebook):
    lengths = [len(cell.source.splitlines()) for cell in code(notebook)]
    assert statistics.median(lengths) < 10


def test_fits_into_an_evening(notebook):
    cells = evening(notebook)
    assert words(cells) <= 4600
    assert lines(cells) <= 360
    assert len(cells) <= 80
    assert len(pictures_in(cells)) <= 7
    first = next(i for i, cell in enumerate(cells) if "**Task" in cell.source)
    assert words(cells[: first + 1]) <= 1100
    assert len(execution.parameters_of(notebook)) <= 5
    assert execution.results_of(notebook)["notebook_seconds"] <= 180
    deeper = section(notebook, headings.DEEPER)
    assert words(deeper) <= 900
    assert lines(deeper) <= 100
    assert len(deeper) <= 20


def test_time_to_read_is_counted(notebook):
    said = re.search(r"\| *Time to read it *\| *(\d+) min", notebook.cells[0].source)
    assert abs(int(said[1]) - reading_minutes(notebook)) <= 3


def test_words_lines_and_figures_are_counted():
    text = "One *two*, `three`.\n\n| four | $x + y$ |"
    picture = nbformat.v4.new_output("display_data", data={"image/png": ""})
    cells = [
        nbformat.v4.new_markdown_cell(text),
        nbformat.v4.new_code_cell("a = 1\n\nb = 2", outputs=[picture]),
    ]
    counted = words(cells), lines(cells), len(pictures_in(cells))
    assert counted == (10, 2, 1)


def test_each_part_is_explained_line_by_line(notebook):
    """The explanation stands below the check of the asked parts."""
    titles = []
    for cell in section(notebook, headings.ANSWER):
        if "check" in tags(cell):
            titles.append([])
        elif titles and cell.cell_type == "markdown":
            titles[-1] += titles_in([cell])
    assert titles
    assert all(headings.LINES in below for below in titles)


def test_the_whole_program_stands_alone(path, notebook):
    """The program is short, uses no helpers and stands where the answer is checked."""
    assert titles_in(section(notebook, headings.PROOF))[-1] == headings.PROGRAM
    # This is the program that `interview answer` prints.
    program = questions.program(number_of(path))
    assert 0 < len(program.splitlines()) <= 60
    imported = re.findall(r"^\s*(?:from|import) (\w+)", program, re.MULTILINE)
    assert not {"helpers", "interview"} & set(imported)


def test_there_is_a_second_round(notebook):
    """The second round has one task, with hints, an answer and a check."""
    cells = section(notebook, headings.SECOND_ROUND)
    assert [cell for cell in cells if "second-round" in tags(cell)]
    for tag in ("hint", "answer", "check"):
        assert any(tag in tags(cell) for cell in cells), tag


def test_was_executed_in_order(notebook):
    counts = [cell.execution_count for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_outputs_are_clean(path, notebook):
    for output in outputs(notebook):
        assert output.output_type != "error"
        assert output.get("name") != "stderr", output.text
        assert "WARNING:" not in output.get("text", "")
        assert execution.WIDGET_VIEW not in output.get("data", {})
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "rendered"}
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    raw = path.read_text(encoding="utf-8")
    assert len(raw) < 2_000_000
    assert not re.search(r"/(home|root|work|tmp|Users|site-packages)/", raw)


def test_every_figure_is_described(notebook):
    pictures = pictures_in(notebook.cells)
    assert pictures
    for picture in pictures:
        alt = picture.metadata["image/png"]["alt"]
        assert len(alt) > 30
        assert picture.data["text/plain"] == alt


def test_committed_results_are_within_bounds(path, notebook):
    results = execution.results_of(notebook)
    assert outside_bounds(results, number_of(path), "committed") == []
    assert set(results) == set(registry.of(number_of(path)).bounds)


def test_bounds_would_notice():
    """Results outside the bounds are reported."""
    assert outside_bounds({}, 1, "committed")
    bad = {
        name: b["committed"].get("min", 0) - 1
        for name, b in registry.of(1).bounds.items()
        if "min" in b.get("committed", {})
    }
    complaints = outside_bounds(bad, 1, "committed")
    assert sum("min" in complaint for complaint in complaints) == len(bad)
