"""How long does it take? Measures side by side, and writes BENCHMARKS.md.

    python -m tools.bench                    everything: about an hour and a half
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
from pathlib import Path
from statistics import median

import click
import nbformat
import psutil
from nbclient import NotebookClient
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders, study_notebooks
from interview.publishing import execution
from tools import latency

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "tools" / "bench.json"
TABLE = ROOT / "BENCHMARKS.md"
ROUNDS = 3
PARTS = ("bare", "reduced", "check", "training", "quality", "suite")
BARE = "import helpers.quiet\nimport keras\n"
SEEDS = 3
# Why ours is the answer although the tutorial's way is quicker, by part and question.
REASONS = {
    ("training", 1): "ours keeps larger maps, and has 459,050 weights against 131,530",
    ("training", 5): "the same layers and weights; ours nests two models",
    ("training", 6): "the same network and steps: about level",
    ("training", 7): "ours has 223,744 weights against 27,265",
    ("training", 2): "the mask costs time in each step",
    ("training", 9): "the mask costs time in each step",
    ("quality", 6): "about level: as many epochs, and as many steps in each",
}


@click.command()
@click.option("--bare", "parts", flag_value="bare", help="A kernel that imports Keras.")
@click.option("--reduced", "parts", flag_value="reduced", help="The tests' settings.")
@click.option("--check", "parts", flag_value="check", help="By command, and watched.")
@click.option("--training", "parts", flag_value="training", help="The same work.")
@click.option("--quality", "parts", flag_value="quality", help="The same quality.")
@click.option("--suite", "parts", flag_value="suite", help="As `make test`.")
@click.argument("numbers", type=int, nargs=-1)
def main(parts: str | None, numbers: tuple[int, ...]) -> None:
    """Measure one part, or all of them, for the questions named, or all of them."""
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    if parts != "suite":  # the suite's entry has its own machine
        found["machine"] = machine()
    for part in [parts] if parts else PARTS:
        if part == "bare":
            found["bare"] = stamped(seconds=bare())
        elif part == "suite":
            found["suite"] = stamped(**suite())
        else:
            known = numbers_of(part)
            for number in [n for n in numbers or known if n in known]:
                row = measure(part, number)
                found.setdefault(part, {})[str(number)] = stamped(**row)
                click.echo(f"{part} {number}: {row}")
                save(found)
        save(found)


def numbers_of(part: str) -> list[int]:
    """The questions that a part is measured for.

    For work and quality these are the questions that have a function. The quality of 4
    has none, because both sides do the same arithmetic there, and nor does that of 8,
    where both sides train the same members.
    """
    module = {"training": "ways", "quality": "races"}.get(part)
    if not module:
        return study_notebooks.numbers()
    source = (ROOT / "tools" / f"{module}.py").read_text("utf-8")
    return [int(n) for n in re.findall(r"^def question_(\d+)\(", source, re.MULTILINE)]


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
        extra_arguments=execution.QUIET_KERNEL,
        resources={"metadata": {"path": str(folders.HERE.notebooks)}},
    ).execute()
    return round(time.perf_counter() - start, 1)


def bare() -> float:
    """Seconds to start a kernel and import Keras, which every notebook needs."""
    cells = [nbformat.v4.new_code_cell(BARE)]
    return min(execute(nbformat.v4.new_notebook(cells=cells)) for _ in range(ROUNDS))


def measure(part: str, number: int) -> dict:
    if part == "check":
        return latency.measure(number, ROUNDS)
    if part == "training":
        return training(number)
    if part == "quality":
        return quality(number)
    path = study_notebooks.path_of(number)
    notebook = load_notebook_node(str(path))
    values = execution.reduced_parameters(number, notebook)
    notebook = parameterize_notebook(notebook, values)
    return {"seconds": execute(notebook)}


def training(number: int) -> dict:
    """Seconds of our way and the tutorial's, in turn in one process; the best round."""
    return in_a_process(
        "import time\n"
        "from tools.ways import ways\n"
        f"work, ours, tutorial = ways({number})\n"
        "ours(), tutorial()\n"
        "result = {'work': work}\n"
        f"for _ in range({ROUNDS}):\n"
        "    for name, way in (('ours', ours), ('tutorial', tutorial)):\n"
        "        start = time.perf_counter()\n"
        "        way()\n"
        "        took = time.perf_counter() - start\n"
        "        result[name] = min(took, result.get(name, took))\n"
    )


def quality(number: int) -> dict:
    """Seconds of both sides to the same score, for each seed."""
    return in_a_process(
        f"from tools import races\nresult = races.run({number}, {SEEDS})\n"
    )


