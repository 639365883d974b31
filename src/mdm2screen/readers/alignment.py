"""BAM and CRAM: reads counted over the coding bases and splice sites of TP53.

SAM positions are 1-based, pysam's 0-based. Counted are bases of at least the protocol's base quality, in reads of at
least its mapping quality; not reads that are unmapped, secondary, supplementary, duplicates or failed by the sequencer,
and not deletions. Mates that overlap count once. An index is needed, for a CRAM also the reference it was made with
(``--reference``); none is ever fetched from the network. Documented in hts-specs SAMv1 and CRAMv3.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mdm2screen import builds, callability, genes
from mdm2screen.errors import FileAccessError, InputError, MalformedFileError, SampleError, TruncatedFileError
from mdm2screen.readers import depth_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, RecordCounts, SeenRun

FORMAT = Format(
    name="alignment",
    title="BAM or CRAM",
    answers="the depth of each base of TP53",
    silence="a base without a read of enough quality was not seen",
    documented="samtools/hts-specs SAMv1, CRAMv3",
)

_TP53 = genes.TP53.loci[Build.GRCH38].contig
_BAM, _CRAM = b"BAM\1", b"CRAM"
# The last container of a CRAM spells this; the longest such container has 38 bytes (CRAMv3 section 9).
_CRAM_END, _CRAM_END_SIZE = b"\xe0EOF", 38
_NOT_COUNTED = {
    0x4: "unmapped read",
    0x100: "secondary alignment",
    0x200: "read failed by the sequencer",
    0x400: "duplicate read",
    0x800: "supplementary alignment",
}
# Far above any depth; pysam's own limit of 8000 would hide the rest.
_NO_LIMIT = 100_000_000
# What a pileup writes for a deleted or skipped base.
_NO_BASE = frozenset({"", "*", "<", ">", "#"})


def sniff(head: Head) -> bool:
    """The content begins as a BAM or a CRAM does."""
    return head.raw.startswith((_BAM, _CRAM))


def read(file: SourceFile, options: Options) -> FileContent:
    """Depth over TP53. Raises InputError."""
    _check_end(file)
    with _opened(file, options) as reads:
        gathering = Gathering(file, options, FORMAT, total=None)
        header = reads.header.to_dict()
        gathering.sample = _sample(header, file, options)
        for line in header.get("SQ", ()):
            gathering.claim(builds.claims_of_contig(line["SN"], line["LN"], file.source()))
        build, _ = builds.resolve_build(gathering.claims, options.build, file.name)
        name = _chromosome(header, file)
        counts = _account(reads, name, _window(build), options)
        gathering.seen = list(_runs(file, name, build, _depths(reads, name, _window(build), options)))
    content = gathering.finish(way="reads over TP53, by index", measures_depth=True)
    return content.model_copy(update={"file": content.file.model_copy(update={"records": counts})})


def _check_end(file: SourceFile) -> None:
    """Raise TruncatedFileError where the file does not end as it should."""
    file.check_complete()
    if not file.head().startswith(_CRAM):
        return
    with file.path.open("rb") as stream:
        stream.seek(max(0, file.bytes - _CRAM_END_SIZE))
        if _CRAM_END not in stream.read():
            raise TruncatedFileError(
                "the CRAM is cut: its end container is missing",
                where=file.name,
                remedy="copy the file again from where it was made",
            )


@contextmanager
def _opened(file: SourceFile, options: Options) -> Iterator[Any]:
    """The file by pysam, which must have its index. Raises InputError for all that htslib finds wrong."""
    import pysam

    is_cram = file.head().startswith(_CRAM)
    reference = _reference(file, options) if is_cram else None
    verbosity = pysam.set_verbosity(0)
    elsewhere = os.environ.get("REF_PATH")
    os.environ["REF_PATH"] = os.devnull  # htslib would ask the network for a reference that is not given
    try:
        name = None if reference is None else str(reference)
        with pysam.AlignmentFile(str(file.path), "rc" if is_cram else "rb", reference_filename=name) as reads:
            if not reads.has_index():
                raise FileAccessError(
                    f"has no index (.{'crai' if is_cram else 'bai'}) beside it",
                    where=file.name,
                    remedy=f"make one: samtools index {file.name}",
                )
            yield reads
    except InputError:
        raise
    except (OSError, ValueError, StopIteration) as exc:
        remedy = "pass the FASTA that the CRAM was made with" if is_cram else "make its index again: samtools index"
        raise MalformedFileError(
            f"cannot be read ({exc})", where=file.name, remedy=f"{remedy}, or copy it again"
        ) from exc
    finally:
        pysam.set_verbosity(verbosity)
        if elsewhere is None:
            del os.environ["REF_PATH"]
        else:
            os.environ["REF_PATH"] = elsewhere


def _reference(file: SourceFile, options: Options) -> Path:
    """The reference of a CRAM, with its index. Raises FileAccessError."""
    path = options.reference
    if path is None:
        raise FileAccessError(
            "is a CRAM, which is read with the reference it was made with",
            where=file.name,
            remedy="pass that FASTA: --reference reference.fa",
        )
    if not path.is_file():
        raise FileAccessError("no such reference file", where=str(path), remedy="check --reference")
    if not path.with_name(f"{path.name}.fai").is_file():
        raise FileAccessError(
            "the reference has no index (.fai) beside it",
            where=path.name,
            remedy=f"make one: samtools faidx {path.name}",
        )
    return path


def _sample(header: dict[str, Any], file: SourceFile, options: Options) -> str | None:
    """The sample of the read groups (SM). Raises SampleError where there are several, or a normal."""
    names = list(dict.fromkeys(group["SM"] for group in header.get("RG", ()) if "SM" in group))
    if len(names) > 1:
        raise SampleError(
            f"holds reads of {len(names)} samples: {', '.join(names)}",
            where=file.name,
            remedy="pass an alignment of the tumor alone (samtools split)",
        )
    return depth_rows.choose_sample(names, file, options)


def _chromosome(header: dict[str, Any], file: SourceFile) -> str:
    """The name of TP53's chromosome in this file. Raises MalformedFileError."""
    for line in header.get("SQ", ()):
        if genes.contig_name(line["SN"]) == _TP53:
            return str(line["SN"])
    raise MalformedFileError(
        f"its header names no chromosome {_TP53}",
        where=file.name,
        remedy="pass the alignment to the whole genome, or with chromosomes named chr1 ... chrY",
    )


