"""JupyterLab in a real browser: the start page, notebooks and practice copies.

Every study notebook is opened as it is committed. All cells of two study notebooks and
two practice copies are run; `make test-all` runs those of the others too.
"""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import nbformat
import psutil
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders, questions, study_notebooks
from interview.commands import buttons
from interview.notebook_json import checked_names
from interview.practising import copy_cells, record_file
from interview.publishing import execution
from tests.support import PATHS, move, number_of, pictures_in, reduce_copy, tagged

# The screen of a projector or a small laptop.
SIZE = {"width": 1280, "height": 720}
SECONDS = 1000
# Enough for all cells of a notebook on reduced settings, beside another worker.
RUN = 280 * SECONDS
# A move takes less than 0.3 s on free cores; another worker may use one of the two.
MOVE_SECONDS = 1.5

# Errors and standard error; JupyterLab may show an error as either of the two.
TROUBLE = ", ".join(
    f".jp-RenderedText[data-mime-type='application/vnd.jupyter.{kind}']"
    for kind in ("error", "stderr")
)
PANEL = "jupyterapp.shell.currentWidget"
READY = f"""() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session
    ?.kernel?.status === 'idle' && {PANEL}.content.model?.cells.length > 0"""
OPEN = """path => jupyterapp.commands.execute('docmanager:open', {
    path, factory: 'Notebook', kernelPreference: {shouldStart: false}})"""
PICTURES_SHOWN = """wanted => [...document.querySelectorAll('.jp-MarkdownOutput img')]
    .filter(picture => picture.naturalWidth > 0).length === wanted"""
# The widgets' extension logs this for a notebook that is opened without a kernel.
NO_KERNEL = "Cannot read properties of null (reading 'kernel')"
RUN_ALL = """() => {
    window.ran = false;
    jupyterapp.commands.execute('notebook:run-all-cells')
        .finally(() => { window.ran = true; });
}"""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, and a folder of its own that it can reach."""

    url: str
    folder: Path
    tracker: Path

    def address(self, path: Path, kind: str = "doc") -> str:
        place = path.relative_to(folders.HERE.root).as_posix()
        return f"{self.url}/{kind}/tree/{quote(place)}?reset"


@pytest.fixture(scope="module")
def lab(browser):
    """`interview lab` on a free port, with settings and practice folder of its own.

    It takes the `browser` first, so that nothing starts where there is no browser.
    """
    (folders.HERE.root / "runs").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="browser-", dir=folders.HERE.root / "runs"))
    log = folder / "jupyterlab.log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = folder / "settings/@jupyterlab/notebook-extension"
    settings.mkdir(parents=True)
    # This setting keeps cells in the page that are out of sight.
    tracker = json.dumps({"windowingMode": "none"})
    tracker_settings = settings / "tracker.jupyterlab-settings"
    tracker_settings.write_text(tracker)
    environment = {
        **os.environ,
        "KERAS_INTERVIEW_PRACTICE": str(folder / "practice"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    # A learner's shell has no such variable, so figures go into the notebook.
    environment.pop("MPLBACKEND", None)
    command = [
        *(sys.executable, "-m", "interview.commands.cli", "lab"),
        *("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
        # If this process is killed, JupyterLab ends by itself.
        "--ServerApp.shutdown_no_activity_timeout=900",
        "--MappingKernelManager.cull_idle_timeout=600",
        "--MappingKernelManager.cull_connected=True",
    ]
    with open(log, "w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, process, log)
        yield Lab(url, folder, tracker_settings)
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/api/status", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab didn't start:\n{log.read_text('utf-8')[-3000:]}")


def _end(process: subprocess.Popen) -> None:
    """End JupyterLab and its kernels, whatever their state."""
    family = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    process.kill()
    process.wait()
    for child in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()


@pytest.fixture
def complaints():
    """The errors that the page's console reports."""
    return []


def listen(page, complaints: list[str]) -> None:
    """Keep what goes wrong in a page, and what its console calls an error."""
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def hear(message) -> None:
        url = message.location.get("url") or ""
        # JupyterLab asks for an attached picture once before it puts the picture in.
        if message.type == "error" and not url.startswith("attachment:"):
            complaints.append(f"{message.text} ({url})")

    page.on("console", hear)


