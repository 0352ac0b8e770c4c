"""How Sphinx makes the website: called, with more options, by `publishing.site`."""

import json
from pathlib import Path

from docutils import nodes

project = "Keras interview notebooks"
author = "the authors"
extensions = ["myst_nb", "sphinx.ext.mathjax"]
exclude_patterns = ["_*"]
root_doc = "index"
language = "en"

# The committed outputs are shown; nothing is executed.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
# What GitHub and JupyterLab show as text is text here, too.
myst_disable_syntax = ["myst_block_break", "myst_line_comment", "myst_role"]

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
# The search page is ours: Sphinx's own shows no excerpts of a page opened from disk.
templates_path = ["layouts"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
# Light or dark as the reader's system is; a button changes it.
html_context = {"default_mode": "auto"}
html_permalinks_icon = "#"
html_theme_options = {
    # One search field, in the sidebar.
    "navbar_persistent": [],
    "navbar_start": [],
    "show_toc_level": 2,
    "show_navbar_depth": 1,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "use_issues_button": False,
    "use_repository_button": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
mathjax3_config = {
    "options": {
        "enableMenu": False,
    },
    "svg": {"fontCache": "global"},
}

# What the search page looks in: each section of each page, its own text without that
# of the sections below it. A script can be loaded from disk, which JSON can't.
SECTIONS: list[dict] = []


def setup(app):
    """Collect the sections of each page, and write them when all pages are there."""
    app.connect("doctree-resolved", collect_sections)
    app.connect("build-finished", write_sections)


def collect_sections(app, doctree, docname):
    """Note the sections of a page, unless it says `nosearch` at its top."""
    if "nosearch" in app.env.metadata[docname]:
        return
    title = doctree.next_node(nodes.title).astext()
    for section in doctree.findall(nodes.section):
        heading, *parts = section.children
        parts = [part for part in parts if not isinstance(part, nodes.section)]
        shown = {nodes.paragraph: [], nodes.literal_block: []}
        for part in parts:
            for kind, texts in shown.items():
                # Outputs are numbers for the most part.
                texts += [
                    words_of(node)
                    for node in part.findall(kind)
                    if "output" not in node.get("classes", [])
                ]
        SECTIONS.append(
            {
                "id": len(SECTIONS),
                "address": f"{app.builder.get_target_uri(docname)}#{section['ids'][0]}",
                "page": title,
                "heading": heading.astext() if heading.astext() != title else "",
                "text": " ".join(shown[nodes.paragraph]),
                "code": "\n".join(shown[nodes.literal_block]),
            }
        )


def words_of(node) -> str:
    """The text of a paragraph or of code, with a sign in place of each formula."""
    return "".join(
        "…" if isinstance(text.parent, nodes.math) else text.astext()
        for text in node.findall(nodes.Text)
        if not isinstance(text.parent, nodes.raw)
    )


def write_sections(app, error):
    """Write the sections as a script, beside the other scripts of the site."""
    if not error:
        text = f"const SECTIONS = {json.dumps(SECTIONS, ensure_ascii=False)};\n"
        Path(app.outdir, "_static", "sections.js").write_text(text, encoding="utf-8")
