"""The command line: options in, results on stdout, everything else on stderr, exit code out. No judgement."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from mdm2screen.cli.help_page import ABOUT, Command
from mdm2screen.cli.output import write
from mdm2screen.errors import Mdm2screenError

_FAULT, _USAGE, _INTERRUPTED = 1, 2, 130
_OBJECTS_BEFORE_A_SEARCH = 200_000

_COMMANDS = {
    "check": "screening_commands",
    "batch": "batch_commands",
    "gather": "batch_commands",
    "confirm": "confirmation_commands",
    "request": "confirmation_commands",
    "compare": "comparison_commands",
    "concordance": "concordance_command",
    "demo": "screening_commands",
    "formats": "information_commands",
    "explain": "information_commands",
    "schema": "information_commands",
    "protocols": "protocol_commands",
}
"""Each command and its module, in the order of the help."""


def app(arguments: Sequence[str] = ("--help",)) -> typer.Typer:
    """The command line, with all commands; where one is named first, with that one alone."""
    made = typer.Typer(
        name="mdm2screen",
        help="Does a tumor meet the molecular inclusion of an MDM2-inhibitor trial (MDM2 amplified, TP53 wild-type)?",
        epilog="Start with: mdm2screen demo. What a code means: mdm2screen explain M003",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback()(_root)
    for name in arguments[:1] if arguments[0] in _COMMANDS else _COMMANDS:
        command = getattr(import_module(f"{__name__}.{_COMMANDS[name]}"), name)
        if isinstance(command, typer.Typer):
            made.add_typer(command, name=name, invoke_without_command=True)
        else:
            made.command(name, cls=Command, short_help=ABOUT[name].short)(command)
    return made


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version, and those of the protocols that ship.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault in mdm2screen.")] = False,
) -> None:
    """Options of every command; ``--version`` and ``--debug`` are taken out before by ``run``."""


def main() -> None:
    """Entry point of the command."""
    # a process that ends with its answer gains nothing from a search for cycles among what was just loaded
    gc.set_threshold(_OBJECTS_BEFORE_A_SEARCH)
    # no package that happens to stand beside may change how a decision is validated, nor need it be looked for
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """End the process with nothing left unwritten, and without taking apart what the system takes back anyway.

    That is a tenth of a short command. A process that had others working for it ends in the usual way.
    """
    if "multiprocessing" in sys.modules:
        sys.exit(code)
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # none where it was closed before the start
            stream.flush()
    except (OSError, ValueError):  # full, or its reader has gone: the interpreter ends in its own way
        sys.exit(code)
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command and return its exit code; no traceback reaches a user unless ``--debug`` asks for it."""
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    if arguments == ["--version"]:
        from mdm2screen.cli import version_page

        write(version_page.page())
        return 0
    if not arguments:
        arguments, code_without = ["--help"], _USAGE
    else:
        code_without = 0
    try:
        code = app(arguments)(args=arguments, prog_name="mdm2screen", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except Exception as exc:  # the last line of defence: whatever happens, one line and an exit code
        return _report(exc, debug=debug)
    if code == _INTERRUPTED:  # typer turns an interrupt into this code by itself
        sys.stderr.write("mdm2screen: interrupted\n")
    return code if isinstance(code, int) and code else code_without


def _report(exc: Exception, *, debug: bool) -> int:
    """Write an error for people and give its exit code."""
    if debug:
        import traceback

        traceback.print_exception(exc)
    if isinstance(exc, Mdm2screenError):
        sys.stderr.write(f"mdm2screen: error: {exc}\n")
        return exc.exit_code
    usage = getattr(exc, "format_message", None)  # typer's own errors, whichever click it brings
    if usage is not None:
        sys.stderr.write(f"mdm2screen: error: {usage()}\n  What to do: see 'mdm2screen --help'\n")
        return _USAGE
    hint = "" if debug else "; --debug shows where"
    sys.stderr.write(
        f"mdm2screen: this is a fault in mdm2screen, please report it: {type(exc).__name__}: {exc}{hint}\n"
    )
    return _FAULT
