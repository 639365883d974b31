"""Structural records over TP53: what counts, what is reviewed, what is listed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.records import FilterKind, Presence, StructuralChange
from mdm2screen.results import Call, Disposition, Status
from structural_builder import (
    DOWNSTREAM,
    EXON_5,
    INTRON_1,
    INTRON_9,
    UPSTREAM,
    change,
    deletion,
    end,
    inversion,
    translocation,
)

BREAKS = inversion(INTRON_1, UPSTREAM)
UNCLEAR = inversion(INTRON_1, INTRON_1 + 2000)
DELETED = deletion(DOWNSTREAM, UPSTREAM)
SPARED = inversion(DOWNSTREAM, UPSTREAM)


def call(given_: StructuralChange | None, **changes: Any) -> Call:
    fields: dict[str, Any] = {"structural": True, "change": given_, "vaf": None, "depth": None} | changes
    record = eb.variant(INTRON_1, "N", "<SV>", **fields)
    return eb.protocol().local[1].evaluate(eb.evidence(variants=eb.observed(record)))


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_an_intron_1_inversion_is_not_wild_type() -> None:
    found = call(BREAKS)
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T029"])
    assert found.tp53 is not None
    (variant,) = found.tp53.variants
    assert (variant.consequence, variant.classification) == ("structural_variant", "breaks the gene")
    assert variant.name == f"rearrangement at 17:{INTRON_1}"
    assert found.reasons[0].evidence == (variant.source,)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"filters": ("MinSomaticScore",)}, "T005"),
        ({"filters": ()}, "T006"),
        ({"presence": Presence.NO_CALL}, "T008"),
    ],
)
def test_a_break_the_file_itself_doubts_is_reviewed(changes: dict[str, Any], code: str) -> None:
    found = call(BREAKS, **changes)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])
    assert "cuts the gene" in found.reasons[0].message


def test_a_break_without_a_score_is_reviewed_and_what_its_filter_says_goes_first() -> None:
    assert codes(call(BREAKS, scored=False)) == ["T033"]
    assert codes(call(BREAKS, scored=False, filters=("MinSomaticScore",))) == ["T005"]


@pytest.mark.parametrize(("given_", "code"), [(UNCLEAR, "T014"), (DELETED, "T030"), (None, "T014")])
def test_what_is_not_clear_is_reviewed(given_: StructuralChange | None, code: str) -> None:
    found = call(given_)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])
    assert found.reasons[0].resolve


@pytest.mark.parametrize("given_", [UNCLEAR, DELETED])
@pytest.mark.parametrize(
    ("changes", "words"),
    [({"filters": ("MinSomaticScore",)}, "FILTER MinSomaticScore"), ({"presence": Presence.NO_CALL}, "a no-call")],
)
def test_what_is_not_clear_and_the_caller_rejects_is_listed(
    given_: StructuralChange, changes: dict[str, Any], words: str
) -> None:
    found = call(given_, **changes)
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    assert found.tp53 is not None
    assert found.tp53.variants[0].counts is Disposition.IGNORED
    assert words in found.tp53.variants[0].why


@pytest.mark.parametrize(
    ("kind", "broken", "unclear"),
    [
        (FilterKind.GERMLINE, "T035", "T014"),  # it is there all the same
        (FilterKind.INFORMATIONAL, "T029", "T014"),
        (FilterKind.ARTEFACT, "T005", "T001"),
    ],
)
def test_what_a_filter_means_is_weighed_as_for_small_variants(kind: FilterKind, broken: str, unclear: str) -> None:
    filtered = {"filters": ("token",), "filter_kinds": (kind,)}
    assert codes(call(BREAKS, **filtered)) == [broken]
    assert codes(call(UNCLEAR, **filtered)) == [unclear]


def test_in_plasma_without_a_normal_a_break_may_be_of_blood_cells() -> None:
    record = eb.variant(INTRON_1, "N", "<SV>", structural=True, change=BREAKS)
    (seen,) = eb.observed(record)
    given_ = eb.evidence(variants=(seen.model_copy(update={"maybe_of_blood": True}),))
    assert codes(eb.protocol().local[1].evaluate(given_))[0] == "T038"


def test_what_leaves_the_gene_whole_is_listed() -> None:
    found = call(SPARED)
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    assert found.tp53 is not None
    assert found.tp53.variants[0].classification == "gene left whole"
    assert "stays in one piece" in found.tp53.variants[0].why


def test_a_gene_named_without_its_variant_has_a_reason_of_its_own() -> None:
    assert codes(call(change("NAMED", words="MUTATION"), gene="TP53")) == ["T034"]


def test_a_short_deletion_is_judged_by_its_bases() -> None:
    """51 bases of exon 5 in frame, 50 out of frame."""
    in_frame, shifted = call(deletion(EXON_5, EXON_5 + 51)), call(deletion(EXON_5, EXON_5 + 50))
    assert (codes(in_frame), codes(shifted)) == (["T003"], ["T002"])
    assert shifted.tp53 is not None
    assert "fs" in (shifted.tp53.variants[0].hgvs_p or "")


RANK = {Status.NOT_MET: 0, Status.INDETERMINATE: 1, Status.MET: 2}
changes_ = st.one_of(
    st.builds(deletion, st.integers(DOWNSTREAM, INTRON_9), st.integers(INTRON_9, UPSTREAM)),
    st.builds(inversion, st.integers(DOWNSTREAM, INTRON_9), st.integers(INTRON_9, UPSTREAM)),
    st.builds(translocation, st.integers(DOWNSTREAM, UPSTREAM)),
    st.builds(lambda pos: change("SINGLE", end(pos, "left")), st.integers(DOWNSTREAM, UPSTREAM)),
)


@given(changes_, st.sampled_from([("PASS",), (), ("LowQual",)]), st.booleans())
def test_another_structural_record_never_helps(
    given_: StructuralChange, filters: tuple[str, ...], reviewed: bool
) -> None:
    others = [eb.variant(7578373, "T", "C")] if reviewed else []  # of unknown significance
    added = eb.variant(INTRON_1, "N", "<SV>", structural=True, change=given_, filters=filters)
    rule = eb.protocol().local[1]
    before, after = (
        rule.evaluate(eb.evidence(variants=eb.observed(*records))) for records in (others, [*others, added])
    )
    assert RANK[after.status] <= RANK[before.status]


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        (7571000, 7572000, Status.INDETERMINATE),  # the end of the gene, with its polyadenylation signal
        (7590700, 7590800, Status.INDETERMINATE),  # a part of exon 1
        (7583000, 7584000, Status.MET),  # within intron 1
        (7571800, 7571830, Status.MET),  # 30 bases of the 3' untranslated region
    ],
)
def test_a_long_deletion_spelled_in_bases_is_judged_as_the_same_in_symbols(
    first: int, last: int, status: Status
) -> None:
    bases = "ACGT" * ((last - first) // 4 + 1)
    ref = bases[: last - first + 1]
    content = eb.content(
        "made.vcf", variants=[eb.variant(first, ref, ref[0], end=last)], format="vcf", small_variants=True
    )
    found = eb.protocol().local[1].evaluate(eb.gather([content], assay="wgs"))
    assert (found.status, codes(found)) == (status, ["T014"] if status is Status.INDETERMINATE else ["T001"])


def test_a_long_insertion_into_the_untranslated_end_is_reviewed() -> None:
    content = eb.content(
        "made.vcf", variants=[eb.variant(7572000, "A", "A" + "CG" * 150)], format="vcf", small_variants=True
    )
    found = eb.protocol().local[1].evaluate(eb.gather([content], assay="wgs"))
    assert codes(found) == ["T014"]
