"""The project file: the only importer of SQLite."""
