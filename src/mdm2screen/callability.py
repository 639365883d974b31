"""Which coding and splice-site bases of TP53 an assay could have shown a variant in.

Wild-type is a claim about every coding base (exons 2-11 of NM_000546.6) and the two intronic bases at each splice
site. The design of an assay is a declaration; depth that a file states per base is a measurement. Each of these bases
has a number of its own that is the same on every build, so that files of different builds speak of one base.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from mdm2screen.callability_result import Callability, ExonCallability, Exposure, NotSeen, UncoveredStretch
from mdm2screen.genes import TP53, Exon, tp53_exons
from mdm2screen.records import Build, Model, Region, SeenRun

_SPLICE_BASES = 2


class MeasuredFile(Model):
    """What one file says was seen over TP53, base by base."""

    file: str
    build: Build
    runs: tuple[SeenRun, ...]


class Demand(NamedTuple):
    """What is enough: reads at a base, phred-scaled confidence in the reference, and whether a producer's word is."""

    depth: int
    quality: int
    verdict_proves: bool


class _Base(NamedTuple):
    """What all files together show at one base."""

    depth: int | None = None
    proven: bool = False
    verdict: bool = False
    refused: bool = False


class _Hole(NamedTuple):
    why: NotSeen
    depth: int | None = None


@cache
def required_bases(build: Build) -> dict[int, tuple[int, ...]]:
    """Genomic positions needed, by exon number, ascending."""
    return {exon.number: tuple(sorted(_bases(exon, build))) for exon in tp53_exons()}


def _bases(exon: Exon, build: Build) -> set[int]:
    """TP53 is on the minus strand: the acceptor lies above an exon, the donor below; exon 11 has no donor."""
    found = set(range(exon.cds_start[build], exon.cds_end[build] + 1))
    found |= {exon.end[build] + step for step in range(1, _SPLICE_BASES + 1)}
    if exon.number != tp53_exons()[-1].number:
        found |= {exon.start[build] - step for step in range(1, _SPLICE_BASES + 1)}
    return found


@cache
def _places(build: Build) -> tuple[tuple[int, int], ...]:
    """(exon, position) of each base by its number, in the order of the exons."""
    return tuple((exon, pos) for exon, bases in required_bases(build).items() for pos in bases)


@cache
def _numbers(build: Build) -> dict[int, int]:
    """The number of the base at each position."""
    return {pos: number for number, (_, pos) in enumerate(_places(build))}


def unknown() -> Callability:
    """Nothing was said of the assay."""
    total = len(_places(Build.GRCH38))
    return Callability(exposure=Exposure.UNKNOWN, assay=None, bases=total, covered=None)


def of_whole_assay(assay: str) -> Callability:
    """A whole genome or exome, declared to cover every base needed."""
    return _complete(unknown().model_copy(update={"exposure": Exposure.DECLARED, "assay": assay}), {}, None)


def of_regions(assay: str, regions: Iterable[Region], build: Build) -> Callability:
    """An assay declared by its target regions."""
    inside = _covered_numbers(regions, build)
    holes = {n: _Hole(NotSeen.NOT_TARGETED) for n in range(len(_places(build))) if n not in inside}
    return _complete(of_whole_assay(assay), holes, build)


def less(found: Callability, unseen: Iterable[Region], build: Build) -> Callability:
    """The same less the bases of which a file says that nothing was seen there."""
    holes = {n: _Hole(NotSeen.NOTHING_SEEN, 0) for n in _covered_numbers(unseen, build)}
    return _complete(found, {**holes, **_holes(found)}, found.build or build) if holes else found


def measure(found: Callability, files: Sequence[MeasuredFile], demand: Demand) -> Callability:
    """The same with what ``files`` measured.

    A base counts where one file alone shows enough reads, none says that it is not callable, and it is none of the
    holes that ``found`` has already: a target outside which nobody called, a place of which the calls themselves say
    that nothing was seen. A producer's word without a number counts as declared, unless the demand takes it for proof.
    """
    bases = _bases_of(files, demand)
    holes = _holes(found)
    for number, base in enumerate(bases):
        if number in holes:
            continue
        if base.refused:
            holes[number] = _Hole(NotSeen.NOT_CALLABLE, base.depth)
        elif not base.proven and not base.verdict:
            holes[number] = _Hole(NotSeen.TOO_FEW_READS, base.depth)
    on_word = any(base.verdict and not base.proven and n not in holes for n, base in enumerate(bases))
    names = tuple(sorted({one.file for one in files}))
    measured = found.model_copy(
        update={
            "exposure": Exposure.DECLARED if on_word and not demand.verdict_proves else Exposure.PROVEN,
            "assay": ", ".join(names),
            "files": names,
        }
    )
    return _complete(measured, holes, found.build or files[0].build, [base.depth for base in bases])


