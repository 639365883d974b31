"""What every reader module offers, and what its result must account for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from mdm2screen import genes
from mdm2screen.errors import SampleError, ScaleError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import (
    Build,
    BuildClaim,
    FileContent,
    InputFile,
    Model,
    PurityRecord,
    QcRecord,
    RecordCounts,
    Region,
    Scale,
    SegmentRecord,
    Source,
    VariantRecord,
)


class CnScale(StrEnum):
    """Scale of a copy-number column, as a user may state it."""

    LOG2 = "log2"
    LOG10 = "log10"
    RATIO = "ratio"
    COPIES = "copies"


_LISTED = 10

# Bounds no measurement goes beyond: a thousand copies, and a little below none by the noise of a fit.
_PLAUSIBLE = {
    Scale.TUMOR_COPIES: (-1.0, 1000.0),
    Scale.OBSERVED_COPIES: (-1.0, 1000.0),
    Scale.LINEAR_RATIO: (0.0, 500.0),
    Scale.LOG2_RATIO: (-40.0, 9.0),
    Scale.LABEL: (-1000.0, 1000.0),
}


@dataclass(frozen=True)
class Options:
    """What the user said about the files."""

    build: Build | None = None
    tumor_sample: str | None = None
    cn_sample: str | None = None
    cn_scale: CnScale | None = None


class Format(Model):
    """A file format: its short name, what it is, what it answers, and what its silence about a gene means."""

    name: str
    title: str
    answers: str
    silence: str
    documented: str


@dataclass(frozen=True)
class Head:
    """The beginning of a file, unpacked, for recognising it."""

    name: str
    raw: bytes

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines of the head as text, without byte-order mark."""
        return tuple(self.raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace").splitlines())

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names of a table: the first line that is no comment, folded by ``column_name``.

        A single leading ``#`` belongs to the header line; ``##``, ``@`` and ``#type``/``#track`` begin comments.
        """
        return table_columns(next((line for line in self.lines if not is_comment(line)), ""))


def is_comment(line: str) -> bool:
    """Whether a line of a table comes before its header."""
    return not line.strip() or line.startswith(("##", "@", "#type", "#track", "track ", "WARNING:"))


def table_columns(line: str) -> tuple[str, ...]:
    """Column names of a tab-separated header line."""
    return tuple(column_name(token) for token in line.removeprefix("#").rstrip("\t").split("\t"))


def column_name(token: str) -> str:
    """A column's name folded: no quotes, lower case, ``.`` and blanks as ``_``."""
    return token.strip().strip("\"'").lower().replace(".", "_").replace(" ", "_")


class Reader(Protocol):
    """A reader module."""

    FORMAT: Format

    def sniff(self, head: Head) -> bool:
        """Whether the content is this format, judged by content alone."""

    def read(self, file: SourceFile, options: Options) -> FileContent:
        """Read the file. Raises InputError with file, line and remedy."""


@dataclass(frozen=True)
class Dropped:
    """A record over the genes that is not used, and why."""

    source: Source
    contig: str
    start: int
    end: int
    reason: str
    gene: str | None = None


@dataclass
class Gathering:
    """What a reader has found so far; ``finish`` settles the build and accounts for every record."""

    file: SourceFile
    options: Options
    format: Format
    total: int | None = 0
    segments: list[SegmentRecord] = field(default_factory=list)
    variants: list[VariantRecord] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    claims: list[BuildClaim] = field(default_factory=list)
    unseen: list[Region] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sample: str | None = None

    def claim(self, claims: Iterable[BuildClaim]) -> None:
        """Add build claims, the first of each kind: what a thousand contigs or rows say alike is said once."""
        for claim in claims:
            if all((claim.build, claim.supports) != (known.build, known.supports) for known in self.claims):
                self.claims.append(claim)

    def finish(
        self,
        *,
        way: str = "whole file read",
        needs_build: bool = True,
        copy_number: bool = False,
        small_variants: bool = False,
        reaches_tp53: bool = True,
        purities: Iterable[PurityRecord] = (),
        qc: Iterable[QcRecord] = (),
        regions: Iterable[Region] = (),
    ) -> FileContent:
        """The content on the one build it was read on. Raises BuildError."""
        build, because = None, None
        if needs_build:
            build, because = genes.resolve_build(self.claims, self.options.build, self.file.name)
        segments, context = self._sorted_segments(build)
        variants = [v for v in self.variants if _in_genes(build, v.contig, v.pos, v.end or v.pos, None)]
        dropped = [d for d in self.dropped if _in_genes(build, d.contig, d.start, d.end, d.gene)]
        used = {_record_key(s.source) for s in segments} | {_record_key(v.source) for v in variants}
        reasons = {_record_key(d.source): d.reason for d in dropped}
        lost = Counter(reason for key, reason in reasons.items() if key not in used)
        counts = RecordCounts(
            total=self.total,
            in_windows=len(used) + lost.total(),
            used=len(used),
            dropped=dict(sorted(lost.items())),
        )
        notes = list(self.notes)
        if not self.file.ends_with_newline():
            notes.append("the last line has no line end: the file may be cut")
        summary = InputFile(
            name=self.file.name,
            sha256=self.file.sha256,
            bytes=self.file.bytes,
            format=self.format.name,
            build=build,
            build_because=because,
            sample=self.sample,
            way=way,
            records=counts,
            notes=tuple(notes),
        )
        return FileContent(
            file=summary,
            segments=tuple(segments),
            context=tuple(context),
            variants=tuple(variants),
            purities=tuple(purities),
            qc=tuple(qc),
            regions=tuple(regions),
            unseen=tuple(self.unseen),
            needs_build=needs_build,
            copy_number=copy_number,
            small_variants=small_variants,
            reaches_tp53=reaches_tp53,
            elsewhere=tuple(v for v in self.variants if v not in variants),
            silence=self.format.silence,
        )

    def _sorted_segments(self, build: Build | None) -> tuple[list[SegmentRecord], list[SegmentRecord]]:
        """Segments over the genes, and those that are context. Raises ScaleError for an impossible value of a gene.

        Context decides nothing, so an impossible value there refuses no file: it is left out, with a note.
        """
        over, beside, impossible = [], [], 0
        for segment in self.segments:
            if _in_genes(build, segment.contig, segment.start, segment.end, segment.gene):
                _check_plausible(segment)
                over.append(segment)
            elif _is_context(segment) and _is_plausible(segment):
                beside.append(segment)
            else:
                impossible += not _is_plausible(segment)
        if impossible:
            self.notes.append(f"records beside the genes with an impossible copy number, left out: {impossible}")
        return over, beside


def _record_key(source: Source) -> Source | int:
    """What tells records apart: the source; its identity where no line number is known and two may read alike."""
    return source if source.line is not None else id(source)


def _impossible_value(segment: SegmentRecord) -> float | None:
    """A value that no tumor can have in its scale, if the segment has one."""
    lowest, highest = _PLAUSIBLE[segment.scale]
    values = (segment.value, segment.highest)
    return next((value for value in values if value is not None and not lowest <= value <= highest), None)


def _is_plausible(segment: SegmentRecord) -> bool:
    return _impossible_value(segment) is None


def _check_plausible(segment: SegmentRecord) -> None:
    """Raise ScaleError for a value that no tumor can have in its scale."""
    value = _impossible_value(segment)
    if value is not None:
        raise ScaleError(
            f"{value:g} cannot be a {segment.scale.replace('_', ' ')}",
            where=str(segment.source),
            remedy="find out in which scale the file is; a .seg file takes --cn-scale",
        )


def _in_genes(build: Build | None, contig: str, start: int, end: int, gene: str | None) -> bool:
    if gene is not None:
        return gene in (g.symbol for g in genes.GENES)
    return build is not None and any(g.overlaps(build, contig, start, end) for g in genes.GENES)


def _is_context(segment: SegmentRecord) -> bool:
    """Whether a record beside the genes lies on MDM2's chromosome; a row that names a gene, only a known neighbour."""
    named = segment.gene is None or segment.gene in genes.mdm2_neighbours()
    return named and segment.contig == genes.MDM2_CONTIG


def _listing(names: list[str], wanted: str | None) -> str:
    """Names for a message: the nearest to what was asked for, else the first; a cohort holds hundreds."""
    near = get_close_matches(wanted, names, n=_LISTED, cutoff=0.4) if wanted else []
    shown = near or names[:_LISTED]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def choose_table_sample(names: Iterable[str], file: SourceFile, options: Options) -> str | None:
    """The sample of a table that names samples; ``None`` where it names none. Raises SampleError."""
    available = sorted(set(names))
    wanted = options.cn_sample or (options.tumor_sample if options.tumor_sample in available else None)
    listing = _listing(available, wanted)
    if wanted is not None and available and wanted not in available:
        raise SampleError(
            f"has no sample {wanted}; it has: {listing}", where=file.name, remedy="pass one of them as --cn-sample"
        )
    if wanted is None and len(available) > 1:
        raise SampleError(
            f"holds {len(available)} samples: {listing}",
            where=file.name,
            remedy="say which is the tumor: --cn-sample NAME",
        )
    return wanted or next(iter(available), None)
