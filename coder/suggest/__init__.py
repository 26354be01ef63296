"""Suggestions: the only importer of scikit-learn."""
