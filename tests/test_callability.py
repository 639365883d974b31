"""Which bases of TP53 wild-type must be seen, and which of them an assay leaves out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.callability_result import Callability, Exposure, NotSeen, UncoveredStretch
from mdm2screen.evidence import gather
from mdm2screen.records import Build, Region, SeenRun, Source

# Coding parts of exons 2 to 11 of NM_000546.6: first and last base on GRCh38, from NCBI RefSeqGene NG_017013.2.
EXONS = {
    2: (7676521, 7676594),
    3: (7676382, 7676403),
    4: (7675994, 7676272),
    5: (7675053, 7675236),
    6: (7674859, 7674971),
    7: (7674181, 7674290),
    8: (7673701, 7673837),
    9: (7673535, 7673608),
    10: (7670609, 7670715),
    11: (7669609, 7669690),
}
EXON_2_END = 7676622  # with its part that is not coded; the splice site lies behind it
TO_GRCH37 = -96682
SHIFT = {Build.GRCH38: 0, Build.GRCH37: TO_GRCH37}


def needed(exon: int, build: Build) -> set[int]:
    """Worked out here from the table above: coding bases, two of the acceptor above, two of the donor below."""
    first, last = EXONS[exon]
    acceptor = EXON_2_END if exon == 2 else last
    bases = {*range(first, last + 1), acceptor + 1, acceptor + 2}
    if exon != 11:
        bases |= {first - 1, first - 2}
    return {base + SHIFT[build] for base in bases}


def whole_exons(build: Build, *, padding: int = 2) -> list[Region]:
    found = []
    for exon, (first, last) in EXONS.items():
        end = EXON_2_END if exon == 2 else last
        shift = SHIFT[build]
        found.append(Region(contig="17", start=first - padding + shift, end=end + padding + shift))
    return found


def uncovered(regions: list[Region], build: Build = Build.GRCH38) -> list[tuple[int, int, int]]:
    found = callability.of_regions("panel.bed", regions, build)
    assert found.covered is not None
    assert found.bases - found.covered == sum(one.end - one.start + 1 for one in found.uncovered)
    return [(one.exon, one.start, one.end) for one in found.uncovered]


@pytest.mark.parametrize("build", Build)
def test_1182_coding_bases_and_38_of_splice_sites_are_needed(build: Build) -> None:
    required = callability.required_bases(build)
    assert list(required) == list(range(2, 12))
    assert sum(len(bases) for bases in required.values()) == 1182 + 38
    coding = sum(last - first + 1 for first, last in EXONS.values())
    assert coding == 1182


@pytest.mark.parametrize("build", Build)
@pytest.mark.parametrize("exon", EXONS)
def test_the_bases_of_each_exon(exon: int, build: Build) -> None:
    found = callability.required_bases(build)[exon]
    assert set(found) == needed(exon, build)
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize("exon", EXONS)
def test_splice_sites_lie_above_each_exon_and_below_all_but_the_last(exon: int) -> None:
    """TP53 lies on the minus strand: an exon begins at its highest base."""
    first, last = EXONS[exon]
    splice = set(callability.required_bases(Build.GRCH38)[exon]) - set(range(first, last + 1))
    acceptor = EXON_2_END if exon == 2 else last
    donor = set() if exon == 11 else {first - 2, first - 1}
    assert splice == {acceptor + 1, acceptor + 2} | donor


def test_no_base_is_needed_twice() -> None:
    for build in Build:
        every = [base for bases in callability.required_bases(build).values() for base in bases]
        assert len(every) == len(set(every))


def test_both_builds_need_the_same_bases_shifted() -> None:
    one, other = (callability.required_bases(build) for build in (Build.GRCH38, Build.GRCH37))
    assert {exon: tuple(base + TO_GRCH37 for base in bases) for exon, bases in one.items()} == other


@pytest.mark.parametrize("build", Build)
def test_exons_with_two_bases_on_each_side_are_enough(build: Build) -> None:
    found = callability.of_regions("panel.bed", whole_exons(build), build)
    assert (found.exposure, found.assay) == (Exposure.DECLARED, "panel.bed")
    assert (found.bases, found.covered, found.uncovered) == (1220, 1220, ())


def test_exons_without_their_splice_sites_are_not_enough() -> None:
    found = uncovered(whole_exons(Build.GRCH38, padding=0))
    assert len(found) == 19
    assert all(end - start == 1 for _, start, end in found)


def test_one_missing_base_is_found() -> None:
    """A BED that took 1-based starts for 0-based ones, or the other way round, misses one base of every exon."""
    first, last = EXONS[8]
    regions = [region for region in whole_exons(Build.GRCH38) if not region.start <= first <= region.end]
    short = Region(contig="17", start=first - 2, end=last + 1)
    assert uncovered([*regions, short]) == [(8, last + 2, last + 2)]
    long = Region(contig="17", start=first - 1, end=last + 2)
    assert uncovered([*regions, long]) == [(8, first - 2, first - 2)]


def test_a_hole_within_an_exon_is_a_stretch_of_its_own() -> None:
    first, last = EXONS[8]
    regions = [region for region in whole_exons(Build.GRCH38) if not region.start <= first <= region.end]
    regions += [
        Region(contig="17", start=first - 2, end=first + 9),
        Region(contig="17", start=first + 30, end=first + 30),
        Region(contig="17", start=first + 32, end=last + 2),
    ]
    assert uncovered(regions) == [(8, first + 10, first + 29), (8, first + 31, first + 31)]


def test_regions_may_overlap_and_stand_in_any_order() -> None:
    regions = whole_exons(Build.GRCH38)
    assert uncovered([*reversed(regions), *regions]) == []


def test_regions_of_another_chromosome_cover_nothing() -> None:
    elsewhere = [region.model_copy(update={"contig": "12"}) for region in whole_exons(Build.GRCH38)]
    assert callability.of_regions("panel.bed", elsewhere, Build.GRCH38).covered == 0


def test_regions_of_the_other_build_cover_nothing() -> None:
    assert callability.of_regions("panel.bed", whole_exons(Build.GRCH37), Build.GRCH38).covered == 0


def test_no_region_leaves_every_exon_open() -> None:
    found = callability.of_regions("panel.bed", [], Build.GRCH37)
    assert found.covered == 0
    # the coding part of exon 2 and its splice site lie apart
    assert [one.exon for one in found.uncovered] == [2, 2, *range(3, 12)]
    assert found.uncovered[0] == UncoveredStretch(exon=2, start=7676519 + SHIFT[Build.GRCH37], end=7579912)


def test_a_whole_assay_is_declared_to_cover_everything() -> None:
    found = callability.of_whole_assay("wes")
    assert (found.exposure, found.assay, found.bases, found.covered) == (Exposure.DECLARED, "wes", 1220, 1220)


def test_nothing_said_is_unknown_and_not_zero() -> None:
    found = callability.unknown()
    assert (found.exposure, found.assay, found.bases, found.covered) == (Exposure.UNKNOWN, None, 1220, None)
    assert found.uncovered == ()


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(7669500, 7676700), st.integers(0, 400)), max_size=12),
    st.sampled_from(list(Build)),
)
def test_covered_and_uncovered_bases_make_the_whole(spans: list[tuple[int, int]], build: Build) -> None:
    shift = SHIFT[build]
    regions = [Region(contig="17", start=start + shift, end=start + shift + size) for start, size in spans]
    found = callability.of_regions("panel.bed", regions, build)
    inside = {base for region in regions for base in range(region.start, region.end + 1)}
    required = set().union(*(needed(exon, build) for exon in EXONS))
    missing = {base for one in found.uncovered for base in range(one.start, one.end + 1)}
    assert missing == required - inside
    assert found.covered == len(required & inside)
    for one in found.uncovered:
        assert one.start - 1 not in missing
        assert one.end + 1 not in missing


def test_the_narrowest_of_a_declared_assay_and_its_targets_speaks() -> None:
    targets = eb.content("panel.bed", format="bed", regions=(Region(contig="17", start=7577019, end=7577155),))
    assert gather([targets], assay="wes").callability.covered == 137
    assert gather([targets]).callability.covered == 137
    wide = eb.content("wide.bed", format="bed", regions=(Region(contig="17", start=1, end=80_000_000),))
    assert gather([targets, wide]).callability.assay == "panel.bed"


def test_targets_without_a_base_of_tp53_cover_nothing() -> None:
    seen = gather([eb.content("other.bed", format="bed")], assay="wes").callability
    assert (seen.covered, len(seen.uncovered) >= 10) == (0, True)


# Measured depth


def run(start: int, end: int, depth: int | None = 200, **changes: Any) -> SeenRun:
    fields: dict[str, Any] = {"contig": "17", "start": start, "end": end, "depth": depth, "source": Source(file="d")}
    return SeenRun(**(fields | changes))


def measured(*runs: SeenRun, file: str = "d", build: Build = Build.GRCH38) -> callability.MeasuredFile:
    return callability.MeasuredFile(file=file, build=build, runs=runs)


WHOLE = run(7668402, 7687550)
DEMAND = callability.Demand(depth=100, quality=20, verdict_proves=False)
HOLE = (7673723, 7673742)  # twenty coding bases of exon 8


def measure(*files: callability.MeasuredFile, found: Callability | None = None, **demand: Any) -> Callability:
    return callability.measure(found or callability.unknown(), files, DEMAND._replace(**demand))


def stretches(found: Callability) -> list[tuple[int, int, int, NotSeen, int | None]]:
    return [(one.exon, one.start, one.end, one.why, one.depth) for one in found.uncovered]


def test_enough_depth_at_every_base_is_proof() -> None:
    found = measure(measured(WHOLE))
    assert (found.exposure, found.covered, found.covered_fraction, found.uncovered) == (Exposure.PROVEN, 1220, 1.0, ())
    assert (found.assay, found.files, found.lowest_depth) == ("d", ("d",), 200)
    assert [(one.exon, one.covered == one.bases, one.lowest_depth) for one in found.exons] == [
        (exon, True, 200) for exon in EXONS
    ]
    assert sum(one.bases for one in found.exons) == 1220


@pytest.mark.parametrize(("depth", "covered"), [(99, 0), (100, 1220), (101, 1220)])
def test_a_base_needs_the_demanded_depth(depth: int, covered: int) -> None:
    assert measure(measured(run(7668402, 7687550, depth))).covered == covered


def test_twenty_bases_without_a_read_are_listed_with_their_exon() -> None:
    runs = (run(7668402, HOLE[0] - 1), run(*HOLE, 0), run(HOLE[1] + 1, 7687550))
    for found in (measure(measured(*runs)), measure(measured(*runs), found=callability.of_whole_assay("wes"))):
        assert stretches(found) == [(8, *HOLE, NotSeen.TOO_FEW_READS, 0)]
        assert (found.exposure, found.covered, found.worst_exon, found.lowest_depth) == (Exposure.PROVEN, 1200, 8, 0)
        assert [one.covered for one in found.exons if one.exon == 8] == [121]


def test_a_base_that_no_row_speaks_of_is_not_a_depth_of_zero() -> None:
    found = measure(measured(run(7668402, HOLE[0] - 1), run(HOLE[1] + 1, 7687550)))
    assert stretches(found) == [(8, *HOLE, NotSeen.TOO_FEW_READS, None)]
    assert found.lowest_depth is None
    assert [one.lowest_depth for one in found.exons if one.exon in (7, 8)] == [200, None]


def test_of_several_files_each_base_counts_where_one_of_them_proves_it() -> None:
    left, right = measured(run(7668402, HOLE[0])), measured(run(HOLE[0], 7687550), file="e")
    found = measure(left, right)
    assert (found.covered, found.files, found.assay) == (1220, ("d", "e"), "d, e")
    shallow = measured(run(7668402, 7687550, 60), file="e")
    assert measure(shallow, measured(run(7668402, 7687550, 60))).covered == 0  # depths are never added up


def test_files_of_different_builds_speak_of_the_same_bases() -> None:
    shift = SHIFT[Build.GRCH37]
    found = measure(
        measured(run(7668402, HOLE[0])), measured(run(HOLE[0] + shift, 7687550 + shift), file="e", build=Build.GRCH37)
    )
    assert found.covered == 1220
    hole = callability.less(
        callability.of_whole_assay("wes"),
        [Region(contig="17", start=HOLE[0] + shift, end=HOLE[1] + shift)],
        Build.GRCH37,
    )
    found = measure(measured(WHOLE), found=hole)
    assert found.build is Build.GRCH37
    assert stretches(found) == [(8, HOLE[0] + shift, HOLE[1] + shift, NotSeen.NOTHING_SEEN, 0)]


def test_gaps_of_two_files_on_two_builds_lie_on_one() -> None:
    shift = SHIFT[Build.GRCH37]
    regions = [one for one in whole_exons(Build.GRCH38) if not one.start <= EXONS[5][0] <= one.end]
    found = callability.of_regions("panel.bed", regions, Build.GRCH38)
    unseen = Region(contig="17", start=HOLE[0] + shift, end=HOLE[1] + shift)
    both = callability.less(found, [unseen], Build.GRCH37)
    assert [(one.exon, one.start, one.end) for one in both.uncovered] == [
        (5, EXONS[5][0] - 2, EXONS[5][1] + 2),
        (8, *HOLE),
    ]
    assert (both.build, both.covered) == (Build.GRCH38, 1220 - (EXONS[5][1] - EXONS[5][0] + 5) - 20)


@pytest.mark.parametrize(
    "doubt", [run(*HOLE, 200, callable=False), run(*HOLE, 200, quality=19), run(*HOLE, None, callable=False)]
)
def test_a_word_against_a_base_stands_whatever_another_file_counted(doubt: SeenRun) -> None:
    found = measure(measured(WHOLE), measured(doubt, file="e"))
    assert stretches(found) == [(8, *HOLE, NotSeen.NOT_CALLABLE, 200)]


def test_a_quality_that_is_enough_or_not_given_is_no_doubt() -> None:
    assert measure(measured(WHOLE), measured(run(*HOLE, 200, quality=20), file="e")).covered == 1220


def test_a_producers_word_without_depth_is_a_declaration_unless_the_protocol_takes_it_for_proof() -> None:
    word = measured(run(7668402, 7687550, None, callable=True))
    declared, proven = measure(word), measure(word, verdict_proves=True)
    assert (declared.exposure, declared.covered) == (Exposure.DECLARED, 1220)
    assert (proven.exposure, proven.covered) == (Exposure.PROVEN, 1220)
    assert declared.lowest_depth is None
    both = measure(word, measured(WHOLE, file="e"))
    assert both.exposure is Exposure.PROVEN


def test_a_base_outside_the_targets_stays_open_however_deep_it_is() -> None:
    """Reads lie beside a target too, but nobody calls variants there."""
    targets = [one for one in whole_exons(Build.GRCH38) if not one.start <= EXONS[8][0] <= one.end]
    found = measure(measured(WHOLE), found=callability.of_regions("panel.bed", targets, Build.GRCH38))
    assert stretches(found) == [(8, EXONS[8][0] - 2, EXONS[8][1] + 2, NotSeen.NOT_TARGETED, None)]
    assert (found.exposure, found.worst_exon) == (Exposure.PROVEN, 8)


def test_a_hole_keeps_its_cause_where_too_few_reads_lie_in_it_as_well() -> None:
    hole = callability.less(callability.unknown(), [Region(contig="17", start=HOLE[0], end=HOLE[1])], Build.GRCH38)
    found = measure(measured(run(7668402, 7687550, 3)), found=hole)
    assert {one.why for one in found.uncovered if one.start == HOLE[0]} == {NotSeen.NOTHING_SEEN}


def test_a_word_beside_too_low_a_depth_proves_nothing() -> None:
    assert measure(measured(run(7668402, 7687550, 5, callable=True)), verdict_proves=True).covered == 0


def test_the_worst_exon_is_that_with_the_smallest_part_seen() -> None:
    short = run(EXONS[3][0], EXONS[3][0] + 9, 0)
    long = run(EXONS[4][0], EXONS[4][0] + 29, 0)
    found = measure(
        measured(
            run(7668402, long.start - 1), long, run(long.end + 1, short.start - 1), short, run(short.end + 1, 7687550)
        )
    )
    assert found.worst_exon == 3  # 10 of 26 bases, against 30 of 283


def test_files_of_the_normal_genome_show_nothing_of_the_tumor() -> None:
    seen = (run(7571720, 7590868),)
    normal = eb.content("normal.g.vcf", seen=seen, measures_depth=True, germline="made by a germline caller")
    assert gather([normal]).measured == ()
    assert len(gather([normal.model_copy(update={"germline": None})]).measured) == 1


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(7669500, 7676700), st.integers(0, 400), st.integers(0, 300)), max_size=12),
    st.integers(1, 250),
)
def test_more_depth_and_another_file_never_take_a_base_away(spans: list[tuple[int, int, int]], needed_: int) -> None:
    runs = [run(start, start + size, depth) for start, size, depth in spans]
    before = measure(measured(*runs), depth=needed_)
    assert before.covered is not None
    deeper = [one.model_copy(update={"depth": (one.depth or 0) + 1}) for one in runs]
    for after in (
        measure(measured(*deeper), depth=needed_),
        measure(measured(*runs), measured(run(7673701, 7673837, 250), file="e"), depth=needed_),
        measure(measured(*runs), depth=needed_ - 1),
        measure(measured(*reversed(runs)), depth=needed_),
    ):
        assert after.covered is not None
        assert after.covered >= before.covered
    at_base: dict[int, int] = {}
    for one in runs:
        for pos in range(one.start, one.end + 1):
            at_base[pos] = max(at_base.get(pos, 0), one.depth or 0)
    required = set().union(*(needed(exon, Build.GRCH38) for exon in EXONS))
    assert before.covered == sum(at_base.get(pos, -1) >= needed_ for pos in required)
    assert sum(one.covered for one in before.exons) == before.covered
    assert sum(one.end - one.start + 1 for one in before.uncovered) == 1220 - before.covered
