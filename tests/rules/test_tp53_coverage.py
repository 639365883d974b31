"""Is TP53 seen well enough to call it wild-type: measured, declared, or not known; and how many reads that takes."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import callability, detection
from mdm2screen.callability import MeasuredFile
from mdm2screen.callability_result import DetectionLimit, Exposure
from mdm2screen.errors import ProtocolError
from mdm2screen.evidence import Evidence
from mdm2screen.protocol import parse, shipped_text
from mdm2screen.records import (
    Build,
    PurityRecord,
    PurityState,
    Region,
    Scale,
    SeenRun,
    SegmentRecord,
    Source,
)
from mdm2screen.results import Call, Status

WHOLE = (7571720, 7590868)
HOLE = (7577041, 7577060)
UNKNOWN = {"value": "unknown", "unit": "x", "source": "no public source"}


def number(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "x", "source": "made"}


# Read once: the laws evaluate it hundreds of times.
RULE = eb.protocol().local[1]


def evaluate(given_: Evidence, **callability_: Any) -> Call:
    rule = RULE
    fields = rule.model_dump()
    return type(rule).model_validate(fields | {"callability": fields["callability"] | callability_}).evaluate(given_)


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def seen(depth: int | None, *, hole: int | None = None, file: str = "t.per-base.bed", **changes: Any) -> MeasuredFile:
    """TP53 at one depth, but for twenty coding bases of exon 8."""

    def run(start: int, end: int, value: int | None) -> SeenRun:
        return SeenRun(contig="17", start=start, end=end, depth=value, source=Source(file=file), **changes)

    parts = [run(*WHOLE, depth)]
    if hole is not None:
        parts = [run(WHOLE[0], HOLE[0] - 1, depth), run(*HOLE, hole), run(HOLE[1] + 1, WHOLE[1], depth)]
    return MeasuredFile(file=file, build=Build.GRCH37, runs=tuple(parts))


def measured(*files: MeasuredFile, **changes: Any) -> Evidence:
    return eb.evidence(**({"measured": files, "callability": callability.unknown()} | changes))


def purity(value: float) -> PurityRecord:
    return PurityRecord(purity=value, ploidy=None, source=Source(file="options"))


def ploidy(value: float) -> PurityRecord:
    return PurityRecord(purity=None, ploidy=value, source=Source(file="options"))


def over_tp53(value: float | None, **changes: Any) -> SegmentRecord:
    return eb.segment(value, **({"contig": "17", "start": 7_000_000, "end": 8_000_000} | changes))


def limit_of(found: Call) -> DetectionLimit:
    assert found.tp53 is not None
    assert found.tp53.callability.limit is not None
    return found.tp53.callability.limit


# Proven


def test_enough_reads_at_every_base_prove_wild_type_without_a_flag() -> None:
    found = evaluate(measured(seen(200), purity=purity(0.6)))
    assert (found.status, codes(found)) == (Status.MET, ["T045"])
    (reason,) = found.reasons
    assert reason.flag is None
    assert "1220 of 1220 bases could have shown one, the lowest depth is 200" in reason.message
    assert found.tp53 is not None
    assert found.tp53.callability.exposure is Exposure.PROVEN


def test_a_mutation_counts_however_well_the_gene_was_seen() -> None:
    given_ = measured(seen(200), variants=eb.observed(eb.variant()))
    assert evaluate(given_).status is Status.NOT_MET


def test_the_depth_that_is_needed_follows_purity_and_copies() -> None:
    """VAF = p / (p C + 2 (1 - p)); five reads of it in 95% of cases."""
    given_ = measured(seen(200), purity=purity(0.6), tp53_copies=(eb.source(over_tp53(3.0)),))
    limit = limit_of(evaluate(given_))
    assert limit.vaf == pytest.approx(0.6 / (0.6 * 3 + 0.8))
    assert limit.needed_depth == detection.needed_depth(limit.vaf, 5, 0.95) == 37
    assert (limit.purity, limit.copies, limit.assumed) == (0.6, 3.0, ())


def test_what_is_not_known_is_assumed_at_its_worst_and_said() -> None:
    found = evaluate(measured(seen(200)))
    limit = limit_of(found)
    assert limit.vaf == pytest.approx(0.2 / (0.2 * 4.5 + 1.6))
    assert (limit.needed_depth, limit.assumed) == (112, ("purity 0.2", "4.5 copies of TP53"))
    assert "assumed: purity 0.2, 4.5 copies of TP53" in found.reasons[0].message
    assert found.status is Status.MET


def test_at_the_lowest_purity_an_exome_of_fifty_reads_proves_nothing_and_at_a_high_one_it_does() -> None:
    shallow = seen(50)
    assert evaluate(measured(shallow)).status is Status.INDETERMINATE
    found = evaluate(measured(shallow, purity=purity(0.9), tp53_copies=(eb.source(over_tp53(2.0)),)))
    assert (found.status, codes(found)) == (Status.MET, ["T045"])
    assert limit_of(found).needed_depth == 18


def test_a_stated_purity_below_the_assumed_one_is_taken_as_it_is() -> None:
    low = limit_of(evaluate(measured(seen(200), purity=purity(0.05), tp53_copies=(eb.source(over_tp53(2.0)),))))
    assert low.vaf == pytest.approx(0.025)
    assert low.needed_depth > 300


def test_the_smallest_fraction_that_the_lowest_depth_shows_is_said() -> None:
    limit = limit_of(evaluate(measured(seen(200))))
    assert limit.detectable_vaf is not None
    assert detection.probability(200, limit.detectable_vaf, 5) == pytest.approx(0.95)
    assert limit_of(evaluate(measured(seen(200, hole=0)))).detectable_vaf is None


@pytest.mark.parametrize(
    ("records", "known", "copies"),
    [
        ((over_tp53(3.0),), {}, 3.0),
        ((over_tp53(2.0, end=7_580_000), over_tp53(3.5, start=7_580_001)), {}, 3.5),  # the most copies dilute most
        ((over_tp53(3.5, end=7_580_000), over_tp53(2.0, start=7_580_001)), {}, 3.5),
        ((over_tp53(2.0, end=7_580_000),), {}, 4.5),  # half of the gene has no number
        ((over_tp53(2.0), over_tp53(None)), {}, 4.5),
        ((over_tp53(3.0, at_least=True),), {}, 4.5),
        ((over_tp53(2.0, highest=5.0),), {}, 5.0),
        ((over_tp53(0.3),), {}, 1.0),  # a variant needs a copy
        ((over_tp53(2.0, scale=Scale.LABEL),), {"purity": purity(0.5), "ploidy": ploidy(2)}, 4.5),
        ((over_tp53(2.0, scale=Scale.LINEAR_RATIO, purity_state=PurityState.UNCORRECTED),), {}, 4.5),
        (
            (over_tp53(2.0, scale=Scale.LINEAR_RATIO, purity_state=PurityState.UNCORRECTED),),
            {"purity": purity(0.5), "ploidy": ploidy(2)},
            6.0,
        ),
        ((), {}, 4.5),
    ],
)
def test_copies_of_the_gene_are_taken_where_they_are_known(
    records: tuple[SegmentRecord, ...], known: dict[str, Any], copies: float
) -> None:
    given_ = measured(seen(900), tp53_copies=(eb.source(*records),), **known)
    limit = limit_of(evaluate(given_))
    assert limit.copies == pytest.approx(copies)
    assert any("copies of TP53" in words for words in limit.assumed) is (copies == 4.5)


def test_the_file_that_allows_the_most_copies_counts() -> None:
    sources = (eb.source(over_tp53(2.0)), eb.source(over_tp53(6.0), file="b"), eb.source(file="silent"))
    assert limit_of(evaluate(measured(seen(900), tp53_copies=sources))).copies == 6.0


# Holes


def test_twenty_coding_bases_without_a_read_are_open_and_listed_declared_or_not() -> None:
    for declared in (callability.unknown(), callability.of_whole_assay("wes"), callability.of_whole_assay("wgs")):
        found = evaluate(measured(seen(300, hole=0), callability=declared))
        assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T046"])
        message = found.reasons[0].message
        assert "20 of 1220 bases of TP53 could not have shown a variant" in message
        assert "exon 8 17:7577041-7577060 (depth 0)" in message
        assert "112 reads are needed" in message
        assert found.reasons[0].flag == "tp53_not_fully_callable"
        assert found.reasons[0].resolve
        assert found.tp53 is not None
        (stretch,) = found.tp53.callability.uncovered
        assert (stretch.exon, stretch.start, stretch.end, stretch.depth) == (8, *HOLE, 0)


def test_a_mean_depth_above_any_need_hides_no_hole() -> None:
    """Twenty bases of 1,220 vanish in a gene's mean; they do not here."""
    assert evaluate(measured(seen(100_000, hole=111))).status is Status.INDETERMINATE
    assert evaluate(measured(seen(100_000, hole=112))).status is Status.MET


