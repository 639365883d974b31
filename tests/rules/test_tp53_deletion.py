"""TP53 lost by copy number: both copies, one of them, part of the gene, and what is only noise."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import readers
from mdm2screen.evidence import Evidence, GeneCopyNumber, gather
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityRecord, PurityState, Reference, Scale, SegmentRecord, Source
from mdm2screen.results import Call, Disposition, Status
from structural_builder import DOWNSTREAM, EXON_5, INTRON_1, INTRON_2, INTRON_9, UPSTREAM, deletion

WHOLE = (DOWNSTREAM, UPSTREAM)
LOG2: dict[str, Any] = {
    "scale": Scale.LOG2_RATIO,
    "reference": Reference.SAMPLE,
    "purity_state": PurityState.UNCORRECTED,
}


def segment(value: float | None, span: tuple[int, int] = WHOLE, **changes: Any) -> SegmentRecord:
    return eb.segment(value, contig="17", start=span[0], end=span[1], **changes)


def evidence(
    *segments: SegmentRecord, purity: float | None = None, ploidy: float | None = None, **changes: Any
) -> Evidence:
    known: dict[str, Any] = {}
    for name, value in (("purity", purity), ("ploidy", ploidy)):
        if value is not None:
            fields = {"purity": None, "ploidy": None} | {name: value}
            known[name] = PurityRecord(**fields, source=Source(file="options"))
    return eb.evidence(tp53_copies=(eb.source(*segments),), **known, **changes)


def evaluate(given_: Evidence, **fields: Any) -> Call:
    rule = eb.protocol().local[1]
    return type(rule).model_validate(rule.model_dump() | fields).evaluate(given_)


def codes(given_: Evidence) -> list[str]:
    return [reason.code for reason in evaluate(given_).reasons]


# At a purity of 0.6 and a ploidy of 2 no copy gives a ratio of 0.4 (log2 -1.32), one copy 0.7 (-0.51).


@pytest.mark.parametrize(
    ("value", "purity", "ploidy", "expected"),
    [
        (-1.32, 0.6, 2.0, ["T015"]),
        (-1.0, 0.6, 2.0, ["T015"]),  # ratio 0.5: (0.5 * 2 - 0.8) / 0.6 is 0.33 copies
        (-0.51, 0.6, 2.0, ["T001"]),
        (-1.32, 0.6, None, ["T016"]),  # a ratio to the sample's mean depends on ploidy
        (-1.32, None, 2.0, ["T016"]),  # as reported 0.8 copies, less than one of two lost can leave
        (-1.0, None, None, ["T001"]),
        (-0.5, 0.3, 2.0, ["T016"]),  # a low purity
        (-6.0, 0.6, 2.0, ["T016"]),  # fewer reads than the normal cells alone give
        (-6.0, 1.0, 2.0, ["T015"]),
    ],
)
def test_at_a_known_purity_few_copies_are_a_deletion(
    value: float, purity: float | None, ploidy: float | None, expected: list[str]
) -> None:
    found = codes(evidence(segment(value, **LOG2), purity=purity, ploidy=ploidy))
    assert found == expected


def test_a_possible_deletion_says_why_it_is_no_certain_one() -> None:
    noise = evaluate(evidence(segment(-6.0, **LOG2), purity=0.6, ploidy=2.0))
    assert "the normal cells alone would give more reads" in noise.reasons[0].message
    low = evaluate(evidence(segment(-0.5, **LOG2), purity=0.3, ploidy=2.0))
    assert "at a purity of 0.3 one copy is lost in the noise" in low.reasons[0].message
    unknown = evaluate(evidence(segment(-3.0, **LOG2)))
    assert "purity and ploidy are not both known" in unknown.reasons[0].message


def test_a_ratio_to_two_copies_needs_no_ploidy() -> None:
    ratio = LOG2 | {"reference": Reference.DIPLOID}
    assert codes(evidence(segment(-1.32, **ratio), purity=0.6)) == ["T015"]


def test_a_value_that_may_be_corrected_already_must_be_low_either_way() -> None:
    maybe = LOG2 | {"purity_state": PurityState.UNKNOWN}
    assert codes(evidence(segment(-1.32, **maybe), purity=0.6, ploidy=2.0)) == ["T016"]  # 0.8 copies as it stands
    assert codes(evidence(segment(-2.5, **maybe), purity=0.9, ploidy=2.0)) == ["T015"]


def test_a_ratio_to_one_or_the_other_must_be_low_to_both() -> None:
    either = LOG2 | {"reference": Reference.UNKNOWN}
    assert codes(evidence(segment(-1.32, **either), purity=0.6, ploidy=2.0)) == ["T015"]
    assert codes(evidence(segment(-1.32, **either), purity=0.6, ploidy=4.0)) == ["T016"]


def test_a_protocol_without_a_purity_never_counts_what_is_not_corrected() -> None:
    unknown = {"value": "unknown", "unit": "fraction", "source": "made"}
    found = evaluate(evidence(segment(-1.32, **LOG2), purity=0.6, ploidy=2.0), deletion_purity=unknown)
    assert [reason.code for reason in found.reasons] == ["T016"]


@pytest.mark.parametrize(
    ("span", "code", "words"),
    [
        (WHOLE, "T015", "TP53 has 0.1 copies in made.tsv: both copies are deleted"),
        ((INTRON_9, INTRON_1), "T015", "TP53 has 0.1 copies in exons 2 to 9 in made.tsv"),
        ((INTRON_1, UPSTREAM), "T015", "TP53 has 0.1 copies in exon 1 in made.tsv"),
        ((INTRON_1, INTRON_1 + 500), "T016", "no exon lies there"),
    ],
)
def test_a_part_of_the_gene_counts_and_is_named(span: tuple[int, int], code: str, words: str) -> None:
    found = evaluate(evidence(segment(0.1, span), segment(1.9, (UPSTREAM + 1, UPSTREAM + 9))))
    assert found.reasons[0].code == code
    assert words in found.reasons[0].message


def test_the_row_of_the_gene_is_the_gene_wherever_it_lies() -> None:
    row = segment(0.1, (INTRON_1, INTRON_1 + 500), gene="TP53")
    assert codes(evidence(row)) == ["T015"]


@given(st.floats(-4, 2), st.floats(0.05, 1.0), st.floats(1.5, 5.0), st.floats(0, 2))
def test_more_reads_never_make_a_deletion_more_certain(value: float, purity: float, ploidy: float, more: float) -> None:
    """Among values that are not below what normal cells give."""
    floor = 2 * (1 - purity) / (purity * ploidy + 2 * (1 - purity))
    low, high = (segment(floor + step, **(LOG2 | {"scale": Scale.LINEAR_RATIO})) for step in (0.0, more))
    harm = {"T015": 2, "T016": 1, "T001": 0}
    one, other = (harm[codes(evidence(s, purity=purity, ploidy=ploidy))[0]] for s in (low, high))
    assert other <= one
    assert value is not None


# A deletion of the whole gene by its joint


def junction(**changes: Any) -> tuple[Any, ...]:
    gone = deletion(DOWNSTREAM, UPSTREAM)
    return eb.observed(eb.variant(DOWNSTREAM, "N", "<DEL>", structural=True, end=UPSTREAM, change=gone, **changes))


def test_a_joint_does_not_tell_whether_a_copy_is_left() -> None:
    found = evaluate(eb.evidence(variants=junction()))
    assert (found.status, [r.code for r in found.reasons]) == (Status.INDETERMINATE, ["T030"])


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ((segment(1.1),), ["T001"]),
        ((segment(1.1, (DOWNSTREAM, INTRON_2)), segment(1.0, (INTRON_2 + 1, UPSTREAM))), ["T001"]),
        ((segment(1.1, (DOWNSTREAM, EXON_5)),), ["T030"]),  # the rest of the gene has no number
        ((segment(0.1),), ["T015", "T030"]),
        ((segment(-0.5, **LOG2),), ["T030"]),  # not corrected
        ((segment(None),), ["T030"]),
        ((segment(1.1, (INTRON_1, INTRON_1 + 5), gene="TP53"),), ["T001"]),
    ],
)
def test_corrected_copies_tell_whether_one_is_left(segments: tuple[SegmentRecord, ...], expected: list[str]) -> None:
    given_ = evidence(*segments, variants=junction())
    found = evaluate(given_)
    assert [reason.code for reason in found.reasons] == expected
    assert found.tp53 is not None
    if expected == ["T001"]:
        assert found.tp53.variants[0].counts is Disposition.IGNORED
        assert "copies are left (made.tsv)" in found.tp53.variants[0].why


def test_two_files_must_agree_that_a_copy_is_left() -> None:
    files = (eb.source(segment(1.1), file="a.tsv"), eb.source(segment(0.1), file="b.tsv"))
    assert codes(eb.evidence(tp53_copies=files, variants=junction())) == ["T015", "T030"]


def test_without_a_public_limit_no_copy_is_known_to_be_left() -> None:
    unknown = {"value": "unknown", "unit": "copies", "source": "made"}
    found = evaluate(evidence(segment(1.1), variants=junction()), deletion_copies=unknown)
    assert "T030" in [reason.code for reason in found.reasons]


# Heterozygosity


@pytest.mark.parametrize(
    ("minors", "state", "expected"),
    [
        ((0.1,), "lost", ["T001", "T031"]),
        ((0.9,), "kept", ["T001"]),
        ((0.1, 0.9), "lost_in_part", ["T001", "T031"]),
        ((-0.02,), "lost", ["T001", "T031"]),
        ((None,), None, ["T001"]),
    ],
)
def test_loss_of_heterozygosity_is_context_alone(
    minors: tuple[float | None, ...], state: str | None, expected: list[str]
) -> None:
    found = evaluate(evidence(*(segment(2.0, minor=minor) for minor in minors)))
    assert (found.status, [reason.code for reason in found.reasons]) == (Status.MET, expected)
    assert found.tp53 is not None
    alleles = found.tp53.heterozygosity
    assert (alleles.state if alleles else None) == state
    if "T031" in expected:
        assert not found.reasons[1].flag
        assert alleles is not None
        assert (alleles.copies, alleles.minor) == (2.0, max(0.0, min(m for m in minors if m is not None)))


def test_the_rarer_allele_of_a_value_that_is_not_corrected_says_nothing() -> None:
    found = evaluate(evidence(segment(-0.5, minor=0.1, **LOG2)))
    assert found.tp53 is not None
    assert found.tp53.heterozygosity is None


def test_a_file_on_the_other_build_is_judged_on_its_own() -> None:
    span = (DOWNSTREAM + 96_682, UPSTREAM + 96_682)
    other = GeneCopyNumber(file="b.tsv", build=Build.GRCH38, segments=(segment(1.1, span),), silence=None)
    assert codes(eb.evidence(tp53_copies=(other,), variants=junction())) == ["T001"]


def test_nothing_of_the_gene_is_lost_where_the_segment_lies_beside_it() -> None:
    beside = segment(0.1, (UPSTREAM, UPSTREAM + 9))
    given_ = gather([eb.content("a.tsv", segments=(beside,), copy_number=True)], assay="wes")
    assert given_.tp53_copies[0].segments == ()


@pytest.mark.parametrize(("cell", "expected"), [("-2", ["T016"]), ("-1", ["T001"]), ("0", ["T001"])])
def test_a_bare_minus_two_of_a_discrete_table_is_reviewed(cell: str, expected: list[str], tmp_path: Path) -> None:
    table = tmp_path / "data_cna.txt"
    table.write_text(f"Hugo_Symbol\tT1\tT2\nMDM2\t2\t0\nTP53\t{cell}\t0\nCDK4\t0\t-1\n")
    content = readers.read(table, Options(cn_sample="T1"))
    small = eb.content("small.vcf", format="vcf", small_variants=True)
    assert codes(gather([content, small], assay="wgs")) == expected
