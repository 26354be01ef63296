"""`python -m coder` is the command `coder`."""

from coder.cli.main import main

main()
