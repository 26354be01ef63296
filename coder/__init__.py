"""coder: a workbench for coding open survey answers, with counts that hold."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("coder-workbench")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+source"
