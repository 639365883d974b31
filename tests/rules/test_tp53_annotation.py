"""The file's annotation beside the own consequence: shown, never trusted to clear, heard where it sees more."""

from typing import Any

import pytest

from evidence_builder import content, decide, evidence, gather, protocol, variant
from mdm2screen.decision import Decision
from mdm2screen.evidence import Evidence
from mdm2screen.records import Annotation, VariantRecord
from mdm2screen.results import Call, Disposition, Status, Tp53Variant
from mdm2screen.rules.tp53_wild_type import Tp53WildType

R175H = (7578406, "C", "T")
R213 = (7578210, "T", "C")  # synonymous, a known polymorphism
INTRON_6 = (7578100, "T", "C")


def said(*terms: str, **changes: Any) -> Annotation:
    fields: dict[str, Any] = {"program": "VEP", "gene": "TP53", "transcript": "NM_000546", "terms": terms}
    return Annotation(**(fields | changes))


def annotated(change: tuple[int, str, str], *annotations: Annotation, **changes: Any) -> VariantRecord:
    return variant(*change, annotations=annotations, **changes)


def gathered(*records: VariantRecord) -> Evidence:
    vcf = content("made.vcf", variants=records, format="vcf", small_variants=True)
    return evidence(variants=gather([vcf]).variants)


def call(*records: VariantRecord) -> Call:
    rule = next(rule for rule in protocol().local if isinstance(rule, Tp53WildType))
    return rule.evaluate(gathered(*records))


def only(found: Call) -> Tp53Variant:
    assert found.tp53 is not None
    assert len(found.tp53.variants) == 1
    return found.tp53.variants[0]


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    "terms",
    ["stop_gained", "frameshift_variant", "splice_donor_variant", "start_lost", "stop_lost", "missense_variant"],
)
def test_an_effect_that_only_the_file_sees_goes_to_review(terms: str) -> None:
    found = call(annotated(INTRON_6, said(terms)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T023"])
    shown = only(found)
    assert (shown.counts, shown.annotation and shown.annotation.verdict) == (Disposition.REVIEW, "differs")
    assert f"VEP has {terms} on NM_000546" in shown.why
    assert found.reasons[0].flag == "annotation_differs"


def test_that_effect_is_heard_for_a_known_polymorphism_too() -> None:
    assert call(annotated(R213, said("synonymous_variant"))).status is Status.MET
    assert call(annotated(R213, said("stop_gained"))).status is Status.INDETERMINATE


def test_an_annotation_of_another_transcript_changes_nothing() -> None:
    found = call(annotated(INTRON_6, said("stop_gained", transcript="ENST00000420246")))
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    checked = only(found).annotation
    assert checked is not None
    assert checked.verdict == "other_transcript"


@pytest.mark.parametrize("terms", ["synonymous_variant", "intron_variant", "downstream_gene_variant"])
def test_a_milder_annotation_never_clears_a_variant(terms: str) -> None:
    found = call(annotated(R175H, said(terms)))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002", "T023"])
    assert only(found).counts is Disposition.DISQUALIFIES


def test_a_difference_without_an_effect_is_said_and_leaves_the_answer() -> None:
    found = call(annotated(INTRON_6, said("splice_region_variant", "intron_variant")))
    assert (found.status, codes(found)) == (Status.MET, ["T001", "T023"])
    named = call(annotated(R175H, said("missense_variant", hgvs_p="p.Arg175Cys")))
    assert codes(named) == ["T002", "T023"]
    assert "the file's annotation differs: VEP has missense_variant p.Arg175Cys" in named.reasons[1].message


def test_an_annotation_that_agrees_adds_no_reason() -> None:
    found = call(annotated(R175H, said("missense_variant", hgvs_c="c.524G>A", hgvs_p="p.Arg175His")))
    assert codes(found) == ["T002"]
    checked = only(found).annotation
    assert checked is not None
    assert checked.verdict == "agrees"


def test_an_effect_of_several_variants_together_is_heard_where_each_alone_is_harmless() -> None:
    found = call(annotated(INTRON_6, said("stop_gained", with_others=True)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T023"])
    assert "taking several variants together" in found.reasons[0].message


def test_the_central_laboratory_is_told() -> None:
    decision = decide(gathered(annotated(INTRON_6, said("splice_region_variant"))))
    assert "annotation_differs" in decision.central_confirmation.flags


# Annotation that cannot be read


def unread(decision: Decision) -> list[str]:
    return [reason.message for reason in decision.warnings if reason.code == "T024"]


def test_annotation_that_cannot_be_read_warns_and_changes_no_answer() -> None:
    clean = decide(gathered(annotated(INTRON_6)))
    broken = decide(gathered(annotated(INTRON_6, unread=("CSQ is broken",))))
    assert unread(clean) == []
    assert unread(broken) == ["annotation not understood: CSQ is broken"]
    assert (broken.eligibility, broken.molecular) == (clean.eligibility, clean.molecular)
    assert [c.status for c in broken.calls] == [c.status for c in clean.calls]


# Variants of an annotation file that no VCF lists


def beside(*records: VariantRecord) -> Call:
    vcf = content("made.vcf", variants=(annotated(INTRON_6),), format="vcf", small_variants=True)
    json_file = content("made.json", variants=records, format="nirvana-json", annotates=True)
    both = gather([vcf, json_file])
    rule = next(rule for rule in protocol().local if isinstance(rule, Tp53WildType))
    return rule.evaluate(evidence(variants=both.variants, unlisted=both.unlisted))


def test_an_unlisted_variant_that_would_weigh_goes_to_review_and_never_decides() -> None:
    found = beside(annotated(R175H))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T025"])


def test_an_unlisted_variant_without_weight_is_listed_and_leaves_the_answer() -> None:
    found = beside(annotated(R213))
    assert found.status is Status.MET
    assert found.tp53 is not None
    assert [v.counts for v in found.tp53.variants] == [Disposition.IGNORED, Disposition.IGNORED]
    assert "stands in made.vcf and in no VCF" in found.tp53.variants[1].why


def test_a_listed_variant_gets_the_annotation_of_the_file_beside_it() -> None:
    found = beside(annotated(INTRON_6, said("stop_gained", program="Nirvana")))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T023"])
    assert only(found).why.count("Nirvana") == 1
