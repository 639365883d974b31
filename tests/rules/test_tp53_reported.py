"""TP53 variants that reports name: each is judged in a VCF, known as harmless, or leaves wild-type open."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.protein import one_letter
from mdm2screen.records import Presence, ReportedVariant, Source, VariantRecord
from mdm2screen.results import Call, Eligibility, Status
from mdm2screen.rules import tp53_reported

VENDOR = Path(__file__).parents[2] / "test_data" / "vendor"


def named(hgvs_c: str | None = None, hgvs_p: str | None = None, **changes: Any) -> ReportedVariant:
    fields = {"gene": "TP53", "words": "as written", "source": Source(file="report.xml", line=9)} | changes
    return ReportedVariant(hgvs_c=hgvs_c, hgvs_p=hgvs_p, **fields)


def codes(reported: ReportedVariant, *records: VariantRecord) -> list[str]:
    given_ = eb.evidence(reported=(reported,), variants=eb.observed(*records))
    return [reason.code for reason in tp53_reported.reasons(given_)]


def call(reported: ReportedVariant, *records: VariantRecord) -> Call:
    given_ = eb.evidence(reported=(reported,), variants=eb.observed(*records))
    return eb.protocol().local[1].evaluate(given_)


# On GRCh37: c.524G>A p.Arg175His, c.216del p.Val73TrpfsTer50, c.637C>T p.Arg213Ter, c.672+1G>A, and c.557A>G
# p.Asp186Gly, which is no hotspot.
R175H = (7578406, "C", "T")
FRAMESHIFT = (7579470, "CG", "C")
NONSENSE = (7578212, "G", "A")
SPLICE = (7578176, "C", "T")
UNKNOWN = (7578373, "T", "C")


def test_a_variant_that_no_vcf_holds_leaves_wild_type_open() -> None:
    found = call(named("c.524G>A", "p.R175H", status="known"))
    assert found.status is Status.INDETERMINATE
    (reason,) = found.reasons
    assert reason.code == "T040"
    assert reason.message == "report.xml names TP53 as written (known), which no VCF here holds"
    assert reason.evidence == (Source(file="report.xml", line=9),)
    assert reason.resolve is not None
    assert reason.flag == "tp53_reported"


@pytest.mark.parametrize(
    ("hgvs_c", "hgvs_p", "record"),
    [
        ("c.524G>A", None, R175H),
        ("NM_000546.5:c.524G>A", None, R175H),
        (None, "p.R175H", R175H),
        (None, "R175H", R175H),
        (None, "NP_000537.3:p.(Arg175His)", R175H),
        ("c.216delC", None, FRAMESHIFT),
        ("c.216del", "p.V73fs*50", FRAMESHIFT),
        (None, "p.V73Wfs*50", FRAMESHIFT),
        (None, "p.Val73fs", FRAMESHIFT),
        (None, "p.R213X", NONSENSE),
        (None, "p.R213*", NONSENSE),
        (None, "p.Arg213Ter", NONSENSE),
        ("c.672+1G>A", None, SPLICE),
    ],
)
def test_a_variant_that_a_vcf_holds_is_judged_there(
    hgvs_c: str | None, hgvs_p: str | None, record: tuple[int, str, str]
) -> None:
    assert codes(named(hgvs_c, hgvs_p), eb.variant(*record)) == []
    assert codes(named(hgvs_c, hgvs_p)) == ["T040"]


@pytest.mark.parametrize(
    ("hgvs_c", "hgvs_p"), [("c.524G>T", "p.R175L"), ("c.525G>A", None), (None, "p.R17H"), (None, None), ("", "p.?")]
)
def test_another_variant_in_the_vcf_answers_for_none(hgvs_c: str | None, hgvs_p: str | None) -> None:
    assert codes(named(hgvs_c, hgvs_p), eb.variant(*R175H)) == ["T040"]


def test_a_name_without_a_residue_is_no_name() -> None:
    """``p.=`` of several codons says of no variant which it is."""
    (observed,) = eb.observed(eb.variant(*UNKNOWN))
    assert observed.consequence is not None
    silent = observed.model_copy(update={"consequence": observed.consequence.model_copy(update={"hgvs_p": "p.="})})
    found = tp53_reported.reasons(eb.evidence(reported=(named(None, "p.="),), variants=(silent,)))
    assert [reason.code for reason in found] == ["T040"]


@pytest.mark.parametrize(
    "changes", [{"filters": ("weak_evidence",)}, {"presence": Presence.NO_CALL}], ids=["filtered", "no call"]
)
def test_a_variant_that_the_vcf_rejects_and_a_report_names_stays_open(changes: dict[str, Any]) -> None:
    """Of unknown significance and filtered: alone it would be listed and ignored."""
    record = eb.variant(*UNKNOWN, **changes)
    (observed,) = eb.observed(record)
    assert observed.consequence is not None
    name = observed.consequence.hgvs_p
    assert eb.protocol().local[1].evaluate(eb.evidence(variants=(observed,))).status is Status.MET
    assert codes(named(None, name), record) == ["T040"]
    assert codes(named(None, name), eb.variant(*UNKNOWN)) == []


@pytest.mark.parametrize(
    ("hgvs_c", "hgvs_p"), [("c.215C>G", None), (None, "p.P72R"), (None, "p.(Pro72Arg)"), ("c.139C>T", "p.P47S")]
)
def test_a_polymorphism_that_never_counts_does_not_here(hgvs_c: str | None, hgvs_p: str | None) -> None:
    assert call(named(hgvs_c, hgvs_p)).status is Status.MET


def test_a_gene_that_could_not_be_read_leaves_wild_type_open() -> None:
    found = call(named(words="result Indeterminate", undetermined=True), eb.variant(*UNKNOWN, filters=("weak",)))
    assert found.status is Status.INDETERMINATE
    assert [(r.code, r.message) for r in found.reasons] == [("T041", "report.xml says of TP53: result Indeterminate")]


def test_a_disqualifying_variant_decides_whatever_a_report_names_beside_it() -> None:
    found = call(named("c.817C>T"), eb.variant(*R175H))
    assert found.status is Status.NOT_MET
    assert [reason.code for reason in found.reasons] == ["T002", "T040"]


@given(st.lists(st.sampled_from(["c.524G>A", "c.215C>G", "c.216del", "c.817C>T", None]), max_size=4))
def test_reported_variants_never_help(names: list[str | None]) -> None:
    """No list of reported variants turns an open or failed call into wild-type."""
    order = (Status.NOT_MET, Status.INDETERMINATE, Status.MET)
    rule = eb.protocol().local[1]
    for records in ((), (eb.variant(*R175H),), (eb.variant(*UNKNOWN),)):
        variants = eb.observed(*records)
        alone = rule.evaluate(eb.evidence(variants=variants)).status
        beside = rule.evaluate(eb.evidence(variants=variants, reported=tuple(named(n) for n in names))).status
        assert order.index(beside) <= order.index(alone)


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("Arg213Ter", "R213*"),
        ("R213X", "R213*"),
        ("Val73TrpfsTer50", "V73Wfs*50"),
        ("V73WfsX50", "V73Wfs*50"),
        ("=", "="),
    ],
)
def test_amino_acids_as_letters(written: str, short: str) -> None:
    assert one_letter(written) == short


# From the files to the decision


def vcf(folder: Path, *records: str) -> Path:
    return vb.vcf(folder / "TUMOR_1.vcf", *records, samples=["TUMOR_1"])


@pytest.mark.parametrize("report", ["TUMOR_1.foundation.xml", "TUMOR_1.tempus.json"])
def test_a_report_and_a_vcf_together_make_a_patient_eligible(report: str, tmp_path: Path) -> None:
    decision = screen(vcf(tmp_path), cn=VENDOR / report, assay="wes", diagnosis="BLCA")
    assert decision.eligibility is Eligibility.ELIGIBLE
    assert decision.warnings == ()


@pytest.mark.parametrize("report", ["TUMOR_1.caris.xml", "TUMOR_1.tempus_v3.json", "TUMOR_1_SNV.tsv"])
def test_the_same_variant_in_the_vcf_decides_and_without_it_nothing_does(report: str, tmp_path: Path) -> None:
    def tp53(*records: str) -> tuple[Status, list[str]]:
        decision = screen(vcf(tmp_path, *records), VENDOR / report, assay="wes", diagnosis="BLCA")
        (found,) = (call for call in decision.calls if call.criterion == "tp53_wild_type")
        return found.status, [reason.code for reason in found.reasons]

    assert tp53() == (Status.INDETERMINATE, ["T040"])
    assert tp53(vb.record("17", *vb.R175H["GRCh37"])) == (Status.NOT_MET, ["T002"])
