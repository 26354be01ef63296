"""The jobs: they take values and return small results, and never print."""
