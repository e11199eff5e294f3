"""The pages that show answers: words, columns, and one module per answer."""
