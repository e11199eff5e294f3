"""Compare every column of a table's answers with the model, and the next change with that of a single partner."""

from __future__ import annotations

from datetime import date
from random import Random

import designation as dsg
from model.generator import generate
from model.rules import assess as modelled

from .portfolio_tables import answer_row, by_policy, rows_of, scalar_row, table_of


def compare(count: int, seed: int | str, start: int = 0) -> bool:
    """Check the histories of a seed; print the first that differs, and return whether one does."""
    for policy, cases in by_policy(generate(Random(f"{seed}/{i}")) for i in range(start, start + count)):
        table = table_of([case["partner"] for case in cases], day=[date.fromisoformat(c["as_of"]) for c in cases])
        for case, row in zip(cases, rows_of(dsg.assess_table(table, "day", policy=policy)), strict=True):
            alone = scalar_row(case["partner"], case["as_of"], case["policy"])
            if not row == alone == answer_row(modelled(**case), alone["next_change_on"]):
                print(f"table of seed {seed}: {row}\nalone: {alone}\n{case}")
                return True
    return False
