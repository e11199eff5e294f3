"""The portfolio table: one row per partner, built from workbooks, CSV files, warehouse tables, or documents.

>>> import designation as dsg
>>> portfolio = dsg.portfolio.from_documents([{"id": "contoso", "events": []}])
>>> portfolio.table.column_names
['id', 'name', 'csp_authorizations', 'support_contracts', 'solutions_partner_designations', 'events']
"""

from __future__ import annotations

from designation._tables.portfolio_readings import PortfolioReadings, readings
from designation.portfolio._convert import check, convert, load
from designation.portfolio._documents import from_documents, to_documents
from designation.portfolio._files import from_csv, from_excel
from designation.portfolio._portfolio import Portfolio
from designation.portfolio._tables import from_tables
from designation.portfolio._workbook import to_excel, write_workbook

__all__ = [
    "Portfolio",
    "PortfolioReadings",
    "check",
    "convert",
    "from_csv",
    "from_documents",
    "from_excel",
    "from_tables",
    "load",
    "readings",
    "to_documents",
    "to_excel",
    "write_workbook",
]
