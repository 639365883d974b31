"""MDM2 amplified: thresholds, purity, partial genes, gaps, silence, several files."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.records import (
    Build,
    PurityRecord,
    PurityState,
    QcRecord,
    Reference,
    Scale,
    SegmentRecord,
    Source,
    Specimen,
)
from mdm2screen.results import Call, Status

OPTIONS = Source(file="options")


def call(*sources: GeneCopyNumber, purity: float | None = None, ploidy: float | None = None, **changes: Any) -> Call:
    if purity is not None:
        changes["purity"] = PurityRecord(purity=purity, ploidy=None, source=OPTIONS)
    if ploidy is not None:
        changes["ploidy"] = PurityRecord(purity=None, ploidy=ploidy, source=OPTIONS)
    return eb.protocol().local[0].evaluate(eb.evidence(mdm2=sources, **changes))


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def text(found: Call) -> str:
    return " | ".join(reason.message for reason in found.reasons)


@pytest.mark.parametrize(
    ("copies", "status"),
    [(2, Status.NOT_MET), (11.5, Status.NOT_MET), (11.999, Status.NOT_MET), (12, Status.MET), (44, Status.MET)],
)
def test_the_threshold_is_inclusive_and_nothing_is_rounded(copies: float, status: Status) -> None:
    found = call(eb.source(eb.segment(copies)))
    assert found.status is status
    assert found.mdm2 is not None
    assert found.mdm2.copies == copies
    assert [branch.status for branch in found.mdm2.branches] == [status, status]


def test_both_branches_are_reported_with_their_margin() -> None:
    found = call(eb.source(eb.segment(14.2)))
    assert found.mdm2 is not None
    shown = [(b.measure, b.threshold, b.interval.low, round(b.margin, 6)) for b in found.mdm2.branches]
    assert shown == [("copies", 12, 14.2, 2.2), ("fold", 6, 7.1, 1.1)]


def test_a_near_miss_is_shown_and_never_reads_as_the_threshold() -> None:
    found = call(eb.source(eb.segment(11.999)))
    assert codes(found) == ["M002", "M011"]
    assert "11.99 copies" in text(found)


def test_an_open_value_names_the_purity_that_decides() -> None:
    found = call(eb.source(eb.log2(1.0)))
    assert found.status is Status.INDETERMINATE
    assert codes(found) == ["M003", "M012", "M016"]
    # ratio 2: 12 copies at purity 0.2 (Illumina formula)
    assert "at a purity of 0.2 or less (ploidy 2)" in text(found)
    assert found.mdm2 is not None
    assert found.mdm2.needed_purity == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("purity", "ploidy", "status"),
    [(0.2, 2, Status.MET), (0.21, 2, Status.NOT_MET), (0.9, 2, Status.NOT_MET), (0.3, None, Status.INDETERMINATE)],
)
def test_known_purity_settles_it(purity: float, ploidy: float | None, status: Status) -> None:
    assert call(eb.source(eb.log2(1.0)), purity=purity, ploidy=ploidy).status is status


def test_a_purity_too_low_to_trust_does_not_make_an_amplification() -> None:
    """Ratio 1.6 is 14 copies at a purity of 0.1 and 8 at 0.2."""
    found = call(eb.source(eb.log2(0.678)), purity=0.1, ploidy=2)
    assert found.status is Status.INDETERMINATE
    assert "M013" in codes(found)


def test_amplified_in_part_is_open() -> None:
    half = eb.segment(14, end=69220000, source=Source(file="made.tsv", line=2))
    other = eb.segment(3, start=69220001, source=Source(file="made.tsv", line=3))
    found = call(eb.source(half, other))
    assert found.status is Status.INDETERMINATE
    assert codes(found) == ["M004"]
    assert "3 copies, another up to 14" in text(found)


def test_a_producer_that_gives_minimum_and_maximum_can_show_a_partial_gene() -> None:
    assert codes(call(eb.source(eb.segment(3, highest=14.0, gene="MDM2")))) == ["M004"]
    assert call(eb.source(eb.segment(13, highest=14.0, gene="MDM2"))).status is Status.MET


def test_the_lowest_part_decides_and_the_highest_can_object() -> None:
    low = eb.segment(2.4, end=69220000)
    high = eb.segment(7.5, start=69220001)
    found = call(eb.source(low, high))
    assert found.status is Status.NOT_MET
    assert "2.4 copies, at most 7.5 in its highest part" in text(found)


def test_a_gap_is_not_normal() -> None:
    found = call(eb.source(eb.segment(2, end=69205000)))
    assert found.status is Status.INDETERMINATE
    assert codes(found) == ["M010"]
    assert "only 8.14% of MDM2" in text(found)


@pytest.mark.parametrize(
    ("start", "omits", "copies", "status"),
    [
        (69214104, True, 20.0, Status.INDETERMINATE),  # 67% of the gene: the rest may have been neutral
        (69214104, False, 20.0, Status.MET),  # the rest has no probe
        (69214104, True, 4.0, Status.NOT_MET),  # neutral or not, no part reaches the threshold
        (69202988, True, 20.0, Status.MET),  # from the second exon to the end, as targets lie
    ],
)
def test_a_file_without_neutral_records_must_show_the_whole_gene_amplified(
    start: int, omits: bool, copies: float, status: Status
) -> None:
    source = eb.source(eb.segment(copies, start=start)).model_copy(update={"omits_neutral": omits})
    found = call(source)
    assert found.status is status
    assert ("M010" in codes(found)) == (status is Status.INDETERMINATE)


def test_a_row_that_names_the_gene_must_cover_it_too() -> None:
    """CNVkit genemetrics writes no row for the neutral part of a split gene."""
    found = call(eb.source(eb.segment(40, end=69205000, gene="MDM2")))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M010", "M028"])
    assert found.reasons[1].message.endswith("may reach 12 copies or 6-fold: 40 copies in made.tsv")


@pytest.mark.parametrize(("bases", "status"), [(18684, Status.NOT_MET), (18683, Status.INDETERMINATE)])
def test_half_of_the_gene_is_enough(bases: int, status: Status) -> None:
    """MDM2 has 37,367 bases: 18,684 of them are just over half."""
    assert call(eb.source(eb.segment(2, start=69201958, end=69201958 + bases - 1))).status is status


def test_without_a_public_fraction_the_whole_gene_is_asked_for() -> None:
    rule = eb.protocol().local[0]
    unknown = {"value": "unknown", "unit": "fraction", "source": "made"}
    strict = type(rule).model_validate(rule.model_dump() | {"min_covered_fraction": unknown})
    part = eb.evidence(mdm2=(eb.source(eb.segment(40, start=69202265)),))
    assert strict.evaluate(part).status is Status.INDETERMINATE
    assert strict.evaluate(eb.evidence(mdm2=(eb.source(eb.segment(40)),))).status is Status.MET


@pytest.mark.parametrize("copies", [2.0, 40.0])
def test_a_hole_without_a_number_leaves_the_gene_open(copies: float) -> None:
    known, hole = eb.segment(copies, end=69225000), eb.segment(None, start=69225001)
    found = call(eb.source(known, hole))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M007", *(["M028"] if copies >= 12 else [])])


def test_a_label_beside_a_number_is_no_hole() -> None:
    labelled = eb.segment(None, scale=Scale.LABEL, label="DUP")
    assert call(eb.source(eb.segment(40), labelled)).status is Status.MET


def test_a_label_that_is_written_as_a_number_is_still_a_label() -> None:
    """The +2 of a discrete table."""
    found = call(eb.source(eb.segment(2.0, scale=Scale.LABEL, label="2")))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M008"])


def test_the_value_shown_is_of_a_file_that_gave_the_answer() -> None:
    """A ceiling is open upwards, and still speaks before a narrow interval that leaves it open."""
    certain = eb.source(eb.segment(15, at_least=True), file="a.tsv")
    still_open = eb.source(eb.log2(1.0), file="b.cns")
    found = call(certain, still_open, purity=0.21)
    assert found.status is Status.MET
    assert found.mdm2 is not None
    assert found.mdm2.interval is not None
    assert (found.mdm2.interval.low, found.mdm2.interval.high) == (15, None)


@pytest.mark.parametrize(("copies", "near"), [(10.79, False), (10.81, True), (12, True), (13.19, True), (13.21, False)])
def test_the_near_miss_band(copies: float, near: bool) -> None:
    assert ("M011" in codes(call(eb.source(eb.segment(copies))))) is near


def test_the_lower_of_two_thresholds_names_the_purity() -> None:
    rule = eb.protocol().local[0]
    fold = {"value": 4, "unit": "fold", "source": "made"}
    either = type(rule).model_validate(rule.model_dump() | {"fold_min": fold})
    found = either.evaluate(eb.evidence(mdm2=(eb.source(eb.log2(1.0)),)))
    # 4-fold is 8 copies: 2 (2 - 1) / (8 - 2)
    assert found.mdm2 is not None
    assert found.mdm2.needed_purity == pytest.approx(1 / 3)


def test_an_unknown_reference_counts_both_ways() -> None:
    """FACETS writes the table of DNAcopy centred on two copies: 1.585 is 6 copies there, 12 at ploidy 4."""
    found = call(eb.source(eb.log2(1.585, reference=Reference.UNKNOWN)), purity=1, ploidy=4)
    assert found.status is Status.INDETERMINATE


def test_two_files_of_one_name_keep_their_own_coordinates() -> None:
    one = eb.source(eb.segment(20), file="s.tsv")
    other = GeneCopyNumber(
        file="s.tsv",
        build=Build.GRCH38,
        segments=(eb.segment(20, start=68808000, end=68846000),),
        silence="none",
    )
    found = call(one, other)
    assert found.mdm2 is not None
    assert [source.mean for source in found.mdm2.sources] == [20, 20]


def test_a_panel_that_starts_inside_the_gene_still_covers_it() -> None:
    assert call(eb.source(eb.segment(2, start=69202265))).status is Status.NOT_MET


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (eb.source(), "M005"),
        (eb.source(eb.segment(None)), "M007"),
        (eb.source(eb.segment(None, scale=Scale.LABEL, label="AMP")), "M008"),
    ],
)
def test_silence_is_open(source: GeneCopyNumber, code: str) -> None:
    found = call(source)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])
    assert found.reasons[0].resolve


def test_no_copy_number_file_at_all() -> None:
    found = call()
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M006"])
    assert "--cn" in (found.reasons[0].resolve or "")


def test_files_that_disagree_are_shown_and_not_averaged() -> None:
    found = call(eb.source(eb.segment(14), file="a.tsv"), eb.source(eb.segment(9), file="b.tsv"))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M009"])
    assert "14 copies in a.tsv; 9 copies in b.tsv" in text(found)


def test_an_open_file_yields_to_a_certain_one_that_it_does_not_contradict() -> None:
    found = call(eb.source(eb.log2(2.0), file="a.cns"), eb.source(eb.segment(15), file="b.tsv"))
    assert found.status is Status.MET
    assert found.mdm2 is not None
    assert found.mdm2.copies == 15


def test_a_silent_file_does_not_vote_but_is_named() -> None:
    found = call(eb.source(file="a.cns"), eb.source(eb.segment(15), file="b.tsv"))
    assert found.status is Status.MET
    assert codes(found) == ["M001", "M005"]


def test_a_partial_amplification_is_never_outvoted() -> None:
    partial = eb.source(eb.segment(3, highest=14.0, gene="MDM2"), file="a.tsv")
    found = call(partial, eb.source(eb.segment(15), file="b.tsv"))
    assert found.status is Status.INDETERMINATE
    assert "M004" in codes(found)


@pytest.mark.parametrize("copies", [2.0, 30.0])
def test_a_sample_that_failed_quality_control_is_evidence_for_nothing(copies: float) -> None:
    failed = QcRecord(passed=False, status="FAIL_NO_TUMOR", source=Source(file="T.purple.qc", line=1))
    found = call(eb.source(eb.segment(copies)), qc=(failed,))
    assert found.status is Status.INDETERMINATE
    assert codes(found)[0] == "M014"


def test_a_ceiling_below_the_threshold_is_no_answer_and_above_it_is_one() -> None:
    assert call(eb.source(eb.segment(7, at_least=True))).status is Status.INDETERMINATE
    assert call(eb.source(eb.segment(20, at_least=True))).status is Status.MET


@pytest.mark.parametrize("copies", [7.0, 8.0, 9.0, 10.0])
def test_monotone_where_a_peer_is_not(copies: float) -> None:
    """facets-suite calls 6 and 10 copies AMP and leaves 7 to 9 indeterminate."""
    rule = eb.protocol().central[0]
    expected = Status.MET if copies >= 8 else Status.NOT_MET
    assert rule.evaluate(eb.evidence(mdm2=(eb.source(eb.segment(copies)),))).status is expected


def test_a_number_that_is_not_public_is_never_filled_in() -> None:
    rule = eb.protocol().local[0]
    unknown = {"value": "unknown", "unit": "copies", "source": "not published"}
    closed = type(rule).model_validate(rule.model_dump() | {"copies_min": unknown, "fold_min": None})
    found = closed.evaluate(eb.evidence(mdm2=(eb.source(eb.segment(40)),)))
    assert found.status is Status.INDETERMINATE
    assert "M015" in codes(found)


@pytest.mark.parametrize(("copies", "status"), [(13, Status.MET), (4, Status.INDETERMINATE)])
def test_beside_a_number_that_is_not_public_a_known_one_can_be_met_but_nothing_missed(
    copies: float, status: Status
) -> None:
    rule = eb.protocol().local[0]
    unknown = {"value": "unknown", "unit": "fold", "source": "not published"}
    half_known = type(rule).model_validate(rule.model_dump() | {"fold_min": unknown})
    assert half_known.evaluate(eb.evidence(mdm2=(eb.source(eb.segment(copies)),))).status is status


@pytest.mark.parametrize(
    ("specimen", "purity", "record", "status"),
    [
        (None, None, eb.log2(0.2), Status.NOT_MET),
        (Specimen.TISSUE, None, eb.log2(0.2), Status.NOT_MET),
        (Specimen.PLASMA, None, eb.log2(0.2), Status.INDETERMINATE),
        (Specimen.PLASMA, 0.3, eb.log2(0.2), Status.NOT_MET),
        (Specimen.PLASMA, 0.05, eb.log2(0.1), Status.INDETERMINATE),  # below the range of purities
        (Specimen.PLASMA, None, eb.segment(3.0), Status.NOT_MET),  # corrected by its producer
        (Specimen.PLASMA, None, eb.segment(20.0), Status.MET),
    ],
)
def test_an_uncorrected_value_of_plasma_never_shows_that_nothing_is_amplified(
    specimen: Specimen | None, purity: float | None, record: SegmentRecord, status: Status
) -> None:
    stated = None if purity is None else PurityRecord(purity=purity, ploidy=2.0, source=Source(file="options"))
    given = eb.evidence(mdm2=(eb.source(record),), specimen=specimen, purity=stated, ploidy=stated)
    found = eb.protocol().local[0].evaluate(given)
    assert found.status is status
    assert ("S005" in [reason.code for reason in found.reasons]) is (status is Status.INDETERMINATE)


@pytest.mark.parametrize(
    ("record", "stated", "said", "not_said"),
    [
        (
            eb.segment(8, scale=Scale.OBSERVED_COPIES, purity_state=PurityState.UNKNOWN),
            {"purity": 0.4},
            "neither surely met nor surely missed; nothing says whether it is corrected for purity",
            "would be met",
        ),
        (
            eb.segment(8, scale=Scale.OBSERVED_COPIES, purity_state=PurityState.UNKNOWN),
            {},
            "would be met at a purity of 0.6 or less; nothing says whether it is corrected for purity, "
            "and that purity holds if it is not",
            "ploidy",
        ),
        (eb.segment(8, at_least=True), {"purity": 0.4}, "the value is only the least it can be", "would be met"),
        (
            eb.log2(1.6, reference=Reference.UNKNOWN),
            {"purity": 0.5, "ploidy": 4.0},
            "nothing says whether it is relative to two copies or to the sample's own mean",
            "would be met",
        ),
    ],
)
def test_an_open_value_says_what_leaves_it_open(
    record: SegmentRecord, stated: dict[str, float], said: str, not_said: str
) -> None:
    """What is stated already is not asked for again."""
    found = call(eb.source(record), **stated)
    assert found.status is Status.INDETERMINATE
    assert said in found.reasons[0].message
    assert not_said not in found.reasons[0].message
    assert found.mdm2 is not None
    assert (found.mdm2.needed_purity is None) == bool(stated)


def test_a_ratio_to_two_copies_names_no_ploidy() -> None:
    """Its ploidy plays no part, and the same purity would be said twice."""
    found = call(eb.source(eb.log2(1.6, reference=Reference.DIPLOID)))
    assert found.reasons[0].message.endswith("would be met at a purity of 0.4 or less")
