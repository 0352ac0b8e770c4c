"""How Sphinx makes the website: called, with more options, by `render.site`."""

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
# A page opened from disk may not read another one, as summaries would have to.
html_show_search_summary = False
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
