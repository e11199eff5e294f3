"""Rulebooks as data: what differs, which rules read a place, how good the sources are."""
