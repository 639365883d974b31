"""Results of a command on stdout."""

import os
import sys


def write(text: str) -> None:
    """Write ``text`` at once."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # a closed pager is no fault: what follows goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