def in_a_process(program: str) -> dict:
    """Run a program in a process of its own; returns its variable `result`."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json\nimport helpers.quiet\n{program}"
            "print('RESULT', json.dumps(result))\n",
        ],
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
    lines = [
        "# How long does it take?",
        "",
        "Written by `make bench`; not a test, since machines differ and are shared. "
        "Compare the ratios, not the seconds. Each row says when it was measured.",
        "",
        f"Machine: {found['machine']}.",
        *_notebook_lines(found),
        *_check_lines(found.get("check", {})),
        *_training_lines(found.get("training", {})),
        *_quality_lines(found.get("quality", {})),
    ]
    if "suite" in found:
        lines += [
            "",
            "## The tests",
            "",
            f"`pytest -n auto`: {found['suite']['seconds'] / 60:.1f} minutes on "
            f"{found['suite']['on']}, {found['suite']['says'].strip('= ')}. "
            f"Machine: {found['suite']['machine']}.",
        ]
    return "\n".join(lines) + "\n"


def _notebook_lines(found: dict) -> list[str]:
    bare_seconds = found.get("bare", {}).get("seconds")
    start = (
        f" The bare start, a kernel that imports Keras, takes {bare_seconds:g} s "
        f"({found['bare']['on']})."
        if bare_seconds
        else ""
    )
    lines = [
        "",
        "## A notebook",
        "",
        "Seconds. The study run is the committed one, by its own results, on the "
        "machine that rendered it, which may be another; the reduced "
        f"one counts from starting the kernel to the end of the last cell.{start}",
        "",
        "| question | study run | reduced run | measured | in bare starts |",
        "|---|---:|---:|---|---:|",
    ]
    for number in study_notebooks.numbers():
        notebook = nbformat.read(study_notebooks.path_of(number), as_version=4)
        study = execution.results_of(notebook)["notebook_seconds"]
        reduced = found.get("reduced", {}).get(str(number), {})
        starts = ""
        if reduced and bare_seconds:
            starts = f"{reduced['seconds'] / bare_seconds:.1f}"
        lines.append(
            f"| {number} | {study:.0f} | "
            f"{reduced.get('seconds', '')} | {reduced.get('on', '')} | {starts} |"
        )
    return lines


def _check_lines(rows: dict) -> list[str]:
    if not rows:
        return []
    memory = max(row["memory"] for row in rows.values())
    lines = [
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
    ]
    lines += [
        f"| {number} | {row['cold']} | {row['first']} | {row['verdict']} | "
        f"{row['on']} |"
        for number, row in sorted(rows.items(), key=lambda item: int(item[0]))
    ]
    return lines


def _training_lines(rows: dict) -> list[str]:
    lines = [
        "",
        "## The same work, by our answer and by the tutorial's way",
        "",
        "In one process, in turn, warmed up; the best of "
        f"{ROUNDS} rounds. A ratio above 1: the tutorial's way takes longer.",
        "",
        "| question | the work | ours, s | tutorial's, s | ratio | why | measured |",
        "|---|---|---:|---:|---:|---|---|",
    ]
    for number, row in sorted(rows.items(), key=lambda item: int(item[0])):
        ratio = row["tutorial"] / row["ours"]
        lines.append(
            f"| {number} | {row['work']} | {row['ours']:.2f} | {row['tutorial']:.2f} | "
            f"{ratio:.2f} | {_reason('training', number, ratio)} | {row['on']} |"
        )
    return lines


def _quality_lines(rows: dict) -> list[str]:
    if not rows:
        return []
    lines = [
        "",
        "## The same quality, by our answer and by the tutorial's way",
        "",
        "Seconds of training, tracing included, until the score is reached: the "
        "quickest and the slowest of the seeds. The same data, batch size and most "
        "epochs for both. Where a side doesn't get there, the best score of its best "
        "seed stands instead, and there is no ratio; a ratio is of the seeds' medians.",
        "",
        "| question | score | to reach | ours | tutorial's | ratio | why | measured |",
        "|---|---|---:|---|---|---:|---|---|",
    ]
    for number, row in sorted(rows.items(), key=lambda item: int(item[0])):
        ratio = _ratio(row)
        shown = f"{ratio:.2f}" if ratio else ""
        sides = " | ".join(_side(row, name) for name in ("ours", "tutorial"))
        reason = _reason("quality", number, ratio) if ratio else ""
        lines.append(
            f"| {number} | {row['score']} | {row['target']:g} | {sides} | {shown} | "
            f"{reason} | {row['on']} |"
        )
    return lines


def _side(row: dict, name: str) -> str:
    seconds, scores = row[name]["seconds"], row[name]["best"]
    there = [value for value in seconds if value is not None]
    if not there:
        best = min(scores) if row["lower"] else max(scores)
        return f"not in {row['epochs']} epochs ({best:.3f})"
    some = (
        "" if len(there) == len(seconds) else f", {len(there)} of {len(seconds)} seeds"
    )
    return f"{min(there):.1f} to {max(there):.1f} s{some}"


def _ratio(row: dict) -> float | None:
    """The tutorial's median divided by ours; None if a side has no median."""
    sides = [row[name]["seconds"] for name in ("tutorial", "ours")]
    if any(value is None for seconds in sides for value in seconds):
        return None
    tutorial, ours = map(median, sides)
    return tutorial / ours


def _reason(part: str, number: str, ratio: float) -> str:
    if ratio >= 1:
        return ""
    return REASONS.get((part, int(number)), "no reason is known: to be looked into")


if __name__ == "__main__":
    main()
