"""The README's and the guides' commands, links and table are right."""

import re
import shutil
import subprocess

import pytest
import yaml
from packaging.requirements import Requirement

from interview.checks import registry
from interview.commands.cli import main
from interview.publishing import execution, site
from tests.support import ROOT, number_of

README = (ROOT / "README.md").read_text("utf-8")
# The guides are on the website, too; they are plain Markdown, which GitHub can show.
GUIDES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [README, *(path.read_text("utf-8") for path in GUIDES)]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [code for page in PAGES for kind, code in FENCED.findall(page) if not kind]
# Windows has no make; the README has the commands without it.
needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make isn't installed")
CODE = BLOCKS + [code for p in PAGES for code in re.findall(r"`([^`\n]+)`", p)]


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


def test_make_targets_exist():
    used = {t for code in CODE for t in re.findall(r"\bmake ([\w-]+)", code)}
    assert {"lab", "test", "run", "site", "render", "lint"} <= used
    assert used <= targets()


@needs_make
@pytest.mark.parametrize(
    "target", ["lab", "test", "test-all", "run", "site", "render", "lint"]
)
def test_make_knows_what_to_do(target):
    done = subprocess.run(
        ["make", "-n", target], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@needs_make
def test_make_refuses_another_python(tmp_path):
    old = tmp_path / "python3.8"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "lab", f"VENV={tmp_path}/venv", f"PYTHON={old}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stdout
    assert not (tmp_path / "venv").exists()


def test_interview_commands_exist():
    used = {c for code in CODE for c in re.findall(r"\binterview ([a-z-]+)", code)}
    assert {"list", "start", "check", "run"} <= used
    assert used <= set(main.commands)


def test_options_exist():
    every = {o for c in main.commands.values() for p in c.params for o in p.opts}
    for code in CODE:
        if code.startswith("interview "):
            assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", code)) <= every, code


@pytest.mark.parametrize(
    "page",
    ["README.md", "helpers/samples/README.md", *(f"docs/{p.name}" for p in GUIDES)],
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if not link.startswith("http"):
            target = link.partition("#")[0]
            assert ((ROOT / page).parent / target).exists(), link


def test_the_table_has_the_question(path, notebook):
    """A row as `question.toml` has it, and the committed run's minutes."""
    manifest = registry.of(number_of(path))
    name = f"[{manifest.title}](notebooks/{path.name})"
    first = f"| {manifest.number} | {name} | {manifest.minutes} min |"
    last = f"| {manifest.afterwards} |"
    rows = [row for row in README.splitlines() if row.startswith(first)]
    assert len(rows) == 1, f"README.md needs this row: {first} 0.0 min {last}"
    assert rows[0].endswith(last)
    minutes = rows[0].removeprefix(first).removesuffix(last).strip(" min")
    measured = execution.results_of(notebook)["notebook_seconds"] / 60
    assert abs(float(minutes) - measured) < 0.6


def test_the_table_has_no_other_question():
    rows = re.findall(r"^\| (\d+) \| \[.+\]\(notebooks/.+\) \|", README, re.M)
    assert list(map(int, rows)) == registry.numbers()


def test_conda_installs_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    python, _, pip = environment["dependencies"]
    assert re.fullmatch(r"python=3\.1[123]", python)
    assert pip == {"pip": ["-r requirements.txt"]}
    assert any(f"conda activate {environment['name']}" in page for page in PAGES)


def test_the_readme_is_short_and_leads_to_every_guide():
    assert len(README.splitlines()) <= 120
    for guide in GUIDES:
        assert f"(docs/{guide.name})" in README
        assert f"docs/{guide.name}" in site.GUIDES


def test_requirements_are_pinned_to_compatible_releases():
    lines = (ROOT / "requirements.txt").read_text("utf-8").strip().splitlines()
    assert lines[-1] == "-e ."
    for line in lines[:-1]:
        if requirement := line.partition("#")[0].strip():
            (pin,) = Requirement(requirement).specifier
            assert pin.operator == "~=", line


def test_files_that_are_named_exist():
    """A page that names a file or a folder of the project still finds it."""
    folders = "docs|helpers|interview|notebooks|tests|tools"
    named = re.findall(rf"`((?:{folders})/[\w./*-]+)`", "\n".join(PAGES))
    named = [name.replace("qNN", "q04") for name in named]
    assert len(named) > 10
    assert [name for name in named if not list(ROOT.glob(name))] == []
