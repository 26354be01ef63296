"""The command `coder`: its subcommands, and the one place where errors become words and exit codes."""

import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence

import click

from coder.domain.answers import one_line
from coder.domain.errors import CoderError

# Name, module and one line of help each: the list prints without importing any of them.
_COMMANDS = {
    "demo": ("demo", "Try it: make the example project and open it."),
    "init": ("init", "Make a new project with one or more codebooks."),
    "codebook": ("codebook", "Take a codebook in or out, revise it, go back to a version."),
    "import": ("import_", "Take in a round's answers with their survey file."),
    "codings": ("codings", "Take codings in, or write them to a file."),
    "qdpx": ("qda", "Exchange projects with NVivo, MAXQDA, ATLAS.ti and others: .qdpx."),
    "code": ("code", "Open the workbench."),
    "memo": ("memo", "Write memos on questions, codes and answers, and find them."),
    "suggest": ("suggest", "Suggest codes for texts on standard input, one a line."),
    "autocode": ("autocode", "Code what no analyst has touched, where it is sure enough."),
    "evaluate": ("evaluate", "Say how good suggestions are, and which definitions need work."),
    "review": ("review", "Read what autocode left or is least sure of."),
    "audit": ("audit", "Measure the machine on a random sample that is coded blind."),
    "runs": ("runs", "Say what each run of autocode coded with: model, versions, thresholds."),
    "table": ("table", "Print or write the table of a question in a round."),
    "compare": ("compare", "Set two rounds of a question side by side."),
    "ledger": ("ledger", "Account for every base: asked, answered, blank, coded."),
    "figure": ("figure", "Draw the most common themes, or the options, as bars."),
    "examples": ("examples", "List the chosen examples, warnings about them, and proposals."),
    "diff": ("diff", "Say which decisions moved a count between two exports."),
    "check": ("check", "Look for damage, clashes, uncoded answers and contradicting data."),
}


class _Commands(click.Group):
    """A group that imports a command when it is run, so that help and errors come at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"coder.cli.{_COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])


def _version(ctx: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from coder import __version__  # noqa: PLC0415 - looking it up takes its time

        click.echo(f"coder, version {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """Code open survey answers, with counts that hold."""


def main() -> None:
    """Run the command line and exit: 0 done, 1 input or project wrong, 2 usage, 3 something found, 130 ctrl-c."""
    for stream in (sys.stdout, sys.stderr):
        # Names and answers hold å, ä, ö whatever the terminal's code page says.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command, from the process's arguments where none are given, and return the exit code."""
    try:
        result = cli.main(arguments, prog_name="coder", standalone_mode=False)
        sys.stdout.flush()
    except CoderError as error:
        return _told(error.message, error.hint, error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "coder"
        said = error.format_message().removesuffix(".")
        return _told(said[:1].lower() + said[1:], f"See `{where} --help`.", error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader has had enough, as `head` does; point stdout elsewhere so that the exit flush is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _told(message: str, hint: str, code: int) -> int:
    """Say in two lines what is wrong and what to do, and hand on the exit code."""
    click.echo(f"coder: {one_line(message)}", err=True)
    if hint:
        click.echo(f"  {one_line(hint)}", err=True)
    return code
