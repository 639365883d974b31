"""How the pages are built: ``sphinx-build -W --keep-going docs build/docs``; a broken link or reference is an error."""

import re

from sphinx.application import Sphinx

from mdm2screen import __version__

project = "mdm2screen"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
html_title = f"mdm2screen {__version__}"
exclude_patterns = ["generate.py"]
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_typehints = "signature"
autodoc_inherit_docstrings = False


def setup(app: Sphinx) -> None:
    """Links to Markdown outside of docs/ work in the repository alone: built pages show their words."""
    app.connect("source-read", _without_outer_links)


def _without_outer_links(_app: Sphinx, _page: str, source: list[str]) -> None:
    source[0] = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\.md(?:#[^)]*)?\)", r"\1", source[0])
