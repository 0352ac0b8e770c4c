"""What every committed notebook keeps to: order, tags, outputs, numbers."""

import ast
import itertools
import json
import re
import statistics

import pytest

from interview import questions
from interview.checks import ASKED, NAMES
from interview.notebook_json import checked_names
from interview.publishing import execution
from tests.support import HEADINGS, TARGETS, number_of, outside_bounds, tagged, tags

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
SLIDES = {"slide", "subslide", "fragment", "skip", "notes", "-"}
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


def headings(notebook) -> list[tuple[int, str]]:
    text = re.sub(r"```.*?```", "", markdown(notebook.cells), flags=re.DOTALL)
    found = re.findall(r"^(#+) (.+)$", text, re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


def test_headings_are_the_same_in_all(path, notebook):
    found = headings(notebook)
    assert re.fullmatch(rf"{number_of(path)} · \S.+", found[0][1])
    assert [title for level, title in found if level == 2] == HEADINGS
    assert [level for level, _ in found].count(1) == 1
    levels = [level for level, _ in found]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_first_cell_says_what_it_takes(notebook):
    first = notebook.cells[0].source
    assert re.search(r"\| *Time to code it in an interview *\| *\d+ minutes *\|", first)
    for row in ("Time as a lesson", "Time to run it all on a CPU", "Builds on"):
        assert re.search(rf"^\| *{row} *\| *\S", first, re.MULTILINE), row


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
    assert used == TAGS
    assert len(tagged(notebook, "nbval-check-output")) >= 3
    assert len(tagged(notebook, "results")) == 1
    assert len(tagged(notebook, "bughunt")) == 1


def test_each_answer_has_hints_solution_and_check(path, notebook):
    asked, names = ASKED[number_of(path)], NAMES[number_of(path)]
    assert set(asked) <= set(names)
    question = questions.from_notebook(notebook, number_of(path))
    # Each once, though a later check may take several answers together.
    assert sorted(part.name for part in question.parts) == sorted(names)
    assert sorted(question.asked) == sorted(asked)
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
    assert answered >= set(names)
    assert checked == set(names)


def test_each_trap_ends_in_an_assertion(notebook):
    cells, traps = section(notebook, "Traps"), []
    for cell in cells:
        if cell.cell_type == "markdown":
            traps += [[] for _ in re.findall(r"^### ", cell.source, re.MULTILINE)]
        elif traps:
            traps[-1].append(cell)
    # What a tutorial's answer reaches is measured, and needn't be a fault.
    _, *traps = traps
    assert len(traps) >= 5
    for trap in traps:
        assert isinstance(ast.parse(trap[-1].source).body[-1], ast.Assert)


def test_follow_ups_are_marked_and_answered_folded(notebook):
    cells = section(notebook, "Follow-ups")
    text = markdown(cells)
    asked = re.findall(r"^### \((\w+)\) .+$", text, re.MULTILINE)
    assert 5 <= len(asked) <= 6
    assert set(asked) <= {"screen", "onsite", "staff"}
    assert len(re.findall("^### ", text, re.MULTILINE)) == len(asked)
    assert text.count("<details>") == text.count("</details>") == len(asked)


def test_rubric_has_four_or_five_rows(notebook):
    text = markdown(section(notebook, "What a strong answer shows"))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert re.search(r"Weak *\| *Good *\| *Strong", rows[0])
    assert 4 <= len(rows) - 2 <= 5


def test_there_is_something_to_play_with(notebook):
    assert any("explore(" in cell.source for cell in code(notebook))


def test_slides_make_a_talk(notebook):
    kinds = [
        cell.metadata.get("slideshow", {}).get("slide_type", "-")
        for cell in notebook.cells
    ]
    assert set(kinds) <= SLIDES
    assert kinds[0] == "slide"
    assert 12 <= kinds.count("slide") + kinds.count("subslide") <= 20
    assert "notes" in kinds


def test_cells_are_small(notebook):
    lengths = [len(cell.source.splitlines()) for cell in code(notebook)]
    assert statistics.median(lengths) < 10


def test_reads_in_an_hour(notebook):
    assert len(notebook.cells) <= 130
    assert sum(len(cell.source.splitlines()) for cell in code(notebook)) <= 680
    idea = section(notebook, "The idea")
    shown = [
        c for c in idea if c.metadata.get("slideshow", {}).get("slide_type") != "notes"
    ]
    assert len(shown) <= 10


def test_each_part_is_explained_line_by_line(notebook):
    """Below the check of what is asked, and before the next task."""
    titles = []
    for cell in section(notebook, "The answer"):
        if "check" in tags(cell):
            titles.append([])
        elif titles and cell.cell_type == "markdown":
            titles[-1] += re.findall(r"^### (.+)$", cell.source, re.MULTILINE)
    assert titles
    assert all("Line by line" in below for below in titles)


def test_the_tutorials_answer_is_the_first_trap(notebook):
    titles = re.findall(
        r"^### (.+)$", markdown(section(notebook, "Traps")), re.MULTILINE
    )
    assert titles[0] == "The tutorial's answer"


def test_the_whole_program_stands_alone(path, notebook):
    """At most 80 lines without our helpers, shown where the answer is proved."""
    titles = re.findall(
        r"^### (.+)$", markdown(section(notebook, "Does it work?")), re.M
    )
    assert titles[-1] == "The whole program"
    # As `interview answer` prints it.
    program = questions.program(number_of(path))
    assert 0 < len(program.splitlines()) <= 80
    imported = re.findall(r"^\s*(?:from|import) (\w+)", program, re.MULTILINE)
    assert not {"helpers", "interview"} & set(imported)


def test_there_is_a_second_round(notebook):
    """One task, and an answer with hints and a check, as every answer has them."""
    cells = section(notebook, "Second round")
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
    pictures = [o for o in outputs(notebook) if "image/png" in o.get("data", {})]
    assert pictures
    for picture in pictures:
        alt = picture.metadata["image/png"]["alt"]
        assert len(alt) > 30
        assert picture.data["text/plain"] == alt


def test_committed_results_are_within_bounds(path, notebook):
    results = execution.results_of(notebook)
    assert outside_bounds(results, path.stem, "committed") == []
    assert set(results) == set(TARGETS[path.stem])


def test_json_of_results_is_plain(notebook):
    results = execution.results_of(notebook)
    assert json.loads(json.dumps(results)) == results


def test_bounds_would_notice():
    """The bounds aren't vacuous."""
    stem, bounds = next(iter(TARGETS.items()))
    assert outside_bounds({}, stem, "committed")
    bad = {
        name: b["committed"].get("min", 0) - 1
        for name, b in bounds.items()
        if "min" in b.get("committed", {})
    }
    complaints = outside_bounds(bad, stem, "committed")
    assert sum("min" in complaint for complaint in complaints) == len(bad)


@pytest.mark.parametrize("which", ["committed", "reduced"])
def test_targets_name_known_kinds(which):
    for bounds in TARGETS.values():
        for bound in bounds.values():
            assert set(bound) <= {"committed", "reduced"}
            assert set(bound.get(which, {})) <= {"min", "max"}
