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


class Libraries:
    """The libraries in a folder. npm fetches them when they're first needed."""

    def __init__(self, folder: Path) -> None:
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
            is_there = all(path.exists() for path in kept.values())
            if trouble := "" if is_there else _fetch(self.folder, kept):
                return {}, trouble
            return {name: path.read_text("utf-8") for name, path in kept.items()}, ""
        except OSError as error:
            return {}, f"{files.shown(self.folder)} can't be used ({error.strerror})"


def _fetch(folder: Path, kept: dict[str, Path]) -> str:
    """Fetch the packages with npm, and keep the files that are needed.

    Returned is what kept npm from it, if anything did.
    """
    npm = shutil.which("npm")
    if npm is None:
        return "npm isn't installed"
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
            return f"npm couldn't fetch {' and '.join(names)} (is there a network?)"
        for name, (package, file) in FILES.items():
            with tarfile.open(f"{scratch}/{package}-{PACKAGES[package]}.tgz") as tar:
                content = tar.extractfile(f"package/{file}").read()
            kept[name].parent.mkdir(exist_ok=True)
            # A second process that fetches at the same time never sees half a file.
            part = Path(scratch, name)
            part.write_bytes(content)
            part.replace(kept[name])
    return ""


def web_address(name: str) -> str:
    """The address on the web of one of `FILES`."""
    package, file = FILES[name]
    return ON_THE_WEB.format(package=package, version=PACKAGES[package], file=file)