def _window(build: Build) -> tuple[int, int]:
    """First and last base needed (1-based)."""
    needed = [pos for bases in callability.required_bases(build).values() for pos in bases]
    return min(needed), max(needed)


def _account(reads: Any, name: str, window: tuple[int, int], options: Options) -> RecordCounts:
    """Every read over the window, as counted or as left out for a named reason."""
    dropped: Counter[str] = Counter()
    used = 0
    for one in reads.fetch(name, window[0] - 1, window[1]):
        why = next((words for flag, words in _NOT_COUNTED.items() if one.flag & flag), None)
        if why is None and one.mapping_quality < options.min_mapping_quality:
            why = f"mapping quality below {options.min_mapping_quality}"
        if why is None:
            used += 1
        else:
            dropped[why] += 1
    return RecordCounts(total=None, in_windows=used + dropped.total(), used=used, dropped=dict(sorted(dropped.items())))


def _depths(reads: Any, name: str, window: tuple[int, int], options: Options) -> dict[int, int]:
    """Reads that count at each position (1-based); positions without a read are not in it."""
    columns = reads.pileup(
        name,
        window[0] - 1,
        window[1],
        truncate=True,
        multiple_iterators=False,
        stepper="samtools",
        flag_filter=sum(_NOT_COUNTED),
        ignore_orphans=False,
        ignore_overlaps=True,
        min_base_quality=options.min_base_quality,
        min_mapping_quality=options.min_mapping_quality,
        max_depth=_NO_LIMIT,
    )
    return {
        column.reference_pos + 1: sum(base not in _NO_BASE for base in column.get_query_sequences())
        for column in columns
    }


def _runs(file: SourceFile, name: str, build: Build, depths: dict[int, int]) -> Iterator[SeenRun]:
    """The depth of every base needed."""
    for bases in callability.required_bases(build).values():
        for pos in bases:
            source = file.source(None, f"{name}:{pos}")
            yield SeenRun(contig=_TP53, start=pos, end=pos, depth=depths.get(pos, 0), source=source)
