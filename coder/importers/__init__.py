"""From files to domain values: codebooks, surveys, answers and codings, chosen by suffix."""
