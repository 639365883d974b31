"""Which TP53 calls stand: filters by kind, germline statements and files, plasma, contamination, failed samples."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen import Decision, screen
from mdm2screen.errors import SampleError, UsageError
from mdm2screen.evidence import Evidence, gather
from mdm2screen.records import (
    ContaminationRecord,
    FilterKind,
    Presence,
    PurityRecord,
    Source,
    Specimen,
    VariantRecord,
)
from mdm2screen.results import Call, Disposition, Status, reason_codes
from shared_data import shared

ARTEFACT, GERMLINE = FilterKind.ARTEFACT, FilterKind.GERMLINE
LOW, REMARK = FilterKind.LOW_CONFIDENCE, FilterKind.INFORMATIONAL
VUS = (7578373, "T", "C")  # D186G
PLASMA = Specimen.PLASMA


def evaluate(given_: Evidence, **fields: Any) -> Call:
    rule = eb.protocol().local[1]
    return type(rule).model_validate(rule.model_dump() | fields).evaluate(given_)


def number(value: float | str, unit: str = "fraction") -> dict[str, Any]:
    return {"value": value, "unit": unit, "source": "made"}


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def of(
    *records: VariantRecord, specimen: Specimen | None = None, purity: float | None = None, **content: Any
) -> Evidence:
    file = eb.content("made.vcf", variants=records, format="vcf", small_variants=True, **content)
    stated = None if purity is None else PurityRecord(purity=purity, ploidy=None, source=Source(file="options"))
    return gather([file], assay="wes", specimen=specimen, given=stated)


# Filters by kind


@pytest.mark.parametrize(
    ("filters", "kinds", "code", "words"),
    [
        (("strand_bias",), (ARTEFACT,), "T005", "FILTER is strand_bias (artefact)"),
        (("weak_evidence", "position"), (LOW, ARTEFACT), "T005", "weak_evidence;position (low confidence, artefact)"),
        (("germline",), (GERMLINE,), "T035", "FILTER is germline (germline)"),
        (("germline", "strand_bias"), (GERMLINE, ARTEFACT), "T035", "germline;strand_bias (germline, artefact)"),
    ],
)
def test_a_failed_filter_is_reviewed_with_what_it_means(
    filters: tuple[str, ...], kinds: tuple[FilterKind, ...], code: str, words: str
) -> None:
    found = evaluate(of(eb.variant(filters=filters, filter_kinds=kinds)))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, [code])
    assert words in found.reasons[0].message
    assert found.tp53 is not None
    assert found.tp53.variants[0].filter_kinds == kinds


def test_a_token_documented_as_a_remark_rejects_nothing() -> None:
    found = evaluate(of(eb.variant(filters=("GAIN",), filter_kinds=(REMARK,))))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])
    mixed = evaluate(of(eb.variant(filters=("GAIN", "odd"), filter_kinds=(REMARK, LOW))))
    assert (mixed.status, codes(mixed)) == (Status.INDETERMINATE, ["T005"])


def test_a_germline_filter_says_more_than_the_reference_genotype_beside_it() -> None:
    """DeepSomatic writes 0/0 and the filter GERMLINE for what the normal genome has."""
    found = evaluate(of(eb.variant(filters=("GERMLINE",), filter_kinds=(GERMLINE,), presence=Presence.NO_CALL)))
    assert codes(found) == ["T035"]


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((GERMLINE,), Status.INDETERMINATE),
        ((GERMLINE, GERMLINE), Status.INDETERMINATE),
        ((GERMLINE, ARTEFACT), Status.MET),
        ((ARTEFACT,), Status.MET),
        ((LOW,), Status.MET),
    ],
)
def test_a_germline_filter_alone_does_not_doubt_that_a_change_is_there(
    kinds: tuple[FilterKind, ...], status: Status
) -> None:
    tokens = tuple(f"token{n}" for n in range(len(kinds)))
    assert evaluate(of(eb.variant(*VUS, filters=tokens, filter_kinds=kinds))).status is status


# Germline statements


def test_a_variant_that_passes_and_is_called_germline_is_not_wild_type_and_concerns_the_family() -> None:
    found = evaluate(of(eb.variant(germline="VarScan calls it germline")))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002", "T036"])
    assert found.reasons[1].message == "TP53 variant at 17:7578406 C>T: VarScan calls it germline"
    assert "genetics" in reason_codes()["T036"].meaning
    assert found.reasons[1].flag == "tp53_germline"


def test_a_harmless_germline_variant_is_no_matter() -> None:
    found = evaluate(of(eb.variant(7579472, "G", "C", germline="it is in databases of germline variants")))
    assert (found.status, codes(found)) == (Status.MET, ["T001"])


# Germline files

CALLER = "called by HaplotypeCaller, which is made for germline variants"


def test_a_tumor_that_one_file_names_and_another_calls_tumor(tmp_path: Path) -> None:
    """VarDict writes the names of its BAMs, Strelka NORMAL and TUMOR."""
    p72r = vb.record("17", 7579472, "G", "C", samples=["0/0:100,0:0:100", "0/1:60,40:0.4:100"])
    r175h = vb.record("17", *vb.R175H["GRCh37"], samples=["0/1:60,40:0.4:100", "0/0:100,0:0:100"])
    vardict = vb.write(tmp_path / "vardict.vcf", [*vb.header(samples=("P1_a", "P1_b")), p72r])
    strelka = vb.write(tmp_path / "strelka.vcf", [*vb.header(samples=("NORMAL", "TUMOR")), r175h])
    decision = screen(vardict, strelka, assay="wes", tumor_sample="P1_b")
    call = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert [reason.code for reason in call.reasons] == ["T042"]  # TUMOR was read, and NORMAL has the hotspot
    notes = {one.name: one.notes for one in decision.inputs}
    assert notes["strelka.vcf"] == ("no column is named P1_b; TUMOR was taken for the tumor",)
    with pytest.raises(SampleError, match=r"no file has a sample P1_b; the tumor seems to be TUMOR \(strelka\.vcf\)"):
        screen(strelka, tumor_sample="P1_b")
    with pytest.raises(SampleError, match=r"vardict\.vcf: has no sample TUMOR"):
        screen(vardict, strelka, tumor_sample="TUMOR")


def test_a_germline_callers_silence_shows_no_wild_type() -> None:
    found = evaluate(of(germline=CALLER))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T037"])
    assert "made.vcf was called by HaplotypeCaller" in found.reasons[0].message


def test_what_a_germline_caller_does_find_counts() -> None:
    found = evaluate(of(eb.variant(germline=CALLER), germline=CALLER))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002", "T036", "T037"])


def test_beside_a_tumors_calls_a_germline_file_takes_nothing_away() -> None:
    files = [
        eb.content("normal.vcf", format="vcf", small_variants=True, germline=CALLER),
        eb.content("tumor.vcf", format="vcf", small_variants=True),
    ]
    assert evaluate(gather(files, assay="wes")).status is Status.MET
    silent = [files[0], files[1].model_copy(update={"small_variants": False})]
    assert codes(evaluate(gather(silent, assay="wes"))) == ["T037"]


# Plasma


def test_in_plasma_without_a_matched_normal_a_variant_may_be_of_blood_cells() -> None:
    for vaf in (0.003, 0.3, None):
        found = evaluate(of(eb.variant(vaf=vaf), specimen=PLASMA))
        assert found.status is Status.INDETERMINATE
        assert codes(found)[0] == "T038"
        assert found.reasons[0].flag == "tp53_blood_cells"


@pytest.mark.parametrize("changes", [{"specimen": PLASMA, "matched_normal": True}, {"specimen": Specimen.TISSUE}, {}])
def test_in_tissue_or_beside_a_matched_normal_it_counts(changes: dict[str, Any]) -> None:
    found = evaluate(of(eb.variant(vaf=0.003), **changes))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


@pytest.mark.parametrize(
    ("vaf", "status"),
    [(0.3, Status.NOT_MET), (0.1, Status.NOT_MET), (0.09, Status.INDETERMINATE), (None, Status.INDETERMINATE)],
)
def test_a_protocol_may_say_from_which_fraction_on_it_is_the_tumors(vaf: float | None, status: Status) -> None:
    assert evaluate(of(eb.variant(vaf=vaf), specimen=PLASMA), chip_vaf=number(0.1)).status is status


@pytest.mark.parametrize(
    ("purity", "least", "expected"),
    [
        (None, "unknown", ["T039"]),
        (0.6, "unknown", ["T039"]),
        (None, 0.2, ["T039"]),
        (0.19, 0.2, ["T039"]),
        (0.2, 0.2, ["T001"]),
    ],
)
def test_nothing_found_in_plasma_is_no_wild_type_unless_enough_of_it_is_the_tumors(
    purity: float | None, least: float | str, expected: list[str]
) -> None:
    found = evaluate(of(specimen=PLASMA, purity=purity), plasma_fraction_min=number(least))
    assert codes(found) == expected


def test_a_counting_variant_in_plasma_needs_no_word_on_silence() -> None:
    found = evaluate(of(eb.variant(), specimen=PLASMA, matched_normal=True))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


# Failed samples


def contaminated(fraction: float) -> Evidence:
    record = ContaminationRecord(fraction=fraction, error=0.002, source=Source(file="contamination.table", line=2))
    return of().model_copy(update={"contaminations": (record,)})


@pytest.mark.parametrize(
    ("fraction", "limit", "expected"),
    [(0.03, 0.02, ["T017"]), (0.02, 0.02, ["T001"]), (0.03, "unknown", ["T001"]), (0.0, 0.0, ["T001"])],
)
def test_contamination_above_the_protocols_limit_fails_the_sample(
    fraction: float, limit: float | str, expected: list[str]
) -> None:
    assert codes(evaluate(contaminated(fraction), contamination_max=number(limit))) == expected


def test_contamination_is_shown_whatever_the_protocol_says() -> None:
    (warning,) = eb.decide(contaminated(0.03)).warnings
    assert (warning.code, warning.evidence[0].line) == ("S004", 2)
    assert "a fraction of 0.03 (error 0.002) of the reads comes from another person" in warning.message
    assert "contamination" in eb.decide(contaminated(0.03)).central_confirmation.flags
    assert eb.decide(contaminated(0.0)).warnings == ()


# Laws


@given(
    st.lists(st.sampled_from([ARTEFACT, GERMLINE, LOW, REMARK]), max_size=3),
    st.sampled_from(list(Presence)),
    st.one_of(st.none(), st.floats(0, 1)),
    st.sampled_from([None, Specimen.TISSUE, PLASMA]),
    st.booleans(),
    st.sampled_from([None, CALLER]),
)
def test_a_variant_that_takes_function_away_never_leaves_wild_type_proven(
    kinds: list[FilterKind],
    presence: Presence,
    vaf: float | None,
    specimen: Specimen | None,
    matched: bool,
    germline: str | None,
) -> None:
    tokens = tuple(f"token{n}" for n in range(len(kinds))) or ("PASS",)
    variant = eb.variant(filters=tokens, filter_kinds=tuple(kinds), presence=presence, vaf=vaf, germline=germline)
    found = evaluate(of(variant, specimen=specimen, matched_normal=matched, germline=germline))
    assert found.status is not Status.MET
    assert found.tp53 is not None
    assert found.tp53.variants[0].counts is not Disposition.IGNORED
    if found.status is Status.INDETERMINATE:
        assert any(reason.resolve for reason in found.reasons)


# From the file to the decision


def decision(path: Path, *records: str, header: list[str] | None = None, **options: Any) -> Decision:
    lines = header or vb.header(extra=("##source=Mutect2", "##tumor_sample=TUMOR"))
    columns = lines[-1].count("\t") + 1
    far = vb.record(*vb.ELSEWHERE, samples=("0/1:60,40:0.4:100",) * (columns - 9))
    return screen(vb.write(path / "made.vcf", [*lines, *records, far]), assay="wes", **options)


def tp53(found: Decision) -> list[str]:
    return [reason.code for call in found.calls if call.criterion == "tp53_wild_type" for reason in call.reasons]


def test_the_failed_allele_of_a_passed_site_goes_to_review(tmp_path: Path) -> None:
    def site(status: str) -> str:
        info = f"AS_FilterStatus={status}"
        return vb.record("17", 7578406, "C", "G,T", info=info, samples=("0/1/2:60,20,20:0.2,0.2:100",))

    failed = decision(tmp_path, site("weak_evidence|weak_evidence"))
    assert tp53(failed) == ["T005", "T005"]
    one = decision(tmp_path, site("weak_evidence|SITE"))
    assert tp53(one) == ["T002", "T005"]


def test_the_specimen_is_an_option_and_stands_in_the_decision(tmp_path: Path) -> None:
    record = vb.record("17", *vb.R175H["GRCh37"])
    found = decision(tmp_path, record, specimen="Plasma")
    assert found.specimen is PLASMA
    assert tp53(found) == ["T038", "T039"]
    assert [warning.code for warning in found.warnings] == ["S005"]
    assert decision(tmp_path, record).specimen is None
    with pytest.raises(UsageError, match="--specimen urine is not known"):
        decision(tmp_path, record, specimen="urine")


def test_a_matched_normal_in_the_file_settles_whose_cells_they_are(tmp_path: Path) -> None:
    record = vb.record("17", *vb.R175H["GRCh37"], samples=("0/0:90,0:0:90", "0/1:60,40:0.4:100"))
    header = vb.header(samples=("A", "B"), extra=("##normal_sample=A", "##tumor_sample=B"))
    assert tp53(decision(tmp_path, record, header=header, specimen="plasma")) == ["T002"]


QC_FILES = {
    "PURPLE contamination": ("T.purple.qc", "QCStatus\tFAIL_CONTAMINATION\nMethod\tNORMAL\nPurity\t0.6\n"),
    "PURPLE no tumor": ("T.purple.qc", "QCStatus\tFAIL_NO_TUMOR\nMethod\tNO_TUMOR\nPurity\t1.0\n"),
    "PURPLE fit without a tumor": (
        "T.purple.purity.tsv",
        "purity\tnormFactor\tscore\tdiploidProportion\tploidy\tgender\tstatus\n1.0\t1\t1\t0.1\t2\tMALE\tNO_TUMOR\n",
    ),
}


@pytest.mark.parametrize("name", QC_FILES)
@pytest.mark.parametrize("mutated", [True, False])
def test_a_failed_sample_gets_neither_answer_whichever_file_says_so(tmp_path: Path, name: str, mutated: bool) -> None:
    file, text = QC_FILES[name]
    (tmp_path / file).write_text(text)
    records = [vb.record("17", *vb.R175H["GRCh37"])] if mutated else []
    found = decision(tmp_path, *records, cn=tmp_path / file)
    assert tp53(found)[0] == "T017"
    assert next(c.status for c in found.calls if c.criterion == "tp53_wild_type") is Status.INDETERMINATE


def test_contamination_reaches_the_decision(tmp_path: Path) -> None:
    (tmp_path / "c.table").write_text("sample\tcontamination\terror\nTUMOR\t0.021\t0.003\n")
    found = decision(tmp_path, cn=tmp_path / "c.table")
    assert [warning.code for warning in found.warnings] == ["S004"]


def test_the_real_germline_file_shows_no_wild_type() -> None:
    path = shared("vcf/dragen_SEQC2_germline.hard-filtered.vcf.gz")
    found = screen(path, assay="wgs", tumor_sample="SEQC-II_normal")
    assert tp53(found) == ["T037"]


def test_real_files_of_tumor_callers_are_not_taken_for_germline() -> None:
    assert tp53(screen(shared("vcf/tso500_pisces_Lovo_nuc.vcf"), assay="wes")) == ["T001"]
    plasma = screen(shared("vcf/tso500_pisces_Horizon_2-000_rep1.vcf"), assay="wes", specimen="plasma")
    assert set(tp53(plasma)) >= {"T038", "T039"}
    assert "T002" not in tp53(plasma)


# Rows that list a hotspot without a variant


@pytest.mark.parametrize(
    ("alt", "filter_", "format_", "sample", "expected"),
    [
        (".", "PASS", "GT:GQ:AD:DP:VF", "0/0:100:500:500:0.00000", ["T001"]),  # a genome VCF of Pisces
        ("T", "PASS", "GT:GQ:AD:DP:VF", "0/0:100:500,0:500:0.00000", ["T001"]),
        ("T", "LowSupport", "GT:GQ:AD:DP:VF", "0/0:100:498,2:500:0.00400", ["T001"]),
        ("T", "LowDP", "GT:GQ:AD:DP:VF", "./.:0:3,0:3:0.00000", ["T008"]),  # not called is not excluded
        ("T", "PASS", "GT:GQ:DP:FDP:AO:FAO:AF", "0/0:99:1667:1666:0:0:0", ["T001"]),  # Oncomine
        ("T", "NOCALL", "GT:GQ:DP:FDP:AO:FAO:AF", "./.:0:10:10:0:0:0", ["T008"]),
    ],
)
def test_a_hotspot_row_without_a_variant_is_none(
    tmp_path: Path, alt: str, filter_: str, format_: str, sample: str, expected: list[str]
) -> None:
    record = vb.record("17", 7578406, "C", alt, filter_=filter_, format_=format_, samples=(sample,))
    assert tp53(decision(tmp_path, record)) == expected


def test_a_hotspot_of_the_normal_that_the_tumor_denies_is_looked_at(tmp_path: Path) -> None:
    """Columns named the wrong way round would hide the tumor's mutation behind a reference genotype."""
    lines = [
        *vb.header(samples=("NORMAL", "TUMOR")),
        vb.record("17", *vb.R175H["GRCh37"], samples=("0/1:50,48:0.49:98", "0/0:100,0:0:100")),
        vb.record("17", 7579472, "G", "C", samples=("0/1:50,48:0.49:98", "0/0:100,0:0:100")),
        vb.record("20", 1000000, "A", "G", samples=("0/0:50,0:0:50", "0/1:60,40:0.4:100")),
    ]
    path = vb.write(tmp_path / "pair.vcf", lines)
    decision = screen(path, assay="wes")
    call = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert call.status is Status.INDETERMINATE
    assert [reason.code for reason in call.reasons] == ["T042"]
    swapped = screen(path, assay="wes", tumor_sample="NORMAL")
    assert next(c for c in swapped.calls if c.criterion == "tp53_wild_type").status is Status.NOT_MET


def test_in_a_file_of_many_tumors_another_ones_hotspot_is_none_of_the_tumor(tmp_path: Path) -> None:
    lines = [
        *vb.header(samples=("A", "B", "C")),
        vb.record("17", *vb.R175H["GRCh37"], samples=("0/1:50,48:0.49:98", "0/0:100,0:0:100", "0/0:9,0:0:9")),
        vb.record("20", 1000000, "A", "G", samples=("0/1:50,48:0.49:98",) * 3),
    ]
    decision = screen(vb.write(tmp_path / "many.vcf", lines), assay="wes", tumor_sample="B")
    assert next(c for c in decision.calls if c.criterion == "tp53_wild_type").status is Status.MET
