"""The reports that the tests open in a browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa

import designation as dsg
from designation._report import Report

EXAMPLES = Path(dsg.__file__).parent / "examples"
AS_OF = "2026-09-15"
PARTNERS = [dsg.load(path) for path in sorted(EXAMPLES.glob("*.json")) if path.stem != "policy"]
CONTOSO = dsg.load(EXAMPLES / "contoso.json")
NASTY = "</script><img src=x onerror=alert(1)> \u202eشركة ☁️👩‍💻 " + "long" * 100
HOSTILE = dsg.parse_partner({**CONTOSO.to_dict(), "id": NASTY, "name": NASTY})
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NAMES = ("Ünïcødé Łódź", "Straße & Søn", "Æther Þing")
REGIONS = ("EMEA", "Americas", "", "=SUM(1)")


def crowd(number: int) -> list[dsg.Partner]:
    """Build partners with the facts of the examples, and names of their own."""
    return [
        dsg.parse_partner({**PARTNERS[i % len(PARTNERS)].to_dict(), "id": f"p{i:05}", "name": f"Partner {i}"})
        for i in range(number)
    ]


def grouped_table() -> pa.Table:
    """Build a portfolio with the columns `owner` and `region`, and names with letters of many languages."""
    partners = [
        dsg.parse_partner({**partner.to_dict(), "name": NAMES[i]} if i < len(NAMES) else partner.to_dict())
        for i, partner in enumerate(PARTNERS)
    ]
    table = dsg.portfolio.from_documents(partners).table
    regions = [REGIONS[i % len(REGIONS)] or None for i in range(len(table))]
    table = table.append_column("owner", pa.array([("Ana", "Bo")[i % 2] for i in range(len(table))]))
    return table.append_column("region", pa.array(regions))


def build_reports() -> dict[str, Report]:
    """Build a report of each kind."""
    return {
        "partner": dsg.report(CONTOSO, AS_OF),
        "overdue": dsg.report(dsg.load(EXAMPLES / "northwind-traders.json"), AS_OF),
        "at-risk": dsg.report(dsg.load(EXAMPLES / "humongous-insurance.json"), AS_OF),
        "brief": dsg.report(CONTOSO, AS_OF, brief=True),
        "nobody": dsg.report(dsg.Partner(id="nobody"), AS_OF),
        "hostile": dsg.report(HOSTILE, AS_OF),
        "portfolio": dsg.report(PARTNERS, AS_OF),
        "grouped": dsg.report(grouped_table(), AS_OF, keep=["owner"], by="region"),
        "hostile-portfolio": dsg.report([HOSTILE, *PARTNERS], AS_OF),
        "crowd": dsg.report(crowd(1200), AS_OF),
    }
