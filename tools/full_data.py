"""Measure what the answers of 1, 5, 7 and 10 reach on the full data, for the README.

    python tools/full_data.py 1 path/to/mnist.npz

Runs a notebook's cells as they are, with `DATA` set to the file and without limits on
sizes, from the top until the numbers that are asked for have been computed.
"""

import json
import sys
from pathlib import Path

import click
import matplotlib as mpl
import nbformat

from interview import study_notebooks
from interview.notebook_json import tags

# For each question the names to compute, and the parameters beside `DATA`.
WANTED = {
    1: (("test_accuracy", "train_seconds"), {"TRAIN_SIZE": None}),
    5: (("test_mses", "train_seconds"), {"TRAIN_SIZE": None, "REPEATS": 1}),
    7: (("seen_auc", "unseen_auc", "train_seconds"), {"TRAIN_SIZE": None}),
    10: (("table", "r1_seconds"), {"TRAIN_SIZE": None}),
}


@click.command()
@click.argument("number", type=click.Choice([str(n) for n in WANTED]))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(number: str, path: Path) -> None:
    """Run notebook NUMBER on the digits of PATH, an .npz in Keras's layout."""
    mpl.use("agg")
    names, parameters = WANTED[int(number)]
    notebook = nbformat.read(study_notebooks.path_of(int(number)), as_version=4)
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    for cell in notebook.cells:
        if cell.cell_type != "code" or "check" in tags(cell):
            continue
        exec(compile(cell.source, cell.id, "exec"), vars(module))
        if "parameters" in tags(cell):
            vars(module).update(parameters, DATA=str(path))
        if all(hasattr(module, name) for name in names):
            break
    found = {name: getattr(module, name) for name in names}
    click.echo(json.dumps(found, default=float))


if __name__ == "__main__":
    main()