def test_a_place_of_which_a_file_says_that_nothing_was_seen_stays_a_hole() -> None:
    region = Region(contig="17", start=HOLE[0], end=HOLE[1])
    declared = callability.less(callability.of_whole_assay("wes"), [region], Build.GRCH37)
    found = evaluate(measured(seen(900), callability=declared))
    assert codes(found) == ["T046"]
    assert "(nothing seen)" in found.reasons[0].message


def test_a_hole_in_the_targets_stays_one() -> None:
    regions = [
        Region(contig="17", start=7_500_000, end=HOLE[0] - 1),
        Region(contig="17", start=HOLE[1] + 1, end=7_600_000),
    ]
    declared = callability.of_regions("panel.bed", regions, Build.GRCH37)
    found = evaluate(measured(seen(900), callability=declared))
    assert codes(found) == ["T046"]
    assert "(outside the targets)" in found.reasons[0].message


def test_many_holes_are_counted_and_the_first_are_named() -> None:
    found = evaluate(measured(seen(3)))
    assert "1220 of 1220 bases" in found.reasons[0].message
    assert "and 7 more stretches" in found.reasons[0].message
    assert "exon 2 17:7579837-7579912 (depth 3)" in found.reasons[0].message


def test_a_file_that_shows_no_depth_over_the_gene_proves_nothing() -> None:
    empty = MeasuredFile(file="other.bed", build=Build.GRCH37, runs=())
    found = evaluate(measured(empty, callability=callability.of_whole_assay("wes")))
    assert codes(found) == ["T046"]
    assert "no depth shown" in found.reasons[0].message


