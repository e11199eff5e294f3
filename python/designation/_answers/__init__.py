"""Answers beyond one day: values without text; the pages that show them are in _text."""
