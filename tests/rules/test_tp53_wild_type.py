"""TP53 wild-type: what counts, what goes to review, what is ignored, and what must be proven."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.evidence import Evidence, VariantFile
from mdm2screen.records import (
    Build,
    Presence,
    PurityRecord,
    PurityState,
    QcRecord,
    Reference,
    Region,
    Scale,
    Source,
    VariantRecord,
)
from mdm2screen.results import Call, Disposition, Status


def call(*records: VariantRecord, **changes: Any) -> Call:
    return evaluate(eb.evidence(variants=eb.observed(*records), **changes))


def evaluate(given: Evidence, **fields: Any) -> Call:
    rule = eb.protocol().local[1]
    return type(rule).model_validate(rule.model_dump() | fields).evaluate(given)


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "protein"),
    [
        (7578406, "C", "T", "p.Arg175His"),
        (7577538, "C", "T", "p.Arg248Gln"),
        (7578190, "T", "C", "p.Tyr220Cys"),
        (7577120, "C", "T", "p.Arg273His"),
        (7578212, "G", "A", "p.Arg213Ter"),
        (7579470, "CG", "C", "p.Val73TrpfsTer50"),
        (7577548, "C", "CA", "p.Gly245TrpfsTer19"),
        (7578370, "C", "T", "p.?"),
        (7578290, "C", "T", "p.?"),
        (7579912, "T", "C", "p.Met1?"),
        (7579941, "C", "T", "p.?"),  # acceptor of exon 2, which holds the start codon
    ],
)
def test_variants_that_take_function_away(pos: int, ref: str, alt: str, protein: str) -> None:
    found = call(eb.variant(pos, ref, alt))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])
    assert found.tp53 is not None
    assert [(v.hgvs_p, v.counts) for v in found.tp53.variants] == [(protein, Disposition.DISQUALIFIES)]
    assert found.reasons[0].evidence == (Source(file="made.vcf", line=30),)


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "classification"),
    [
        (7579472, "G", "C", "benign"),  # P72R
        (7579548, "G", "A", "benign"),  # P47S
        (7578210, "T", "C", "benign"),  # R213=
        (7578645, "C", "T", "no effect expected"),  # deep intronic
        (7579801, "G", "C", "no effect expected"),
    ],
)
def test_variants_that_are_ignored_but_listed(pos: int, ref: str, alt: str, classification: str) -> None:
    found = call(eb.variant(pos, ref, alt))
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    assert found.tp53 is not None
    assert [(v.classification, v.counts) for v in found.tp53.variants] == [(classification, Disposition.IGNORED)]


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "code"),
    [
        (7578373, "T", "C", "T003"),  # D186G, no hotspot
        (7579312, "C", "A", "T004"),  # T125=, last base of exon 4
        (7578366, "C", "T", "T004"),  # donor +5
        (7590694, "C", "T", "T004"),  # donor of exon 1, which is not coding
        (7578477, "GGC", "G", None),  # replaced below
    ],
)
def test_variants_that_go_to_review(pos: int, ref: str, alt: str, code: str | None) -> None:
    if code is None:  # an in-frame deletion of one codon: c.472_474 on the minus strand
        bases = "".join(_reference(p) for p in range(7578455, 7578459))
        pos, ref, alt, code = 7578455, bases, bases[0], "T003"
    found = call(eb.variant(pos, ref, alt))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])
    assert found.reasons[0].resolve


def _reference(pos: int) -> str:
    from mdm2screen.genes import tp53_bases

    return tp53_bases(Build.GRCH37)[pos]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"filters": ("weak_evidence", "strand_bias")}, "T005"),
        ({"filters": ()}, "T006"),
        ({"presence": Presence.NO_CALL}, "T008"),
    ],
)
def test_a_disqualifying_variant_the_file_itself_doubts(changes: dict[str, Any], code: str) -> None:
    found = call(eb.variant(**changes))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])


def test_a_hotspot_filtered_at_four_percent_is_open() -> None:
    found = call(eb.variant(filters=("strand_bias",), vaf=0.04))
    assert found.status is Status.INDETERMINATE
    assert "strand_bias" in found.reasons[0].message


def test_a_protocol_may_set_a_floor_for_the_allele_fraction() -> None:
    floor = {"value": 0.05, "unit": "fraction", "source": "made"}
    low = eb.evidence(variants=eb.observed(eb.variant(vaf=0.04)))
    at = eb.evidence(variants=eb.observed(eb.variant(vaf=0.05)))
    found = evaluate(low, vaf_floor=floor)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T007"])
    assert evaluate(at, vaf_floor=floor).status is Status.NOT_MET
    assert evaluate(low).status is Status.NOT_MET  # no public floor: a passed call stands


def test_a_protocol_may_count_any_nonsynonymous_change_and_unfiltered_ones() -> None:
    vus = eb.evidence(variants=eb.observed(eb.variant(7578373, "T", "C")))
    assert evaluate(vus, strictness="any_nonsynonymous").status is Status.NOT_MET
    unfiltered = eb.evidence(variants=eb.observed(eb.variant(filters=())))
    assert evaluate(unfiltered, unfiltered="count").status is Status.NOT_MET


def test_a_change_of_unknown_significance_that_the_caller_rejects_is_listed_only() -> None:
    found = call(eb.variant(7578373, "T", "C", filters=("q20",)))
    assert found.status is Status.MET
    assert found.tp53 is not None
    assert "FILTER q20" in found.tp53.variants[0].why


def test_no_row_and_no_coverage_is_open() -> None:
    found = evaluate(eb.evidence(callability=callability.unknown()))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T009"])
    assert "--assay" in (found.reasons[0].resolve or "")


def test_a_panel_that_misses_twenty_coding_bases_lists_them() -> None:
    exons = [Region(contig="17", start=7565000, end=7577040), Region(contig="17", start=7577061, end=7590000)]
    found = evaluate(eb.evidence(callability=callability.of_regions("panel.bed", exons, Build.GRCH37)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T010"])
    assert (
        "20 of 1220 bases of TP53 are not covered: exon 8 17:7577041-7577060 (outside the targets)"
        in found.reasons[0].message
    )
    assert found.tp53 is not None
    (stretch,) = found.tp53.callability.uncovered
    assert (stretch.exon, stretch.start, stretch.end) == (8, 7577041, 7577060)


def test_a_panel_with_every_base_is_declared_coverage() -> None:
    whole = [Region(contig="17", start=7571720, end=7590868)]
    found = evaluate(eb.evidence(callability=callability.of_regions("panel.bed", whole, Build.GRCH37)))
    assert (found.status, codes(found)) == (Status.MET, ["T001"])
    assert found.reasons[0].flag == "tp53_coverage_declared"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((), "T011"),
        ((VariantFile(file="sv.vcf", small_variants=False, reaches_tp53=True),), "T012"),
        ((VariantFile(file="cut.vcf", small_variants=True, reaches_tp53=False),), "T013"),
    ],
)
def test_silence_that_cannot_be_trusted(files: tuple[VariantFile, ...], code: str) -> None:
    found = evaluate(eb.evidence(variant_files=files))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])


@pytest.mark.parametrize("presence", [Presence.PRESENT, Presence.NO_CALL])
def test_the_last_base_of_an_exon_is_reviewed_whatever_the_caller_says(presence: Presence) -> None:
    found = call(eb.variant(7579312, "C", "A", filters=("clustered_events",), presence=presence))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T004"])


def test_a_no_call_of_unknown_significance_is_listed_only() -> None:
    found = call(eb.variant(7578373, "T", "C", presence=Presence.NO_CALL))
    assert found.status is Status.MET
    assert found.tp53 is not None
    assert "a no-call" in found.tp53.variants[0].why


def test_bases_that_are_not_known_are_reviewed() -> None:
    found = call(eb.variant(7578406, "C", "N"))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T020"])


def test_one_doubtful_file_of_two_is_named() -> None:
    good = VariantFile(file="a.vcf", small_variants=True, reaches_tp53=True)
    cut = VariantFile(file="b.vcf", small_variants=True, reaches_tp53=False)
    assert codes(evaluate(eb.evidence(variant_files=(good, cut)))) == ["T013"]


@pytest.mark.parametrize("mutated", [True, False])
def test_a_contaminated_sample_is_no_evidence_against_wild_type_either(mutated: bool) -> None:
    failed = QcRecord(passed=False, status="FAIL_CONTAMINATION", source=Source(file="T.purple.qc"))
    variants = eb.observed(eb.variant()) if mutated else ()
    deleted = copies_over_tp53(0.1).tp53_copies
    found = evaluate(eb.evidence(qc=(failed,), variants=variants, tp53_copies=deleted))
    assert found.status is Status.INDETERMINATE
    assert codes(found)[0] == "T017"
    assert "T015" in codes(found)


@pytest.mark.parametrize(("pos", "ref", "alt", "doubted"), [(7578406, "C", "T", True), (7579472, "G", "C", False)])
def test_a_variant_that_would_count_on_another_build_casts_doubt(pos: int, ref: str, alt: str, doubted: bool) -> None:
    """R175H and P72R of GRCh37, in a file that says it is on GRCh38."""
    (elsewhere,) = eb.observed(eb.variant(pos, ref, alt))
    file = VariantFile(file="v.vcf", small_variants=True, reaches_tp53=True, elsewhere=(elsewhere,))
    found = evaluate(eb.evidence(variant_files=(file,)))
    assert codes(found) == (["T018"] if doubted else ["T001"])
    if doubted:
        assert "p.Arg175His" in found.reasons[0].message
        assert "on GRCh37, if the file were on it" in found.reasons[0].message


def test_without_a_public_limit_a_deletion_is_still_looked_at() -> None:
    unknown = {"value": "unknown", "unit": "copies", "source": "made"}
    found = evaluate(copies_over_tp53(0.1), deletion_copies=unknown)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T016"])


def test_a_contaminated_sample_cannot_show_wild_type() -> None:
    failed = QcRecord(passed=False, status="FAIL_CONTAMINATION", source=Source(file="T.purple.qc"))
    found = evaluate(eb.evidence(qc=(failed,)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T017"])


@pytest.mark.parametrize("alt", ["<DEL>", "<INV>", "]12:69000000]C"])
def test_a_structural_record_over_the_gene_is_reviewed(alt: str) -> None:
    found = call(eb.variant(7585000, "C", alt, structural=True))  # intron 1
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T014"])


def copies_over_tp53(value: float, **changes: Any) -> Evidence:
    record = eb.segment(value, contig="17", start=7500000, end=7600000, **changes)
    return eb.evidence(tp53_copies=(eb.source(record),))


@pytest.mark.parametrize(
    ("copies", "status", "expected"),
    [
        (-0.02, Status.NOT_MET, ["T015"]),
        (0.3, Status.NOT_MET, ["T015"]),
        (0.5, Status.MET, ["T001"]),
        (1.0, Status.MET, ["T001"]),
    ],
)
def test_homozygous_deletion(copies: float, status: Status, expected: list[str]) -> None:
    found = evaluate(copies_over_tp53(copies))
    assert (found.status, codes(found)) == (status, expected)


def test_an_uncorrected_deletion_may_be_noise() -> None:
    ratio = {
        "scale": Scale.LOG2_RATIO,
        "reference": Reference.SAMPLE,
        "purity_state": PurityState.UNCORRECTED,
    }
    found = evaluate(copies_over_tp53(-3.0, **ratio))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T016"])
    assert evaluate(copies_over_tp53(-1.0, **ratio)).status is Status.MET


def test_at_the_known_purity_half_the_reads_are_no_copies() -> None:
    """Ratio 0.5 at a purity of 0.5: all of it comes from normal cells."""
    ratio = {
        "scale": Scale.LOG2_RATIO,
        "reference": Reference.SAMPLE,
        "purity_state": PurityState.UNCORRECTED,
    }
    half = PurityRecord(purity=0.5, ploidy=None, source=Source(file="options"))
    given = copies_over_tp53(-1.0, **ratio).model_copy(update={"purity": half})
    found = evaluate(given)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T016"])


def test_a_label_written_as_a_number_is_no_number_of_copies() -> None:
    record = eb.segment(0.0, contig="17", start=7500000, end=7600000, scale=Scale.LABEL, label="0")
    assert evaluate(eb.evidence(tp53_copies=(eb.source(record),))).status is Status.MET


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("<DEL>", Status.INDETERMINATE),
        ("<CN0>", Status.INDETERMINATE),
        ("HOMLOSS", Status.INDETERMINATE),
        ("-2", Status.INDETERMINATE),
        ("<DUP>", Status.MET),
        ("-1", Status.MET),
        ("1-25", Status.MET),
    ],
)
def test_a_loss_without_a_number_is_reviewed(label: str, status: Status) -> None:
    record = eb.segment(None, contig="17", start=7500000, end=7600000, scale=Scale.LABEL, label=label)
    assert evaluate(eb.evidence(tp53_copies=(eb.source(record),))).status is status


def test_a_reason_does_not_spell_every_base_of_a_long_insertion() -> None:
    content = eb.content("made.vcf", variants=[eb.variant(7578400, "G", "G" + "AC" * 60)], format="vcf")
    found = evaluate(eb.gather([content], assay="wes"))
    assert all(len(reason.message) < 300 for reason in found.reasons)
    assert found.tp53 is not None
    assert "AC" * 50 in (found.tp53.variants[0].alt or "")