def _bases_of(files: Sequence[MeasuredFile], demand: Demand) -> list[_Base]:
    found = [_Base()] * len(_places(Build.GRCH38))
    for one in files:
        for run in one.runs:
            for number in _covered_numbers((run,), one.build):
                found[number] = _joined(found[number], run, demand)
    return found


def _joined(base: _Base, run: SeenRun, demand: Demand) -> _Base:
    refused = run.callable is False or (run.quality is not None and run.quality < demand.quality)
    depths = [depth for depth in (base.depth, run.depth) if depth is not None]
    return _Base(
        depth=max(depths, default=None),
        proven=base.proven or (run.depth is not None and run.depth >= demand.depth),
        verdict=base.verdict or (run.callable is True and run.depth is None),
        refused=base.refused or refused,
    )


def _covered_numbers(regions: Iterable[Region | SeenRun], build: Build) -> set[int]:
    """Numbers of the bases inside any region."""
    positions, numbers = _by_position(build)
    found: set[int] = set()
    for region in regions:
        if region.contig == TP53.loci[build].contig:
            found.update(numbers[bisect_left(positions, region.start) : bisect_right(positions, region.end)])
    return found


@cache
def _by_position(build: Build) -> tuple[list[int], list[int]]:
    """Positions in ascending order, and the number of the base at each."""
    pairs = sorted(_numbers(build).items())
    return [pos for pos, _ in pairs], [number for _, number in pairs]


def _holes(found: Callability) -> dict[int, _Hole]:
    """What ``found`` already leaves uncovered, by the number of the base."""
    numbers = _numbers(found.build or Build.GRCH38)
    return {
        numbers[pos]: _Hole(one.why, one.depth)
        for one in found.uncovered
        for pos in range(one.start, one.end + 1)
        if pos in numbers
    }


def _complete(
    found: Callability,
    holes: Mapping[int, _Hole],
    build: Build | None,
    depths: Sequence[int | None] = (),
) -> Callability:
    """``found`` with exactly these bases uncovered, and all that follows from it."""
    stretches = [] if build is None else _stretches(holes, build)
    if found.exposure is Exposure.UNKNOWN:
        return found.model_copy(update={"uncovered": tuple(stretches), "build": build})
    exons = tuple(_exon(exon, holes, depths) for exon in required_bases(Build.GRCH38))
    covered = found.bases - len(holes)
    worst = min(exons, key=lambda one: (one.covered / one.bases, one.lowest_depth or 0, one.exon))
    return found.model_copy(
        update={
            "covered": covered,
            "covered_fraction": covered / found.bases,
            "build": build,
            "uncovered": tuple(stretches),
            "exons": exons,
            "worst_exon": worst.exon if depths or holes else None,
            "lowest_depth": _lowest(depths),
        }
    )


@cache
def _numbers_of(exon: int) -> tuple[int, ...]:
    """Numbers of the bases of one exon."""
    return tuple(n for n, (number, _) in enumerate(_places(Build.GRCH38)) if number == exon)


def _exon(exon: int, holes: Mapping[int, _Hole], depths: Sequence[int | None]) -> ExonCallability:
    numbers = _numbers_of(exon)
    return ExonCallability(
        exon=exon,
        bases=len(numbers),
        covered=sum(n not in holes for n in numbers),
        lowest_depth=_lowest([depths[n] for n in numbers]) if depths else None,
    )


def _lowest(depths: Sequence[int | None]) -> int | None:
    """The lowest depth; ``None`` where one is not known."""
    known = [depth for depth in depths if depth is not None]
    return min(known) if known and len(known) == len(depths) else None


def _stretches(holes: Mapping[int, _Hole], build: Build) -> list[UncoveredStretch]:
    """Runs of neighbouring bases with one cause."""
    runs: list[list[int]] = []
    places = _places(build)
    for number in sorted(holes):
        exon, pos = places[number]
        follows = runs and places[runs[-1][-1]] == (exon, pos - 1) and holes[runs[-1][-1]].why is holes[number].why
        if follows:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        UncoveredStretch(
            exon=places[run[0]][0],
            start=places[run[0]][1],
            end=places[run[-1]][1],
            why=holes[run[0]].why,
            depth=_lowest([holes[n].depth for n in run]),
        )
        for run in runs
    ]
