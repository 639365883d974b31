"""Whole processes timed from outside, in turn, so that a drift of the machine falls on all of them alike."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """One finished process: seconds on the clock, seconds of processor, peak memory in MiB, and what it printed."""

    wall: float
    cpu: float
    peak: float
    printed: str


def run(command: Sequence[str]) -> Run:
    """Run a command to its end. Raises SystemExit where it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"failed with exit code {process.returncode}: {' '.join(command)}")
    per_mebibyte = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / per_mebibyte, printed)


def in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, list[Run]]:
    """Every command once, then every command again, ``runs`` times; a round before that warms up and is not counted."""
    done: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            finished = run(command)
            if number:
                done[name].append(finished)
    return done


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios pair by pair."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
