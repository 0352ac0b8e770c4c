"""The JavaScript libraries of pages and slides, fetched once by npm and kept."""

import functools
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from interview import files

# reveal.js 6 shows blank slides, and MathJax 4 needs more than one file. MiniSearch
# searches an index that is loaded as a script, so it also works in a page opened from
# disk; ts-fsrs is the drill's scheduler in JavaScript.
PACKAGES = {
    "reveal.js": "5.2.1",
    "mathjax": "3.2.2",
    "minisearch": "7.2.0",
    "ts-fsrs": "5.4.2",
}
FILES = {
    "reveal_css": ("reveal.js", "dist/reveal.css"),
    "reveal_js": ("reveal.js", "dist/reveal.js"),
    "notes_js": ("reveal.js", "plugin/notes/notes.js"),
    "mathjax_js": ("mathjax", "es5/tex-svg.js"),
    "minisearch_js": ("minisearch", "dist/umd/index.js"),
    "fsrs_js": ("ts-fsrs", "dist/index.umd.js"),
}
ON_THE_WEB = "https://cdn.jsdelivr.net/npm/{package}@{version}/{file}"


class _Unfetched(Exception):
    """npm couldn't fetch the packages; the message says why."""


class Libraries:
    """The libraries in a folder. npm fetches them when they're first needed."""

    def __init__(self, folder: Path) -> None:
        """Name the folder that keeps the libraries; it's made if it isn't there."""
        self.folder = folder

    @property
    def texts(self) -> dict[str, str]:
        """The text of each of `FILES`; empty if the libraries are unavailable."""
        return self._found[0]

    @property
    def trouble(self) -> str:
        """Why the libraries are unavailable; empty if they're there."""
        return self._found[1]

    def address(self, name: str, folder: str) -> str:
        """Where a page loads one of `FILES` from: a folder beside it, or the web."""
        if self.trouble:
            return web_address(name)
        return folder + Path(FILES[name][1]).name

    @functools.cached_property
    def _found(self) -> tuple[dict[str, str], str]:
        kept = {
            name: self.folder / f"{package}-{PACKAGES[package]}" / Path(file).name
            for name, (package, file) in FILES.items()
        }
        try:
            if not all(path.exists() for path in kept.values()):
                _fetch(self.folder, kept)
            return {name: path.read_text("utf-8") for name, path in kept.items()}, ""
        except _Unfetched as error:
            return {}, str(error)
        except OSError as error:
            return {}, f"{files.shown(self.folder)} can't be used ({error.strerror})"


def _fetch(folder: Path, kept: dict[str, Path]) -> None:
    """Fetch the packages with npm, and keep the files that are needed.

    Raises:
        _Unfetched: npm isn't installed, or couldn't fetch them.
        OSError: the folder can't be written to.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise _Unfetched("npm isn't installed")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        names = [f"{package}@{version}" for package, version in PACKAGES.items()]
        try:
            subprocess.run(
                # By default npm tries for a minute before it reports a missing network.
                [npm, "pack", "--silent", "--fetch-retries=0", *names],
                cwd=scratch,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=True,
                timeout=180,
            )
        except subprocess.SubprocessError:
            raise _Unfetched(
                f"npm couldn't fetch {' and '.join(names)} (is there a network?)"
            ) from None
        for name, (package, file) in FILES.items():
            with tarfile.open(f"{scratch}/{package}-{PACKAGES[package]}.tgz") as tar:
                content = tar.extractfile(f"package/{file}").read()
            kept[name].parent.mkdir(exist_ok=True)
            # A second process that fetches at the same time never sees half a file.
            part = Path(scratch, name)
            part.write_bytes(content)
            part.replace(kept[name])


def web_address(name: str) -> str:
    """The address on the web of one of `FILES`."""
    package, file = FILES[name]
    return ON_THE_WEB.format(package=package, version=PACKAGES[package], file=file)
