"""Depth files made for the tests: those at hand, and ones written for a depth at every base of TP53."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mdm2screen import callability
from mdm2screen.readers import recognise
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent

MADE = Path(__file__).parents[1] / "test_data" / "coverage"
GRCH37 = Options(build=Build.GRCH37)
LENGTHS = {"GRCh37": 81195210, "GRCh38": 83257441}
# Twenty coding bases of exon 8, GRCh37.
HOLE = range(7577041, 7577061)

Depth = Callable[[int], int]


def read(path: Path, options: Options = GRCH37) -> FileContent:
    """A file by the one reader that claims it."""
    file = SourceFile(path)
    return recognise(file).read(file, options)


def made(name: str, options: Options = GRCH37) -> FileContent:
    return read(MADE / name, options)


def seen(content: FileContent) -> list[tuple[int, int, int | None]]:
    return [(run.start, run.end, run.depth) for run in content.seen]


def needed(build: Build = Build.GRCH37) -> list[int]:
    return sorted(pos for bases in callability.required_bases(build).values() for pos in bases)


def flat(depth: int) -> Depth:
    return lambda _pos: depth


def with_hole(depth: int, hole: range = HOLE, within: int = 0) -> Depth:
    return lambda pos: within if pos in hole else depth


def per_base(path: Path, depth: Depth, *, build: str = "GRCh37", prefix: str = "chr") -> Path:
    """mosdepth per base over the whole of chromosome 17, as runs of equal depth."""
    first, last = needed(Build(build))[0], needed(Build(build))[-1]
    depths = [(pos, depth(pos)) for pos in range(first, last + 1)]
    runs = [(0, first - 1, 0)]
    for pos, value in depths:
        if runs[-1][2] == value:
            runs[-1] = (runs[-1][0], pos, value)
        else:
            runs.append((pos - 1, pos, value))
    runs.append((last, LENGTHS[build], 0))
    path.write_text("".join(f"{prefix}17\t{start}\t{end}\t{value}\n" for start, end, value in runs if end > start))
    return path


def text(path: Path, *rows: str, separator: str = "\t") -> Path:
    """Rows written with blanks, as a file with tabs."""
    path.write_text("".join(separator.join(row.split()) + "\n" for row in rows))
    return path


def alignment(
    path: Path,
    reads: Sequence[Mapping[str, Any]],
    *,
    sequences: Sequence[tuple[str, int]] = (("chr12", 133851895), ("chr17", 81195210)),
    samples: Sequence[str] = ("TUMOR_1",),
    reference: Path | None = None,
    index: bool = True,
) -> Path:
    """A sorted BAM (or CRAM, by its suffix) of reads: start (1-based), cigar, and what else differs from a good one."""
    import pysam

    header = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [{"SN": name, "LN": length} for name, length in sequences],
        "RG": [{"ID": f"rg{number}", "SM": sample} for number, sample in enumerate(samples)],
    }
    made_header = pysam.AlignmentHeader.from_dict(header)
    contigs = [name for name, _ in sequences]
    mode = "wc" if path.suffix == ".cram" else "wb"
    name = None if reference is None else str(reference)
    with pysam.AlignmentFile(str(path), mode, header=made_header, reference_filename=name) as out:
        for number, given in enumerate(
            sorted(reads, key=lambda one: (contigs.index(one.get("contig", "chr17")), one["start"]))
        ):
            out.write(_read(made_header, number, given, contigs))
    if index:
        pysam.index(str(path))
    return path


def _read(header: Any, number: int, given: Mapping[str, Any], contigs: list[str]) -> Any:
    import pysam

    read_ = pysam.AlignedSegment(header)
    read_.query_name = given.get("name", f"read{number}")
    read_.flag = given.get("flag", 0)
    read_.reference_id = contigs.index(given.get("contig", "chr17"))
    read_.reference_start = given["start"] - 1
    read_.mapping_quality = given.get("mapq", 60)
    read_.cigarstring = given.get("cigar", "100M")
    bases = read_.infer_query_length() or 0
    read_.query_sequence = given.get("sequence", "A" * bases)
    read_.query_qualities = pysam.qualitystring_to_array(chr(33 + given.get("quality", 37)) * bases)
    if "mate" in given:
        read_.next_reference_id = read_.reference_id
        read_.next_reference_start = given["mate"] - 1
    read_.set_tag("RG", "rg0")
    return read_


def tiled(depth: int, first: int, last: int, *, length: int = 100) -> list[dict[str, Any]]:
    """Reads that cover every base from ``first`` to ``last`` ``depth`` times."""
    starts = range(first, last + 1, length)
    return [{"start": start, "name": f"t{start}_{copy}"} for start in starts for copy in range(depth)]
