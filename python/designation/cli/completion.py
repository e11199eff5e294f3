"""Print a script that completes commands and options in a shell.

Put the example's line into ~/.bashrc, or with zsh in place of bash into
~/.zshrc.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from designation import _core
from designation.cli._conditions import CONDITIONS
from designation.cli._output import Output

USAGE = "designation completion [OPTIONS] {bash,zsh}"
EXAMPLE = """\
  eval "$(designation completion bash)"
"""
PRELUDES = {"bash": "", "zsh": "autoload -U +X compinit bashcompinit && compinit && bashcompinit\n"}
SCRIPT = """\
{prelude}_designation() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[$((COMP_CWORD-1))]}} place=designation words= word
    for word in "${{COMP_WORDS[@]:1:$((COMP_CWORD-1))}}"; do
        case "$place $word" in
            {places}) place="$place $word" ;;
        esac
    done
    case "$place" in
{cases}
    esac
    case "$before" in
{values}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _designation designation
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", choices=PRELUDES, help="the shell that reads the script")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, as a whole or not at all")


def run(options: argparse.Namespace) -> int:
    """Do the work; gives the exit status."""
    from designation.cli._main import parser

    words = dict(_places(parser()))
    values = {"--format": ["text", "json"], "--fail-on": [*CONDITIONS, "within=30d"], "--rulebook": _core.editions()}
    script = SCRIPT.format(
        prelude=PRELUDES[options.shell],
        places="|".join(f"'{place}'" for place in words if " " in place),
        cases=_cases(words),
        values=_cases(values),
    )
    with Output(options.output) as output:
        output.write(script)
    return 0


def _places(parser: argparse.ArgumentParser) -> Iterator[tuple[str, list[str]]]:
    """Give each command with what can stand after it."""
    words = [option for action in parser._actions for option in action.option_strings if option.startswith("--")]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words += action.choices
            for inner in action.choices.values():
                yield from _places(inner)
        elif action.choices and not action.option_strings:
            words += action.choices
    yield parser.prog, words


def _cases(table: dict[str, list[str]]) -> str:
    return "\n".join(f"        '{key}') words='{' '.join(words)}' ;;" for key, words in table.items())
