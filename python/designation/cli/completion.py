"""Print a script that completes commands and options in a shell.

Add the line of the example to ~/.bashrc, or to ~/.zshrc with zsh in place of
bash. For fish, run: designation completion fish | source
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from designation import _core
from designation._core import FindingCode
from designation._rulebooks.rule_index import RULES_BY_NAME
from designation.cli._commands import build_parser
from designation.cli._conditions import CONDITIONS
from designation.cli._output import Output
from designation.cli._parser import add_file_output
from designation.cli._rules import load_rulebook

USAGE = "designation completion [OPTIONS] {bash,fish,zsh}"
EXAMPLE = """\
  eval "$(designation completion bash)"
"""
BASH = """\
_designation() {{
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
FISH = """\
function __designation
    set -l before (commandline -opc)
    set -l place designation
    for word in $before[2..]
        switch "$place $word"
            case {places}
                set place "$place $word"
        end
    end
    set -l words
    switch $place
{cases}
    end
    switch $before[-1]
{values}
    end
    string split ' ' -- $words
end
complete -c designation -a '(__designation)'
"""
SHELLS = {
    "bash": (BASH, "|", "        '{}') words='{}' ;;"),
    "fish": (FISH, " ", "        case '{}'\n            set words '{}'"),
    "zsh": (
        "autoload -U +X compinit bashcompinit && compinit && bashcompinit\n" + BASH,
        "|",
        "        '{}') words='{}' ;;",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", choices=SHELLS, help="the shell")
    add_file_output(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    parsers = list(_parsers(build_parser()))
    words = {parser.prog: _completions(parser) for parser in parsers}
    rules = load_rulebook(_core.editions()[0]).to_dict()["rules"]
    subjects = [*RULES_BY_NAME, *rules, *map(str, FindingCode)]
    values = {"--fail-on": [*CONDITIONS, "within=30d"], "--rulebook": _core.editions(), "--of": subjects}
    for action in (action for parser in parsers for action in parser._actions):
        for option in action.option_strings if action.choices else ():
            # Commands can have an option of one name with different values; all of them are offered.
            values[option] = list(dict.fromkeys([*values.get(option, ()), *map(str, action.choices or ())]))
    script, separator, case = SHELLS[options.shell]
    script = script.format(
        places=separator.join(f"'{place}'" for place in words if " " in place),
        cases="\n".join(case.format(key, " ".join(known)) for key, known in words.items()),
        values="\n".join(case.format(key, " ".join(known)) for key, known in values.items()),
    )
    with Output(options.output) as output:
        output.write(script)
    return 0


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of each command, those of subcommands first."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _parsers(inner)
    yield parser


def _completions(parser: argparse.ArgumentParser) -> list[str]:
    """Return the options and arguments that can follow a command."""
    options = [option for action in parser._actions for option in action.option_strings if option.startswith("--")]
    return options + [word for action in parser._actions if not action.option_strings for word in action.choices or ()]
