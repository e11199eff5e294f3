"""The pages that show results: wording, layout, and one module per page."""