@pytest.fixture
def page(lab, new_context, complaints):
    """A page in a context of its own; at the end its console must hold no error."""
    page = new_context(viewport=SIZE).new_page()
    page.set_default_timeout(120 * SECONDS)
    listen(page, complaints)
    yield page
    # The errors are copied before the shutdown, since JupyterLab reports that as one.
    said = list(complaints)
    # The kernel is shut down so that the next test has the core.
    page.evaluate(f"() => window.jupyterapp && {PANEL}?.sessionContext?.shutdown()")
    assert said == []


def run_all(page, lab: Lab, notebook, path: Path) -> None:
    """Open a notebook on reduced settings and run all its cells, up to an error."""
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)
    if tagged(notebook, "parameters"):
        settings = execution.reduced_parameters(number_of(path), notebook)
        short = parameterize_notebook(load_notebook_node(str(path)), settings)
        nbformat.write(short, path)
    page.goto(lab.address(path))
    run_cells(page)


def run_cells(page) -> None:
    """Run all cells of the notebook that is opening, up to an error."""
    page.wait_for_function(READY)
    page.evaluate(RUN_ALL)
    page.wait_for_function("window.ran", timeout=RUN)


def texts(page, selector: str) -> list[str]:
    return page.locator(selector).all_inner_texts()


def assert_folded(page) -> None:
    """Hints are rendered, all `<details>` are closed, and one opens on a click."""
    assert page.locator(".jp-MarkdownCell:not(.jp-mod-rendered)").count() == 0
    sources = page.evaluate(
        f"() => [...{PANEL}.content.model.cells].filter(c => c.type === 'markdown')"
        ".map(c => c.sharedModel.getSource())"
    )
    written = sum(source.count("<details>") for source in sources)
    details = page.locator(".jp-RenderedMarkdown details")
    assert details.count() == written >= 3
    assert page.locator(".jp-RenderedMarkdown details[open]").count() == 0
    first = details.first
    first.scroll_into_view_if_needed()
    closed = first.bounding_box()["height"]
    first.locator("summary").click()
    assert page.locator(".jp-RenderedMarkdown details[open]").count() == 1
    assert first.bounding_box()["height"] > closed
    first.locator("summary").click()
    # The inside is rendered Markdown and not its source.
    prose = page.evaluate(
        """() => [...document.querySelectorAll('details')].map(d => {
            const copy = d.cloneNode(true);
            copy.querySelectorAll('code, pre, mjx-container').forEach(e => e.remove());
            return copy.textContent;
        })"""
    )
    for text in prose:
        assert not re.search(r"```|\*\*|`", text), text


def move_explorer(page) -> float:
    """Move the explorer's first control that can be moved; seconds to a new picture."""
    cell = page.locator(".jp-CodeCell", has=page.locator(".widget-interact")).first
    cell.evaluate("cell => { cell.dataset.explorer = ''; }")
    cell.scroll_into_view_if_needed()
    picture = cell.locator(".widget-interact img").first
    picture.wait_for()
    before = picture.get_attribute("src")
    handles = cell.locator(".widget-slider .noUi-handle").all()
    for control in handles:
        low, now, high = (
            float(control.get_attribute(f"aria-value{end}"))
            for end in ("min", "now", "max")
        )
        if low < high:
            key = "ArrowRight" if now < high else "ArrowLeft"
            control.focus()
            break
    else:
        control, key = cell.locator("input[type=text]").first, "Enter"
        control.fill(control.input_value() + " and a fine cast")
    start = time.perf_counter()
    control.press(key)
    page.wait_for_function(
        """before => {
            const picture = document.querySelector(
                '[data-explorer] .widget-interact img');
            return picture && picture.src !== before;
        }""",
        arg=before,
        timeout=20 * SECONDS,
    )
    return time.perf_counter() - start


def open_start_page(page, lab):
    """Open the start page alone; Chromium once crashed when it left a loading lab."""
    page.goto(f"{lab.url}/lab?reset")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget")
    page.goto(lab.url)


def run_board(page, lab, link: str, start: str):
    """Run the start page's drill or mock, begun by this call; what it shows."""
    open_start_page(page, lab)
    page.locator(".jp-MarkdownViewer").get_by_text(link, exact=True).click()
    page.wait_for_function(READY)
    page.evaluate(
        f"""start => {{
            const cell = {PANEL}.content.model.cells.get(1).sharedModel;
            cell.setSource(cell.getSource().replace('start()', start));
        }}""",
        start,
    )
    run_cells(page)
    return page.locator(".jp-OutputArea:visible .widget-vbox").first


