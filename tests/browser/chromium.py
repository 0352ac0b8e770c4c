"""Debian's Chromium for the tests that need a real browser."""

import contextlib
import importlib.util
import shutil
from collections.abc import Iterator

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = [
    name
    for name, found in (
        ("Chromium", CHROMIUM),
        (
            "Playwright (`pip install playwright`)",
            importlib.util.find_spec("playwright"),
        ),
    )
    if not found
]
# Why a test that needs the browser is skipped; empty where it can run.
REASON = f"not installed: {', '.join(MISSING)}" if MISSING else ""

# Nothing that Chromium itself would look up: what is left are the page's requests.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def launch() -> Iterator:
    """A headless Chromium, as Playwright's `Browser`; closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
