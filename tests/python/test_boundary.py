"""The edges of the bound module: hostile values, empty objects, other interpreters, threads at exit, and signals."""

from __future__ import annotations

import inspect
import os
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import designation as dsg
from support.commands import run_unchecked

TESTS = Path(__file__).parent
FACES = [dsg.assess, dsg.plan, dsg.next_change, dsg.readings, dsg.timeline, dsg.what_if, dsg.budget, dsg.calendar]
FACES += [
    dsg.impact,
    dsg.record,
    dsg.replay,
    dsg.report,
    dsg.load,
    dsg.load_policy,
    dsg.parse_partner,
    dsg.parse_policy,
    dsg.assess_table,
]


def run_python(code: str) -> str:
    """Run a program in a process of its own and return its output; a crash or an error fails the test."""
    done = run_unchecked(sys.executable, "-c", textwrap.dedent(code))
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr[-2000:])
    assert not done.stderr
    return done.stdout


def test_hostile_values_raise_type_error_or_value_error_everywhere(tmp_path: Path) -> None:
    # The calls are generated from the stub, so a new function is covered by being there.
    last = tmp_path / "last call.txt"
    done = run_unchecked(sys.executable, "-m", "support.boundary_calls", "--log", last, cwd=TESTS)
    assert done.returncode == 0, (done.returncode, done.stdout[-4000:], done.stderr[-2000:], last.read_text("utf-8"))
    assert int(done.stdout.split()[-4]) > 10_000


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
@pytest.mark.parametrize("value", [None, [None], 1.5, object()], ids=lambda value: type(value).__name__)
def test_a_public_function_refuses_a_wrong_type_in_one_line(face: Callable[..., object], value: object) -> None:
    required = [each for each in inspect.signature(face).parameters.values() if each.default is each.empty]
    others = ["2026-09-15" for each in required[1:] if each.kind is not each.VAR_KEYWORD]
    with pytest.raises(TypeError) as raised:
        face(value, *others)
    assert "\n" not in str(raised.value)
    assert "pybind11" not in str(raised.value)
    assert "must be" in str(raised.value) or "expected" in str(raised.value)


@pytest.mark.parametrize("bound", [dsg.Policy, dsg.Partner, dsg.Event])
@pytest.mark.parametrize("use", [repr, hash, dsg.assess, lambda empty: dsg.assess({"id": "a"}, "2026-09-15", empty)])
def test_an_object_without_init_cannot_be_used(bound: Any, use: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match=r"__new__ without __init__|must be"):
        use(bound.__new__(bound))


def test_a_wrong_argument_of_a_bound_function_is_named_by_its_type() -> None:
    with pytest.raises(TypeError, match=r"Partner\(\*\*kwargs\) expected, not \(.*Partner, str\)$"):
        dsg.Partner("contoso")  # type: ignore[call-arg]


@pytest.mark.parametrize("load", [dsg.load, dsg.load_policy])
def test_a_file_descriptor_is_refused_and_stays_open(load: Callable[[Any], object]) -> None:
    reading, writing = os.pipe()
    with pytest.raises(TypeError):
        load(reading)
    os.fstat(reading)
    os.close(reading)
    os.close(writing)


def test_a_sub_interpreter_can_not_import_the_package_and_says_so() -> None:
    output = run_python("""
        import faulthandler
        faulthandler.dump_traceback_later(30, exit=True)
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        there = interpreters.create()
        try:
            failed = interpreters.run_string(there, "import designation")
            print(failed.type.__name__, failed.msg)
        except Exception as error:
            print(error)
    """)
    assert "ImportError" in output
    assert "main interpreter" in output


def test_a_thread_may_be_computing_when_python_ends() -> None:
    run_python("""
        import threading, time
        import designation as dsg, pyarrow as pa
        row = {"id": "p", "events": [{"on": "2026-03-02", "type": "badge_awarded"}]}
        table = pa.Table.from_pylist([row] * 100_000)
        policy = dsg.Policy(interpretations={"renewal_anchor": "decision"})
        def assess_always():
            while True:
                dsg.assess_table(table, as_of="2026-09-15")
        def plan_always():
            dsg.plan(row, "2026-09-15", through="2199-12-31", policy=policy)
        for target in (assess_always, assess_always, plan_always):
            threading.Thread(target=target, daemon=True).start()
        time.sleep(1)
    """)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer that sends a signal")
