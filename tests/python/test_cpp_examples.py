"""The example programs build against an install prefix and against the wheel, and agree with Python."""

from __future__ import annotations

import collections
import datetime
import json
import subprocess
from pathlib import Path

import pytest

import designation as dsg
from support.commands import ROOT, configure, run, run_unchecked

PARTNERS = Path(dsg.__file__).parent / "examples"
CONTOSO = PARTNERS / "contoso.json"
ON = "2026-09-15"

pytestmark = pytest.mark.builds


@pytest.fixture(scope="module", params=["prefix", "site"])
def programs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    package: Path = request.getfixturevalue(request.param)
    place = tmp_path_factory.mktemp("examples")
    options = (f"-DCMAKE_PREFIX_PATH={package}", "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wconversion -Wshadow -Werror")
    configure(ROOT / "cpp" / "examples", place, *options)
    run("cmake", "--build", place)
    return place


def test_a_file_is_assessed(programs: Path) -> None:
    expected = dsg.assess(dsg.load(CONTOSO), as_of=ON)
    assert expected.renewal is not None
    assert expected.next_change is not None
    assert run(programs / "assess_file", CONTOSO, ON).splitlines() == [
        f"contoso on {ON}: {expected.term.status}",
        f"days left: {expected.days_left}",
        *(f"missing for the renewal: {name}" for name in expected.renewal.missing),
        f"outstanding: {expected.fees.outstanding}",
        f"next change: {expected.next_change.on}",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "usage: "),
        (("nowhere.json", ON), "nowhere.json: cannot be read"),
        ((str(CONTOSO), "today"), "today: not a valid date"),
        ((str(CONTOSO), "2026-02-30"), "not a valid date"),
        ((str(CONTOSO.with_name("policy.json")), ON), "/format: "),
    ],
)
def test_an_error_is_one_line_and_an_exit_status(programs: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run_unchecked(programs / "assess_file", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize("threads", ["1", "4", "5000"])
def test_a_thousand_partners_give_the_same_counts_with_any_number_of_threads(programs: Path, threads: str) -> None:
    def status(number: int) -> str:
        day = (datetime.date(2026, 1, 1) + datetime.timedelta(days=number % 365)).isoformat()
        types = ("capability_evaluated", "case_rate_determined", "csat_evaluated")
        events: list[dict[str, str]] = [{"on": day, "type": name, "outcome": "pass"} for name in types]
        if number % 10:
            events.append({"on": day, "type": "badge_awarded"})
        return str(dsg.assess(dsg.parse_partner({"id": "one", "events": events}), as_of="2027-01-15").term.status)

    expected = collections.Counter(map(status, range(1000)))
    lines = (line.split() for line in run(programs / "thousand_partners", threads).splitlines())
    assert {word: int(count) for word, count in lines if int(count)} == expected


@pytest.mark.parametrize("threads", ["1", "2", "7"])
def test_a_service_answers_each_line_in_order_and_continues_after_an_invalid_one(programs: Path, threads: str) -> None:
    partners = [json.dumps(json.loads(path.read_text("utf-8"))) for path in sorted(PARTNERS.glob("[c-l]*.json"))]
    expected = [dsg.assess(dsg.parse_partner(text), as_of=ON).to_dict() for text in partners]
    given = "\n".join([partners[0], '{"id": ""}', "", *partners[1:], *partners * 40])
    done = run_unchecked(programs / "service", ON, threads, given=given)
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected * 41
    assert done.stderr.startswith("line 2:1:")
    assert done.returncode == 1


def test_a_service_answers_a_line_before_the_next_one_comes(programs: Path) -> None:
    with subprocess.Popen([programs / "service", ON, "2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        for _ in range(3):
            service.stdin.write(json.dumps({"id": "one"}).encode() + b"\n")
            service.stdin.flush()
            assert json.loads(service.stdout.readline())["partner"]["id"] == "one"
        service.stdin.close()
    assert service.returncode == 0


def test_a_service_without_a_date_prints_its_usage(programs: Path) -> None:
    assert run_unchecked(programs / "service").returncode == 2