@pytest.mark.parametrize(
    ("fraction", "status"), [(1.0, "INDETERMINATE"), (0.98, "MET"), (1200 / 1220, "MET"), (0.984, "INDETERMINATE")]
)
def test_the_protocol_decides_how_many_bases_are_enough(fraction: float, status: str) -> None:
    found = evaluate(measured(seen(300, hole=0)), min_callable_fraction=number(fraction))
    assert found.status == status
    if status == "MET":
        assert codes(found) == ["T045"]
        assert "1200 of 1220 bases could have shown one" in found.reasons[0].message
        assert "not seen: exon 8 17:7577041-7577060 (depth 0)" in found.reasons[0].message


def test_a_fraction_nobody_published_asks_for_every_base() -> None:
    assert evaluate(measured(seen(300, hole=0)), min_callable_fraction=UNKNOWN).status is Status.INDETERMINATE
    assert evaluate(measured(seen(300)), min_callable_fraction=UNKNOWN).status is Status.MET


# Words and qualities


def test_a_producers_word_without_a_depth_stays_a_declaration() -> None:
    word = seen(None, file="callable.bed", callable=True)
    found = evaluate(measured(word))
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    assert found.reasons[0].flag == "tp53_coverage_declared"
    assert "callable.bed" in found.reasons[0].message
    proven = evaluate(measured(word), producer_verdict="proves")
    assert codes(proven) == ["T045"]


def test_a_word_against_a_base_is_open() -> None:
    found = evaluate(measured(seen(900), seen(900, file="b", callable=False)))
    assert codes(found) == ["T046"]
    assert "(not callable by its producer)" in found.reasons[0].message


@pytest.mark.parametrize(("quality", "status"), [(19, "INDETERMINATE"), (20, "MET"), (None, "MET")])
def test_a_reference_that_its_caller_doubts_proves_nothing(quality: int | None, status: str) -> None:
    assert evaluate(measured(seen(900, quality=quality))).status == status


def test_without_a_public_quality_every_stated_doubt_counts() -> None:
    given_ = measured(seen(900, quality=98))
    assert evaluate(given_, min_reference_quality=UNKNOWN).status is Status.INDETERMINATE
    assert evaluate(measured(seen(900, quality=99)), min_reference_quality=UNKNOWN).status is Status.MET


# Numbers of the protocol


