"""Print the settings, and the folders of the C++ library.

The settings are policy, rulebook, format, and input-format. They come from
designation.toml or [tool.designation] of pyproject.toml in this folder, or from
variables such as DESIGNATION_POLICY. Each option prints only its folder, to
build against the library, which comes with the Python package.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from designation import _core
from designation._text.layout import replace_controls
from designation.cli._output import Output
from designation.cli._parser import add_output
from designation.cli._settings import read_settings

USAGE = "designation config [OPTIONS]"
EXAMPLE = """\
  cmake -S . -B build -DCMAKE_PREFIX_PATH="$(designation config --cmakedir)"
"""
FOLDERS = {
    "cmakedir": ("lib/cmake/designation", "the folder of the CMake package"),
    "includedir": ("include", "the folder of the headers"),
    "libdir": ("lib", "the folder of the library"),
    "pkgconfigdir": ("lib/pkgconfig", "the folder of designation.pc"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    group = parser.add_mutually_exclusive_group()
    for name, (_, description) in FOLDERS.items():
        group.add_argument(f"--{name}", dest="folder", action="store_const", const=name, help=f"print {description}")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    # The folders are beside the compiled module; in an editable install, the Python files are elsewhere.
    root = Path(_core.__file__).resolve().parent
    folders = {name: str(root / folder) for name, (folder, _) in FOLDERS.items() if options.folder in (None, name)}
    settings = {} if options.folder or options.no_config else read_settings()
    with Output(options.output) as output:
        if options.format == "json":
            listed = {key: one._asdict() for key, one in settings.items()}
            output.write_json(folders if options.folder else {**folders, "settings": listed})
        elif options.folder:
            output.write(folders[options.folder] + "\n")
        else:
            shown = (f"{key:<14}{replace_controls(one.value)} (from {one.source})\n" for key, one in settings.items())
            output.write("".join(shown))
            output.write("".join(f"{name:<14}{folder}\n" for name, folder in folders.items()))
    return 0