def record_in(lab):
    path = lab.folder / "practice/progress.json"
    return record_file.parse(path.read_text("utf-8"))


def test_start_page(page, lab):
    """The page is rendered, and each notebook and copy is one click away."""
    open_start_page(page, lab)
    table = page.locator(".jp-MarkdownViewer table")
    table.wait_for()
    assert table.locator("tbody tr").count() == len(PATHS)
    number = number_of(PATHS[0])
    row = table.locator("tbody tr").first
    for link, stem in (
        (questions.read(number).title, "notebooks"),
        ("practise", "practice"),
    ):
        page.locator(".lm-TabBar-tabLabel", has_text="START.md").click()
        row.get_by_text(link).click()
        page.wait_for_function(
            f"stem => {PANEL}?.context?.path?.includes(stem) && {PANEL}.content.model",
            arg=f"{stem}/{PATHS[0].name}",
        )
        page.locator(".jp-Notebook:visible h1").first.wait_for()


def test_drill(page, lab):
    """The drill is one click away; a card is shown with its formulas, then graded."""
    # Question 7, whose first term has formulas.
    output = run_board(page, lab, "the drill", "start(7, kind='term')")
    output.get_by_role("button", name="Show the answer").click()
    good = output.get_by_role("button", name="good", exact=True)
    output.locator("mjx-container").first.wait_for()
    assert output.locator("strong", has_text=" · ").count() == 1
    good.click()
    output.get_by_text("It comes back in 10 min.").wait_for()
    output.get_by_role("button", name="Show the answer").wait_for()
    assert [card.grades for card in record_in(lab).of(7).cards.values()] == ["3"]
    assert texts(page, TROUBLE) == []


def test_mock(page, lab):
    """The mock is one click away, its clock runs between cells, a debrief ends it."""
    output = run_board(page, lab, "a mock", "start(4)")
    output.get_by_text("We train with").wait_for()
    line = output.locator("input[type=text]")
    line.fill("How fast?")
    line.press("Enter")
    output.get_by_text("You noted: How fast?").wait_for()
    output.get_by_role("button", name="That's all").click()
    output.locator("input[type=checkbox]").nth(3).check()
    output.get_by_role("button", name="Go on").click()
    output.get_by_role("button", name="Begin").click()
    # The clock is drawn while no cell runs.
    output.get_by_text("00:03 of 25:00").wait_for(timeout=60 * SECONDS)
    copy = output.get_by_role("link", name=PATHS[3].name)
    assert "practice/" in copy.get_attribute("href")
    output.get_by_role("button", name="Check my copy").click()
    output.get_by_text("Nothing is written in the copy yet").wait_for()
    output.get_by_role("button", name="Give up").click()
    output.get_by_role("button", name="Yes, give up").click()
    output.get_by_text("Custom training loop: given up").wait_for()
    section = output.get_by_role("link", name="The question")
    assert "notebooks/" in section.get_attribute("href")
    (mock,) = record_in(lab).mocks.values()
    assert mock.had == ["How fast?"]
    assert mock.given_up == "answer"
    output.get_by_text("As a page: ").wait_for()
    assert texts(page, TROUBLE) == []


def test_links_lead_to_headings_whatever_stands_in_them(
    page, lab, monkeypatch, request
):
    """As the debrief and the drill write them: a click brings the heading in sight."""
    headings = {
        7: 'The gallery, and "none of these"',
        10: "A sigmoid, and then `from_logits=True`",
        4: "A gradient of `None`",
    }
    place = lab.folder / "practice" / "links.md"
    place.parent.mkdir(exist_ok=True)
    move(monkeypatch, practice=place.parent)
    links = [
        buttons.link(f"link {number}", study_notebooks.path_of(number), heading)
        for number, heading in headings.items()
    ]
    place.write_text("\n\n".join(links), encoding="utf-8")
    # As a learner has it: only the cells in sight are in the page.
    whole = lab.tracker.read_text("utf-8")
    request.addfinalizer(lambda: lab.tracker.write_text(whole))
    lab.tracker.write_text("{}")
    open_start_page(page, lab)
    for number, heading in headings.items():
        page.goto(lab.address(place, "lab"))
        page.locator(".jp-MarkdownViewer").get_by_text(f"link {number}").click()
        page.wait_for_function(
            """words => [...document.querySelectorAll('.jp-Notebook h3')].some(h => {
                const { top, bottom } = h.getBoundingClientRect();
                const isIn = bottom > top && top >= 0 && bottom <= innerHeight;
                return isIn && h.textContent.includes(words);
            })""",
            arg=heading.replace("`", ""),
            timeout=60 * SECONDS,
        )


