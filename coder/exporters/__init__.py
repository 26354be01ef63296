"""From tables and codings to files. No exporter ever sees a database."""
