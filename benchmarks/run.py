"""Measure mdm2screen against what is on this machine, as ratios within one run, and write a page of tables.

python benchmarks/run.py                      panel and exome, in about a minute
python benchmarks/run.py --kinds panel exome genome --write docs/benchmarks.md
"""

import argparse
import compileall
import importlib.util
import multiprocessing
import os
import platform
import shutil
import statistics
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import made_files
from once import TP53_AND_MDM2
from timing import Run, in_turn, ratio, run

HERE = Path(__file__).parent
PYTHON = sys.executable
IMPORTS = [PYTHON, "-c", "import typer, pydantic"]
BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"
_DIGITS_FROM = 0.1  # a ratio below is given with one digit more


def check(path: Path, *options: str) -> list[str]:
    """The whole command on one file, as a user runs it."""
    code = "from mdm2screen.cli import main; main()"
    return [PYTHON, "-c", code, "check", "--format", "json", "--build", "GRCh38", *options, str(path)]


def once(work: str, path: Path) -> list[str]:
    """One piece of work, its own seconds printed."""
    return [PYTHON, str(HERE / "once.py"), work, str(path)]


def peers(path: Path, indexed: Path) -> dict[str, list[str]]:
    """The tools on this machine that take the two genes out of a file."""
    quiet = ["-o", os.devnull]
    found = {}
    if shutil.which("bcftools"):
        found["bcftools view -t"] = ["bcftools", "view", "-t", TP53_AND_MDM2, str(path), *quiet]
        found["bcftools view -r"] = ["bcftools", "view", "-r", TP53_AND_MDM2, str(indexed), *quiet]
    if shutil.which("tabix"):
        found["tabix"] = ["tabix", "-h", str(indexed), *TP53_AND_MDM2.split(",")]
    return found


def shown(value: float) -> str:
    """A ratio for people."""
    return f"{value:.2f}" if value >= _DIGITS_FROM else f"{value:.3f}"


def walls(runs: list[Run]) -> list[float]:
    """Seconds on the clock of whole processes."""
    return [one.wall for one in runs]


def own_seconds(runs: list[Run]) -> list[float]:
    """Seconds that a process of ``once`` says its work took."""
    return [float(one.printed) for one in runs]


def table(head: str, rows: list[list[str]]) -> list[str]:
    """A table of Markdown."""
    columns = head.split("|")
    return [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}", *(f"| {' | '.join(row)} |" for row in rows), ""]


def locating(kind: str, paths: dict[str, Path], runs: int) -> list[str]:
    """Finding and decoding alone, against the whole run of a tool that does the same."""
    tools = peers(paths["bgzf"], paths["indexed"])
    commands = {
        "BGZF without index, every block searched": once("locate", paths["bgzf"]),
        "plain gzip, every line searched": once("locate", paths["gzip"]),
        "text, every line searched": once("locate", paths["plain"]),
        "BGZF with index": once("locate", paths["indexed"]),
        "BGZF, --assume-sorted": once("bisect", paths["bgzf"]),
        "text, --assume-sorted": once("bisect", paths["plain"]),
    }
    done = in_turn({**commands, **tools}, runs)
    rows = []
    for name in commands:
        seconds = own_seconds(done[name])
        against = [shown(ratio(seconds, walls(done[tool]))) for tool in tools]
        cpu = statistics.median(one.cpu for one in done[name])
        rows.append([name, f"{statistics.median(seconds):.3f}", f"{cpu:.2f}", *against])
    rows += [[f"*{tool}*", f"{statistics.median(walls(done[tool])):.3f}", ""] + [""] * len(tools) for tool in tools]
    return [
        f"Locating and decoding, {kind} ({made_files.SIZES[kind]:,} records), against",
        "",
        *table("|".join(["way", "seconds", "processor seconds of the process", *tools]), rows),
    ]


def whole_process(kind: str, paths: dict[str, Path], runs: int) -> list[str]:
    """The command as a user runs it, with its digest of the file, its decision and its JSON."""
    tools = peers(paths["bgzf"], paths["indexed"])
    commands = {packing: check(path) for packing, path in paths.items()}
    commands["bgzf, --assume-sorted"] = check(paths["bgzf"], "--assume-sorted")
    done = in_turn({**commands, **tools, "imports": IMPORTS}, runs)
    rows = [
        [
            kind,
            name,
            f"{statistics.median(walls(done[name])):.2f}",
            *(shown(ratio(walls(done[name]), walls(done[other]))) for other in (*tools, "imports")),
            f"{max(one.peak for one in done[name]):.0f}",
        ]
        for name in commands
    ]
    return table("|".join(["file", "packing", "seconds", *tools, "importing typer and pydantic", "peak MiB"]), rows)


def streams(kind: str, paths: dict[str, Path], runs: int) -> list[str]:
    """Libraries that give every record."""
    libraries = [name for name in ("cyvcf2", "pysam") if importlib.util.find_spec(name)]
    commands = {name: once(name, paths["bgzf"]) for name in libraries}
    done = in_turn({"ours": once("locate", paths["bgzf"]), **commands}, runs)
    ours = own_seconds(done["ours"])
    rows = [[f"{name}, every record", shown(ratio(ours, own_seconds(done[name])))] for name in libraries]
    return [f"Every block searched, {kind}, against", "", *table("library|ratio", rows)]


def machine() -> list[str]:
    """What the figures were measured on; no name and no path."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    packages = ("mdm2screen", "isal", "pydantic", "typer", "cyvcf2", "pysam")
    versions = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)]
    if shutil.which("bcftools"):
        versions.append(run(["bcftools", "--version"]).printed.splitlines()[0])
    return [
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, {memory:.0f} GiB of memory; "
        f"{', '.join(versions)}.",
        "",
    ]


def main() -> None:
    """Make the files, measure, print, and write the page where asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kinds", nargs="+", choices=made_files.SIZES, default=["panel", "exome"])
    options.add_argument("--runs", type=int, default=3, help="counted runs of each command, after one that warms up")
    options.add_argument("--folder", type=Path, help="where the made files are kept; else they are removed")
    options.add_argument("--write", type=Path, help="the page whose tables are replaced")
    asked = options.parse_args()
    compileall.compile_dir(str(HERE.parent / "src"), quiet=2)
    with tempfile.TemporaryDirectory() as made:
        # in a process of its own: a process starts with the peak memory of the one that started it
        with multiprocessing.get_context("spawn").Pool(1) as maker:
            files = {kind: maker.apply(made_files.make, (asked.folder or Path(made), kind)) for kind in asked.kinds}
        lines = machine()
        for kind, paths in files.items():
            lines += locating(kind, paths, asked.runs)
        lines += ["The whole command, `check --format json`, against", ""]
        parts = [whole_process(kind, paths, asked.runs) for kind, paths in files.items()]
        lines += [*parts[0][:-1], *(row for part in parts[1:] for row in part[2:-1]), ""]
        smallest = min(files, key=made_files.SIZES.__getitem__)
        lines += streams(smallest, files[smallest], asked.runs)
    page = "\n".join(lines)
    sys.stdout.write(page)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        asked.write.write_text(f"{before}{BEGIN}\n\n{page}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
