"""Portfolios as tables: frames in and out, and the summary of all rows."""