def test_a_stated_fraction_goes_before_the_expected_one() -> None:
    limit = limit_of(evaluate(measured(seen(500), purity=purity(0.9)), min_vaf=number(0.05)))
    assert (limit.vaf, limit.needed_depth, limit.purity, limit.assumed) == (0.05, 181, None, ())


@pytest.mark.parametrize("field", ["min_alt_reads", "detection_confidence", "assumed_purity", "assumed_copies"])
def test_a_number_nobody_published_leaves_the_answer_open(field: str) -> None:
    found = evaluate(measured(seen(5000), callability=callability.of_whole_assay("wes")), **{field: UNKNOWN})
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T048"])
    assert "t.per-base.bed" in found.reasons[0].message


def test_what_is_known_needs_no_assumption() -> None:
    known = {"purity": purity(0.6), "tp53_copies": (eb.source(over_tp53(2.0)),)}
    found = evaluate(measured(seen(500), **known), assumed_purity=UNKNOWN, assumed_copies=UNKNOWN)
    assert codes(found) == ["T045"]


def test_a_certainty_that_no_depth_gives_is_no_answer() -> None:
    assert codes(evaluate(measured(seen(500)), detection_confidence=number(1))) == ["T048"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("min_vaf = {", "min_vav = {", r"local 2 \(tp53_wild_type\): callability.min_vaf: Field required"),
        ("value = 0.95", "value = 95", "callability.detection_confidence.value: must be a number from 0 to 1"),
        (
            'producer_verdict = "declares"',
            'producer_verdict = "maybe"',
            "callability.producer_verdict: Input should be",
        ),
        ("[local.callability]", "[local.other]", "callability: Field required"),
    ],
)
def test_a_protocol_that_does_not_say_when_a_base_is_seen_is_refused(old: str, new: str, fault: str) -> None:
    with pytest.raises(ProtocolError, match=fault):
        parse(shipped_text("mantra-2").replace(old, new, 1), "mine.toml")


# Means


def test_a_mean_alone_is_no_proof_and_says_why() -> None:
    found = evaluate(eb.evidence(callability=callability.unknown(), mean_depths=("t.regions.bed",)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T009", "T047"])
    assert "t.regions.bed" in found.reasons[1].message
    assert "per base" in (found.reasons[1].resolve or "")


def test_a_mean_beside_a_declaration_changes_nothing_and_is_named() -> None:
    found = evaluate(eb.evidence(mean_depths=("t.regions.bed",)))
    assert (found.status, codes(found)) == (Status.MET, ["T001", "T047"])


def test_a_mean_beside_depth_per_base_is_not_needed() -> None:
    assert codes(evaluate(measured(seen(200), mean_depths=("t.regions.bed",)))) == ["T045"]


# Laws

RANK = {Status.NOT_MET: 0, Status.INDETERMINATE: 1, Status.MET: 2}


@settings(max_examples=50)
@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.02, 1), st.floats(0, 0.5))
def test_more_reads_and_more_tumor_cells_never_make_wild_type_less_certain(
    depth: int, more: int, share: float, increase: float
) -> None:
    copies = {"tp53_copies": (eb.source(over_tp53(2.0)),)}
    before = evaluate(measured(seen(depth), purity=purity(share), **copies)).status
    deeper = evaluate(measured(seen(depth + more), purity=purity(share), **copies)).status
    purer = evaluate(measured(seen(depth), purity=purity(min(1.0, share + increase)), **copies)).status
    assert RANK[deeper] >= RANK[before]
    assert RANK[purer] >= RANK[before]


@settings(max_examples=50)
@given(st.integers(0, 400), st.floats(0.2, 1))
def test_knowing_the_purity_never_asks_for_more_than_not_knowing_it(depth: int, share: float) -> None:
    unknown = evaluate(measured(seen(depth))).status
    known = evaluate(measured(seen(depth), purity=purity(share))).status
    assert RANK[known] >= RANK[unknown]


@settings(max_examples=50)
@given(st.integers(0, 400), st.floats(0.02, 1))
def test_the_answer_is_that_of_the_binomial_distribution(depth: int, share: float) -> None:
    found = evaluate(measured(seen(depth), purity=purity(share), tp53_copies=(eb.source(over_tp53(2.0)),)))
    chance = detection.probability(depth, share / 2, 5)
    assert (found.status is Status.MET) is (chance >= 0.95)