@pytest.mark.parametrize(
    "call",
    [
        'dsg.plan(row, "2026-09-15", through="2199-12-31", policy=policy)',
        'dsg.budget([row], "2026-09-15", through="2199-12-31", policy=policy)',
        'dsg.assess_table(table, as_of="2026-09-15", threads=1)',
        'dsg.readings(row, "2026-09-15", span=("2026-09-15", "2199-12-31"))',
    ],
    ids=lambda call: call.partition("(")[0],
)
def test_a_signal_ends_a_long_call_soon(call: str) -> None:
    # The limit is 0.2 s; other processes can delay this one.
    output = run_python(f"""
        import signal, time
        import designation as dsg, pyarrow as pa
        row = {{"id": "p", "events": [{{"on": "2026-03-02", "type": "badge_awarded"}}]}}
        table = pa.Table.from_pylist([row] * 1000)
        table = pa.concat_tables([table] * 10_000)
        policy = dsg.Policy(interpretations={{"renewal_anchor": "decision"}})
        dsg.plan, dsg.budget, dsg.assess_table, dsg.readings
        def interrupt(number, frame):
            global began
            began = time.process_time()
            raise KeyboardInterrupt
        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        sent = time.monotonic() + 0.3
        try:
            while True:
                {call}
        except KeyboardInterrupt:
            print(time.monotonic() - sent)
    """)
    assert float(output) < 5  # at once, on a machine that others use too


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer that sends a signal")
@pytest.mark.parametrize(
    "call",
    [
        "_core.timeline(partner, first, last, rules)",
        "_core.next_change(silent, first, rules)",
        "_core.parse_partner(text, max_bytes=len(text))",
        "dsg.parse_partner(document)",
    ],
    ids=lambda call: call.partition("(")[0],
)
def test_a_signal_ends_a_call_about_a_large_document(call: str) -> None:
    # A call that ignores signals would end after its whole time.
    output = run_python(f"""
        import datetime, json, signal, time
        import designation as dsg
        from designation import _core
        first, last, rules = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31), _core.rules(None, None)
        days = [str(first + datetime.timedelta(number % 109_000)) for number in range(200_000)]
        document = {{"id": "p", "events": [{{"on": day, "type": "csat_evaluated", "outcome": "pass"}} for day in days]}}
        text, partner = json.dumps(document), dsg.parse_partner(document)
        silent = [{{"on": day, "type": "interest_registered"}} for day in days]
        silent = dsg.parse_partner({{"id": "p", "events": silent}})
        def interrupt(number, frame):
            raise KeyboardInterrupt
        signal.signal(signal.SIGALRM, interrupt)
        began = time.process_time()
        {call}
        whole = time.process_time() - began
        def ended_early():
            signal.setitimer(signal.ITIMER_REAL, whole / 4)
            began = time.process_time()
            try:
                {call}
            except KeyboardInterrupt:
                return time.process_time() - began < whole * 0.7
        print(any(ended_early() for _ in range(9)))
    """)
    assert output == "True\n"


def test_a_document_that_changes_while_it_is_read_is_no_danger() -> None:
    output = run_python("""
        import designation as dsg
        class Hostile:
            def to_dict(self):
                document.clear()
                events.clear()
                self.others = [f"{number:041}" for number in range(100_000)]
                return {"on": "2026-03-02", "type": "badge_awarded"}
        events = [Hostile(), {"on": "2026-03-03", "type": "badge_awarded"}]
        document = {"id": "i" * len(str(10**39)), "name": "".join(["n"] * 41), "events": events}
        partner = dsg.parse_partner(document)
        print(partner.id == "i" * 40 and partner.name == "n" * 41 and len(partner.events) == 1)
    """)
    assert output == "True\n"


def test_threads_can_share_the_first_use_of_a_name() -> None:
    run_python("""
        import threading
        import designation as dsg
        for thread in [threading.Thread(target=lambda: dsg.assess_table) for _ in range(8)]:
            thread.start()
    """)
