"""Settings of the documentation site; `scripts/docs` builds it.

Sources are read from the project's folder, so that a link in a page leads to the same place here and in a browser of
the repository.
"""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers

import designation
from package_readme import repository

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

project = "designation"
author = "the designation maintainers"
copyright = "the designation maintainers, Apache-2.0"
version = release = designation.__version__
language = "en-US"
root_doc = "docs/index"
include_patterns = ["docs/**", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "notebooks/*"]
exclude_patterns = [".*", "build", "docs/_*", "docs/*.py", "notebooks/ruff.toml"]
extensions = [
    "breathe",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "_cpp_index",
    "_rule_links",
    "_schema_tables",
    "_stub_types",
]

html_theme = "furo"
# The address of the repository, an entry of [project.urls] in pyproject.toml, gives each page a link to its source.
_urls = dict(line.split(", ", 1) for line in metadata.metadata("designation").get_all("Project-URL", []))
if _source := repository(_urls):
    html_theme_options = {"source_repository": _source, "source_branch": "HEAD", "source_directory": ""}
html_title = f"designation {version}"
html_static_path = ["_static"]
html_extra_path = ["_root"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
toc_object_entries_show_parents = "hide"
highlight_language = "text"
lexers["csv"] = TextLexer()  # Pygments has none.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

nb_custom_formats = {".py": "_notebooks.read"}
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_output_stderr = "error"
nb_merge_streams = True

autosummary_generate = False

default_role = "py:obj"
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # the members of a class are documented once

breathe_projects = {"designation": str(HERE.parent / "build" / "docs" / "xml")}
breathe_default_project = "designation"
breathe_show_include = False
suppress_warnings = ["duplicate_declaration.cpp"]  # each header opens the namespace again
