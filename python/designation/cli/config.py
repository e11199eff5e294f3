"""Print the folders of the C++ library, to build against it.

Each option prints only its folder; without an option, the command lists all of
them. The library, its headers, and its CMake package come with the Python
package.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from designation import _core
from designation.cli._output import Output
from designation.cli._parser import add_output

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
    with Output(options.output) as output:
        if options.format == "json":
            output.write_json(folders)
        elif options.folder:
            output.write(folders[options.folder] + "\n")
        else:
            output.write("".join(f"{name:<14}{folder}\n" for name, folder in folders.items()))
    return 0