def test_troubles_would_be_seen(page, lab, complaints):
    """The other tests would find errors in a notebook and in a console."""
    sources = ["import sys\nprint('a warning', file=sys.stderr)", "1 / 0"]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    path = lab.folder / "troubles.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    run_all(page, lab, notebook, path)
    warning, error = texts(page, TROUBLE)
    assert warning.strip() == "a warning"
    assert "ZeroDivisionError" in error
    page.evaluate("() => console.error('ours')")
    page.wait_for_timeout(200)
    assert [text.split()[0] for text in complaints] == ["ours"]
    complaints.clear()


@pytest.fixture(scope="module")
def shared_page(lab, browser):
    """One page for all notebooks that are only opened, and what its console says."""
    context = browser.new_context(viewport=SIZE)
    page, said = context.new_page(), []
    page.set_default_timeout(120 * SECONDS)
    listen(page, said)
    page.goto(f"{lab.url}/lab?reset")
    page.wait_for_function("window.jupyterapp?.shell.currentWidget")
    yield page, said
    context.close()


def test_study_notebook_as_committed(lab, shared_page, path, notebook):
    """Opened in a fresh clone: figures, folded answers, and no kernel for any of it."""
    page, said = shared_page
    # Close the tabs of the notebook before.
    page.evaluate("() => jupyterapp.commands.execute('application:close-all')")
    page.wait_for_function("() => !document.querySelector('.jp-Notebook')")
    said.clear()
    copy = lab.folder / "committed" / path.name
    copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, copy)
    place = copy.relative_to(folders.HERE.root).as_posix()
    page.evaluate(OPEN, place)
    page.wait_for_function(
        f"place => {PANEL}?.context?.path === place"
        f" && {PANEL}.content?.model?.cells.length > 0",
        arg=place,
    )
    page.wait_for_function(
        """wanted => [...document.querySelectorAll('.jp-OutputArea-output img')]
            .filter(image => image.naturalWidth > 0).length === wanted""",
        arg=len(pictures_in(notebook.cells)),
    )
    assert texts(page, TROUBLE) == []
    assert page.locator(".widget-interact").count() == 0
    assert_folded(page)
    assert page.evaluate(f"() => {PANEL}.sessionContext.session") is None
    assert [text for text in said if NO_KERNEL not in text] == []


@pytest.mark.quick(3, 4)
def test_study_notebook(page, lab, path, notebook, record_property):
    run_all(page, lab, notebook, lab.folder / "study" / path.name)
    assert texts(page, TROUBLE) == []
    not_run = page.evaluate(
        f"() => [...{PANEL}.content.model.cells].filter(c => c.type === 'code'"
        " && !c.executionCount).map(c => c.sharedModel.getSource())"
    )
    assert not_run == []
    assert_folded(page)
    # The fastest of three counts, because other programs may slow the explorer down.
    seconds = min(move_explorer(page) for _ in range(3))
    record_property("move_seconds", seconds)
    assert seconds < MOVE_SECONDS


@pytest.mark.quick(6, 9)
def test_practice_copy(page, lab, path, notebook):
    """A blank copy shows the clock's line, then the first check's ✗, then nothing.

    Below, it shows the figure to expect.
    """
    copy = copy_cells.make_copy(notebook, path.name)
    reduce_copy(copy, notebook)
    run_all(page, lab, copy, lab.folder / "copies" / path.name)
    (clock,) = [text for text in texts(page, ".jp-OutputArea") if "clock" in text]
    minutes = questions.read(number_of(path)).minutes
    assert re.search(rf"The clock .+ {minutes} minutes", clock)
    (shown,) = texts(page, TROUBLE)
    first, *_ = checked_names(tagged(copy, "check")[0])
    assert shown.strip() == f"✗ {first}: not written yet"
    assert_folded(page)
    there = [cell for cell in copy.cells if "attachments" in cell]
    page.wait_for_function(PICTURES_SHOWN, arg=len(there))
    page.locator(TROUBLE).scroll_into_view_if_needed()
