"""How long does it take? Measures, and writes BENCHMARKS.md.

    python -m tools.bench                    everything: about half an hour
    python -m tools.bench --reduced 4 6      only these rows of one part

The results are kept in tools/bench.json with the day of each measurement, so that parts
can be measured again one by one.
"""

import json
import os
import platform
import re
import subprocess
import sys
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click
import nbformat
import psutil
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders, notebook_json, study_notebooks
from interview.publishing import execution
from tools import latency

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "tools" / "bench.json"
TABLE = ROOT / "BENCHMARKS.md"
ROUNDS = 3
BARE = "import helpers.quiet\nimport keras\n"


@click.command()
@click.option("--bare", "part", flag_value="bare", help="A kernel that imports Keras.")
@click.option("--reduced", "part", flag_value="reduced", help="The tests' settings.")
@click.option("--check", "part", flag_value="check", help="By command, and watched.")
@click.option("--suite", "part", flag_value="suite", help="As `make test`.")
@click.argument("numbers", type=int, nargs=-1)
def main(part: str | None, numbers: tuple[int, ...]) -> None:
    """Measure one part, or all of them, for the questions named, or all of them."""
    found = json.loads(RESULTS.read_text("utf-8"))
    numbers = numbers or study_notebooks.numbers()
    if part != "suite":  # the suite's entry has its own machine
        found["machine"] = machine()
    if part in ("bare", None):
        found["bare"] = stamped(seconds=bare())
    for name, measure in (("reduced", reduced), ("check", check)):
        for number in numbers if part in (name, None) else ():
            found[name][str(number)] = stamped(**measure(number))
            click.echo(f"{name} {number}: {found[name][str(number)]}")
            save(found)
    if part in ("suite", None):
        found["suite"] = stamped(**suite())
    save(found)


def save(found: dict) -> None:
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    TABLE.write_text(table(found), "utf-8")


def stamped(**values) -> dict:
    return {**values, "on": str(date.today())}


def machine() -> str:
    """The machine and the versions, in one line."""
    cpuinfo = Path("/proc/cpuinfo")
    text = cpuinfo.read_text("utf-8") if cpuinfo.exists() else ""
    model = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return (
        f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GiB; {platform.system()}, "
        f"Python {platform.python_version()}, Keras {version('keras')}, "
        f"TensorFlow {version('tensorflow')}"
    )


def execute(notebook: nbformat.NotebookNode) -> float:
    """Seconds from starting a kernel to the last cell's end."""
    start = time.perf_counter()
    NotebookClient(
        notebook,
        timeout=1200,
        kernel_name="python3",
        extra_arguments=execution.QUIET_KERNEL,
        resources={"metadata": {"path": str(folders.HERE.notebooks)}},
    ).execute()
    return round(time.perf_counter() - start, 1)


def bare() -> float:
    """Seconds to start a kernel and import Keras, which every notebook needs."""
    cells = [nbformat.v4.new_code_cell(BARE)]
    return min(execute(nbformat.v4.new_notebook(cells=cells)) for _ in range(ROUNDS))


def reduced(number: int) -> dict:
    """Seconds of a run on the tests' short settings."""
    notebook = load_notebook_node(str(study_notebooks.path_of(number)))
    values = execution.reduced_parameters(number, notebook)
    return {"seconds": execute(parameterize_notebook(notebook, values))}


def check(number: int) -> dict:
    return latency.measure(number, ROUNDS)


def suite() -> dict:
    """The whole test suite, as `make test` runs it."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", "-q"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    says = done.stdout.strip().splitlines()[-1]
    return {"seconds": round(seconds), "says": says, "machine": machine()}


def table(found: dict) -> str:
    """BENCHMARKS.md: what has been measured so far, and when."""
    bare_seconds, tests = found["bare"]["seconds"], found["suite"]
    memory = max(row["memory"] for row in found["check"].values())
    lines = [
        "# How long does it take?",
        "",
        "Written by `make bench`; not a test, since machines differ and are shared. "
        "Compare the ratios, not the seconds. Each row says when it was measured. "
        "How an answer does beside its rivals, each notebook measures under *Does it "
        "work?*.",
        "",
        f"Machine: {found['machine']}.",
        "",
        "## A notebook",
        "",
        "Seconds. The study run is the committed one, by its own results, on the "
        "machine that rendered it, which may be another; the reduced "
        "one counts from starting the kernel to the end of the last cell. The bare "
        f"start, a kernel that imports Keras, takes {bare_seconds:g} s "
        f"({found['bare']['on']}).",
        "",
        "| question | study run | reduced run | measured | in bare starts |",
        "|---|---:|---:|---|---:|",
        *_notebook_rows(found["reduced"], bare_seconds),
        "",
        "## A check",
        "",
        f"Seconds, the median of {ROUNDS}: `interview check` on the study notebook's "
        "own answers, all its parts; and `interview watch` on the same, from the save "
        "to the first ✓ and to the verdict. The process that waits for a save takes "
        f"up to {memory:.2f} GB.",
        "",
        "| question | check | save to first ✓ | save to verdict | measured |",
        "|---|---:|---:|---:|---|",
        *(
            f"| {number} | {row['cold']} | {row['first']} | {row['verdict']} | "
            f"{row['on']} |"
            for number, row in sorted(found["check"].items(), key=_number)
        ),
        "",
        "## The tests",
        "",
        f"`pytest -n auto`: {tests['seconds'] / 60:.1f} minutes on {tests['on']}, "
        f"{tests['says'].strip('= ')}. Machine: {tests['machine']}.",
    ]
    return "\n".join(lines) + "\n"


def _number(row: tuple[str, dict]) -> int:
    return int(row[0])


def _notebook_rows(rows: dict, bare_seconds: float) -> list[str]:
    lines = []
    for number, row in sorted(rows.items(), key=_number):
        notebook = notebook_json.read(study_notebooks.path_of(int(number)))
        study = execution.results_of(notebook)["notebook_seconds"]
        starts = row["seconds"] / bare_seconds
        lines.append(
            f"| {number} | {study:.0f} | {row['seconds']} | {row['on']} | "
            f"{starts:.1f} |"
        )
    return lines


if __name__ == "__main__":
    main()
