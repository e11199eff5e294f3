"""Results beyond a single assessment, as values; `_text` lays out their pages."""
