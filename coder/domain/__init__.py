"""What is true: codebooks, answers, codings and the counting rule. Standard library only."""
