"""The workbench on the terminal: the only importer of Textual."""
