"""Which bases of TP53 wild-type must be seen, and which of them an assay leaves out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.evidence import gather
from mdm2screen.records import Build, Region
from mdm2screen.results import Exposure, UncoveredStretch

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
