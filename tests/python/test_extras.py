"""A missing library is named with its extra, and the extras are the libraries that the package imports."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import designation
from designation import _lazy
from designation.cli import _main, demo
from support.commands import ROOT, run_unchecked

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT.get("optional-dependencies", {})


def asked_for() -> Iterator[str]:
    """Return the extra of each `lazy(module, extra)` and `need(module, extra)` of the package."""
    for path in Path(designation.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("lazy", "need"):
                yield from (ast.literal_eval(extra) for extra in node.args[1:] if isinstance(extra, ast.Constant))


def test_an_installed_library_is_imported() -> None:
    assert _lazy.need("json", "table") is __import__("json")
    assert _lazy.need("os.path", "table") is __import__("os").path


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pyarrow.compute", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"^this needs pyarrow: pip install 'designation\[table\]'$"):
        _lazy.need("pyarrow.compute", "table")


def test_a_broken_library_raises_its_own_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a_broken_library.py").write_text("import what_it_needs_itself\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="'what_it_needs_itself'") as caught:
        _lazy.need("a_broken_library", "table")
    assert not isinstance(caught.value, _lazy.MissingExtraError)


def test_the_command_line_names_the_extra_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(demo, "run", lambda _: _lazy.need("pyarrow", "table"))
    assert _main.main(["demo"]) == 2
    assert capsys.readouterr().err == "designation: this needs pyarrow: pip install 'designation[table]'\n"


USES = {
    "calendar": ("icalendar", 'dsg.calendar(dsg.Partner(id="x", events=[]), as_of="2026-09-15")'),
    "excel": ("openpyxl", 'from designation.portfolio import write_workbook; write_workbook("portfolio.xlsx")'),
    "metrics": ("narwhals", "dsg.metrics.case_rate"),
    "plot": ("matplotlib", "dsg.plot.new_axes()"),
    "report": ("jinja2", 'dsg.report(dsg.Partner(id="x", events=[]), as_of="2026-09-15").html'),
    "spark": ("pyspark", "import designation.spark; designation.spark.assess(None, as_of='2026-09-15')"),
    "table": ("pyarrow", "import designation._tables.frames; designation._tables.frames.read_row(object(), 0)"),
}


@pytest.mark.parametrize("extra", sorted(set(EXTRAS) - {"all"}))
def test_a_feature_names_its_missing_extra(extra: str) -> None:
    library, use = USES[extra]
    code = f"import sys; sys.modules['{library}'] = None; import designation as dsg; {use}"
    assert run_unchecked(sys.executable, "-c", code).stderr.splitlines()[-1] == (
        f"designation._lazy.MissingExtraError: this needs {library}: pip install 'designation[{extra}]'"
    )


def test_the_package_uses_every_extra_and_no_other() -> None:
    assert set(asked_for()) == set(EXTRAS) - {"all"}


def test_the_extra_all_contains_every_extra_but_spark() -> None:
    others = sorted(set(EXTRAS) - {"all", "spark"})
    assert EXTRAS.get("all", []) == ([f"designation[{','.join(others)}]"] if others else [])


def test_the_base_dependencies_are_those_of_the_command_line() -> None:
    assert sorted(line.partition(">")[0] for line in PROJECT["dependencies"]) == ["rich", "rich-argparse"]
