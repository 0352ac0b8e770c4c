"""How long does it take? Measures side by side, and writes BENCHMARKS.md.

    python tools/bench.py                    everything: about an hour
    python tools/bench.py --reduced 4 6      only these rows of one part

What was measured is kept in tools/bench.json, so that parts can be measured
anew one by one; each says when.
"""

import json
import os
import platform
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import click
import nbformat
import psutil
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders, practice, running

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "tools" / "bench.json"
TABLE = ROOT / "BENCHMARKS.md"
ROUNDS = 3
PARTS = ("bare", "reduced", "study", "training", "suite")
BARE = "import helpers.quiet\nimport keras\n"


@click.command()
@click.option("--bare", "parts", flag_value="bare", help="A kernel that imports Keras.")
@click.option("--reduced", "parts", flag_value="reduced", help="The tests' settings.")
@click.option("--study", "parts", flag_value="study", help="Full settings.")
@click.option("--training", "parts", flag_value="training", help="Ours, textbook's.")
@click.option("--suite", "parts", flag_value="suite", help="All tests, two workers.")
@click.argument("numbers", type=int, nargs=-1)
def main(parts: str | None, numbers: tuple[int, ...]) -> None:
    """Measure one part, or all of them, for the questions named, or all of them."""
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    found["machine"] = machine()
    for part in [parts] if parts else PARTS:
        if part == "bare":
            found["bare"] = stamped(seconds=bare())
        elif part == "suite":
            found["suite"] = stamped(**suite())
        else:
            for number in numbers or practice.numbers():
                row = measure(part, number)
                found.setdefault(part, {})[str(number)] = stamped(**row)
                click.echo(f"{part} {number}: {row}")
                save(found)
        save(found)


def save(found: dict) -> None:
    RESULTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    TABLE.write_text(table(found), "utf-8")


def stamped(**values) -> dict:
    return {**values, "on": str(date.today())}


def machine() -> str:
    """The machine and the versions, in one line."""
    versions = subprocess.run(
        [
            sys.executable,
            "-c",
            "import helpers.quiet, keras, tensorflow as tf; "
            "print(f'Keras {keras.__version__}, TensorFlow {tf.__version__}')",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB; "
        f"{platform.system()}, Python {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def execute(notebook: nbformat.NotebookNode) -> float:
    """Seconds from starting a kernel to the last cell's end."""
    start = time.perf_counter()
    NotebookClient(
        notebook,
        timeout=1200,
        kernel_name="python3",
        extra_arguments=running.QUIET_KERNEL,
        resources={"metadata": {"path": str(folders.HERE.notebooks)}},
    ).execute()
    return round(time.perf_counter() - start, 1)


def bare() -> float:
    """The cost that every notebook has: a kernel, and Keras imported."""
    cells = [nbformat.v4.new_code_cell(BARE)]
    return min(execute(nbformat.v4.new_notebook(cells=cells)) for _ in range(ROUNDS))


def measure(part: str, number: int) -> dict:
    if part == "training":
        return training(number)
    path = practice.notebook_path(number)
    notebook = load_notebook_node(str(path))
    if part == "reduced":
        values = running.reduced_parameters(nbformat.read(path, as_version=4))
        notebook = parameterize_notebook(notebook, values)
    return {"seconds": execute(notebook)}


def training(number: int) -> dict:
    """Ours and the textbook's way in turn, in one process; the best round counts."""
    program = (
        "import json, sys, time\n"
        "from tools.ways import ways\n"
        f"work, ours, textbook = ways({number})\n"
        "ours(), textbook()\n"
        "best = {}\n"
        f"for _ in range({ROUNDS}):\n"
        "    for name, way in (('ours', ours), ('textbook', textbook)):\n"
        "        start = time.perf_counter()\n"
        "        way()\n"
        "        took = time.perf_counter() - start\n"
        "        best[name] = min(took, best.get(name, took))\n"
        "print('RESULT', json.dumps({'work': work, **best}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    found = re.search(r"^RESULT (.+)$", done.stdout, re.MULTILINE)
    if not found:
        raise click.ClickException(done.stderr[-2000:])
    return json.loads(found[1])


def suite() -> dict:
    """The whole test suite, as `make test` runs it."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "2", "-q"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    return {"seconds": round(seconds), "says": done.stdout.strip().splitlines()[-1]}


def table(found: dict) -> str:
    """BENCHMARKS.md: what has been measured so far."""
    bare_seconds = found.get("bare", {}).get("seconds")
    lines = [
        "# How long does it take?",
        "",
        "Written by `make bench`; not a test, since machines differ and are shared. "
        "Compare the ratios, not the seconds.",
        "",
        f"Machine: {found['machine']}.",
        "",
        "## A notebook",
        "",
        "Seconds from starting the kernel to the end of the last cell. "
        + (
            f"The bare start, a kernel that imports Keras, takes {bare_seconds:g} s."
            if bare_seconds
            else ""
        ),
        "",
        "| question | study run | reduced run | reduced, in bare starts | measured |",
        "|---|---:|---:|---:|---|",
    ]
    for number in practice.numbers():
        study = found.get("study", {}).get(str(number), {})
        reduced = found.get("reduced", {}).get(str(number), {})
        starts = (
            f"{reduced['seconds'] / bare_seconds:.1f}"
            if reduced and bare_seconds
            else ""
        )
        lines.append(
            f"| {number} | {study.get('seconds', '')} | {reduced.get('seconds', '')} | "
            f"{starts} | {reduced.get('on', study.get('on', ''))} |"
        )
    lines += [
        "",
        "## The answer against the textbook's way",
        "",
        f"The same work in one process, in turn, warmed up; the best of {ROUNDS} "
        "rounds. A ratio above 1: the textbook's way takes longer.",
        "",
        "| question | the work | ours, s | textbook's, s | ratio |",
        "|---|---|---:|---:|---:|",
    ]
    for number in practice.numbers():
        row = found.get("training", {}).get(str(number))
        if row:
            lines.append(
                f"| {number} | {row['work']} | {row['ours']:.2f} | "
                f"{row['textbook']:.2f} | {row['textbook'] / row['ours']:.2f} |"
            )
    if "suite" in found:
        lines += [
            "",
            "## The tests",
            "",
            f"`pytest -n 2`: {found['suite']['seconds'] / 60:.1f} minutes on "
            f"{found['suite']['on']}, {found['suite']['says'].strip('= ')}.",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
