"""coder: a workbench for coding open survey answers, with counts that hold."""


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: that takes longer than all else the command needs to begin."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - as above

    try:
        return version("coder-workbench")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0+source"
