"""Where the collection's folders are, in one frozen object."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """The folders of one checkout.

    Attributes:
        root: the project's own folder.
        notebooks: the study notebooks.
        practice: the learner's copies and record.
        runs: what the commands write: executed copies, pages, slides, sheets.
    """

    root: Path
    notebooks: Path
    practice: Path
    runs: Path

    @property
    def libraries(self) -> Path:
        """What npm has brought for pages and slides."""
        return self.runs / ".npm"


def _of_this_checkout() -> Folders:
    root = Path(__file__).parent.parent
    # Another folder for a test, or for two learners who share a checkout. Below the
    # root unless it's absolute: a kernel works in another folder than the command.
    elsewhere = os.environ.get("KERAS_INTERVIEW_PRACTICE")
    return Folders(
        root=root,
        notebooks=root / "notebooks",
        practice=root / (elsewhere or "practice"),
        runs=root / "runs",
    )


HERE = _of_this_checkout()
