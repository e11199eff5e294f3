"""Settings of a folder: a policy, a rulebook and formats, from the environment or a file, and how output looks."""

from __future__ import annotations

import argparse
import os
from typing import Any, NamedTuple

from designation._input.source import KINDS
from designation._lazy import lazy
from designation._messages import quote, suggestion
from designation.cli._errors import UsageError, print_note, set_quiet
from designation.cli._streams import set_color

tomllib = lazy("tomllib")

FILES = ("designation.toml", "pyproject.toml")
VARIABLES = {name: f"DESIGNATION_{name.upper().replace('-', '_')}" for name in ("policy", "rulebook", "format")}
KEYS = ("policy", "rulebook", "format", "input-format")
FORMATS = ("text", "json")
RULES = ("policy", "rulebook")


class Setting(NamedTuple):
    """The value of a setting, and where it comes from."""

    value: str
    source: str


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has."""
    group = parser.add_argument_group("common options")
    group.add_argument("--quiet", action="store_true", help="print no notes and no progress")
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        action=_Color,
        help="colors and bold text (default: auto)",
    )
    group.add_argument("--no-config", action="store_true", help="ignore designation.toml and environment variables")


class _Color(argparse.Action):
    """Applies the choice at once, because a help page is shown before all options are parsed."""

    def __call__(
        self, parser: argparse.ArgumentParser, options: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        options.color = values
        set_color(values)


_applied: dict[str, Setting] = {}


def applied_rules() -> dict[str, Setting]:
    """Return the policy and the rulebook that come from settings, and not from options: results name them."""
    return _applied


def apply_common_options(options: argparse.Namespace, argv: list[str]) -> None:
    """Apply the common options, and the settings for options that the command has and the user did not give."""
    set_quiet(getattr(options, "quiet", False))
    set_color(getattr(options, "color", "auto"))
    _applied.clear()
    if getattr(options, "no_config", False):
        return
    for key, setting in read_settings().items():
        name = key.replace("-", "_")
        is_given = any(word == f"--{key}" or word.startswith(f"--{key}=") for word in argv)
        if is_given or not hasattr(options, name) or options.command.__name__.endswith(".config"):
            continue
        if key == "format" and not _accepts(options, setting.value):
            continue
        setattr(options, name, setting.value)
        if key in RULES:
            _applied[key] = setting
            print_note(describe(key, setting))


def describe(key: str, setting: Setting) -> str:
    """Return the name, the value and the source of a setting as text."""
    return f"{key} {quote(setting.value)} from {setting.source}"


def _accepts(options: argparse.Namespace, value: str) -> bool:
    # A report has formats of its own.
    return options.format in FORMATS and value in FORMATS


def read_settings() -> dict[str, Setting]:
    """Return the settings of this folder and of the environment, which comes first.

    Raises:
        UsageError: A file of settings cannot be read, or has an unknown key or value.
    """
    found: dict[str, Setting] = {}
    for file in FILES:
        for key, value in _read_file(file).items():
            found.setdefault(key, Setting(_validate(key, value, file), file))
    for key, variable in VARIABLES.items():
        if value := os.environ.get(variable):
            found[key] = Setting(_validate(key, value, variable), variable)
    return found


def _read_file(file: str) -> dict[str, Any]:
    try:
        with open(file, "rb") as stream:
            text = stream.read()
    except OSError:
        return {}
    if file == "pyproject.toml" and b"designation" not in text:
        return {}  # It is a file of other programs, and need not be read.
    try:
        document = tomllib.loads(text.decode())
    except (UnicodeDecodeError, ValueError):
        raise UsageError(f"{file}: must be TOML; correct it, or use --no-config [config]") from None
    if file == "pyproject.toml":
        document = document.get("tool", {}).get("designation", {})
    if not isinstance(document, dict):
        raise UsageError(f"{file}: tool.designation must be a table [config]")
    return document


def _validate(key: str, value: Any, source: str) -> str:
    if key not in KEYS:
        raise UsageError(f"{source}: unknown key {quote(key)}{suggestion(key, KEYS)} [config]")
    choices = {"format": FORMATS, "input-format": KINDS}.get(key)
    if not isinstance(value, str) or (choices and value not in choices):
        what = f"one of {', '.join(choices)}" if choices else "text"
        raise UsageError(f"{source}: {key} must be {what}, not {quote(value)} [config]")
    return value
