"""Rulebooks as data: their differences, the rules that read a location, and the grades of sources."""
