"""Foundation Medicine XML: whose number it is, what is no number, and what the report says by name."""

import pytest
from vendor_files import VENDOR, changed, of, one, read_made, read_text, said

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from mdm2screen.results import Status

REPORT = "TUMOR_1.foundation.xml"
COPIES = 'copy-number="27"'
CORRECTED = (Scale.TUMOR_COPIES, Reference.DIPLOID, PurityState.CORRECTED)
SHORT = (
    '<short-variant allele-fraction="0.3100" cds-effect="{c}" depth="640" gene="TP53" position="chr17:7578406" '
    'protein-effect="{p}" status="known" strand="-" transcript="NM_000546"/></short-variants>'
)


def with_variant(coding: str, protein: str) -> str:
    return changed(REPORT, ("</short-variants>", SHORT.format(c=coding, p=protein)))


def test_copy_number_is_tumor_copies_that_the_producer_corrected() -> None:
    content = read_made(REPORT)
    segment = one(content)
    assert said(segment) == (27, *CORRECTED, False)
    assert segment.label == "amplification"
    assert (segment.source.line, segment.source.locus) == (13, "MDM2 chr12:69202190-69233452")
    assert (content.file.sample, content.file.build) == ("TUMOR_1", None)


def test_copies_are_not_corrected_again_by_the_purity_beside_them() -> None:
    decision = screen(VENDOR / REPORT)
    assert decision.mdm2 is not None
    assert (decision.mdm2.copies, decision.mdm2.purity) == (27, 0.355)


def test_without_copy_number_the_ratio_is_linear_to_two_copies_and_uncorrected() -> None:
    segment = one(read_text(changed(REPORT, (COPIES + " ", ""))))
    expected = (5.44, Scale.LINEAR_RATIO, Reference.DIPLOID, PurityState.UNCORRECTED, False)
    assert said(segment) == expected


def test_neither_number_is_a_label() -> None:
    text = changed(REPORT, (COPIES + " ", ""), (' ratio="5.44"', ""))
    segment = one(read_text(text))
    assert (segment.value, segment.scale, segment.label) == (None, Scale.LABEL, "amplification")


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ('equivocal="false" gene="MDM2"', 'equivocal="true" gene="MDM2"', "amplification, equivocal"),
        ("11 of 11", "5 of 11", "amplification, exons 5 of 11"),
        (
            '"known" type="amplification">',
            '"known" type="partial amplification">',
            "partial amplification, a part of the",
        ),
        ("chr12:69202190", "chr12:58202190", "amplification, at chr12:58202190-69233452"),
        ("chr12:69202190-69233452", "chr11:69202190-69233452", "amplification, at chr11:69202190-69233452, where MDM2"),
    ],
)
def test_what_the_report_doubts_or_contradicts_is_no_number_but_is_shown(old: str, new: str, label: str) -> None:
    segment = one(read_text(changed(REPORT, (old, new))))
    if "58202190" in new:  # a stretch from CDK4 to MDM2 holds the gene
        assert segment.value == 27
        return
    assert segment.value is None
    assert segment.label is not None
    assert segment.label.startswith(label)
    assert segment.label.endswith("copy-number 27, ratio 5.44")


@pytest.mark.parametrize("place", ["ch12:69202190-69233452", "12:69202190-69233452", "12q15", ""])
def test_a_place_that_is_misspelt_or_absent_takes_nothing_away(place: str) -> None:
    segment = one(read_text(changed(REPORT, ("chr12:69202190-69233452", place))))
    assert segment.value == 27


@pytest.mark.parametrize("build", Build)
def test_the_build_of_other_files_does_not_matter(build: Build) -> None:
    assert one(read_made(REPORT, Options(build=build))).value == 27
    assert screen(VENDOR / REPORT, build=build).calls[0].status is Status.MET


def test_gene_names_elsewhere_in_the_report_are_no_findings() -> None:
    """The final report in front of the findings names MDM2, too."""
    content = read_text(changed(REPORT, ('gene="MDM2"', 'gene="MDM4"')))
    assert of(content, "MDM2") == []


def test_a_copy_number_of_words_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match=r"line 13 .*copy-number is 'many', which is not a number"):
        read_text(changed(REPORT, (COPIES, 'copy-number="many"')))


def test_plasma_is_not_corrected_and_the_least_it_can_be() -> None:
    segment = one(read_text(changed(REPORT, ("FoundationOneDx", "FoundationOneLiquidDx"))))
    assert said(segment) == (27, Scale.OBSERVED_COPIES, Reference.DIPLOID, PurityState.UNKNOWN, True)


def test_a_loss_of_both_copies_of_tp53_decides() -> None:
    text = changed(REPORT, ('gene="CCND3"', 'gene="TP53"'), ('copy-number="6" equivocal="true"', 'copy-number="0"'))
    text = text.replace("chr6:41900000-41950000", "chr17:7573000-7579900").replace(
        'ratio="1.71" status="known" type="amplification"', 'ratio="0.7" status="known" type="loss"'
    )
    assert said(one(read_text(text), "TP53")) == (0, *CORRECTED, False)


# Purity and quality


@pytest.mark.parametrize(
    ("assessment", "nuclei", "purity", "place"),
    [
        ("35.5", "40", 0.355, "purity-assessment"),
        ("", "40", 0.4, "percent-tumor-nuclei"),
        ("Not available", "40", 0.4, "percent-tumor-nuclei"),
        ("0", "40", 0.4, "percent-tumor-nuclei"),
        ("100", "", 1.0, "purity-assessment"),
    ],
)
def test_the_purity_is_the_assessed_one_else_the_pathologists(
    assessment: str, nuclei: str, purity: float, place: str
) -> None:
    text = changed(REPORT, ('"35.5"', f'"{assessment}"'), ('nuclei="40"', f'nuclei="{nuclei}"'))
    (record,) = read_text(text).purities
    assert (record.purity, record.source.locus) == (purity, place)


def test_words_and_zero_give_no_purity_and_a_note() -> None:
    text = changed(REPORT, ('"35.5"', '"unsure"'), ('nuclei="40"', 'nuclei="0"'))
    content = read_text(text)
    assert content.purities == ()
    assert content.file.notes == (
        "purity-assessment is 'unsure': no number, so no purity was taken from it",
        "percent-tumor-nuclei is 0, which is no measurement: no purity was taken from it",
    )


def test_a_purity_above_a_hundred_percent_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="purity-assessment is 355, which is no percentage"):
        read_text(changed(REPORT, ('"35.5"', '"355"')))


@pytest.mark.parametrize(("status", "passed"), [("Pass", True), ("Qualified", True), ("Fail", False)])
def test_the_reports_own_quality_verdict(status: str, passed: bool) -> None:
    content = read_text(changed(REPORT, ('status="Pass"', f'status="{status}"')))
    assert [(record.passed, record.status) for record in content.qc] == [(passed, status)]
    notes = () if status == "Pass" else (f"the report's quality control is {status}",)
    assert content.file.notes == notes


# TP53 by name


def test_a_short_variant_of_tp53_is_kept_by_name() -> None:
    (variant,) = read_text(with_variant("524G&gt;A", "R175H")).reported
    assert (variant.hgvs_c, variant.hgvs_p, variant.words) == ("c.524G>A", "p.R175H", "R175H (524G>A)")
    assert (variant.vaf, variant.depth, variant.status) == (0.31, 640, "known")


def test_a_splice_site_is_no_protein_change() -> None:
    (variant,) = read_text(with_variant("672+1G&gt;A", "splice site 672+1G&gt;A")).reported
    assert (variant.hgvs_c, variant.hgvs_p) == ("c.672+1G>A", None)


def test_a_rearrangement_of_tp53_is_kept_by_name() -> None:
    (variant,) = read_text(changed(REPORT, ('targeted-gene="NF1"', 'targeted-gene="TP53"'))).reported
    assert variant.words == "rearrangement truncation (ch17:29550000-29880000, ch6:66420000-66427000)"
    (partner,) = read_text(changed(REPORT, ('other-gene="N/A"', 'other-gene="TP53"'))).reported
    assert partner.words.startswith("rearrangement truncation NF1 (")


def test_a_short_variant_of_mdm2_is_dropped_by_name() -> None:
    content = read_text(changed(REPORT, ('gene="FGFR3"', 'gene="MDM2"')))
    assert content.file.records.dropped == {"small variant of MDM2, which no criterion asks for": 1}
    assert (content.file.records.total, content.file.records.used) == (4, 1)


# The document


def test_several_reports_in_one_file_are_refused() -> None:
    text = changed(REPORT, ("</variant-report>", "</variant-report><variant-report/>"))
    with pytest.raises(MalformedFileError, match="holds 2 variant reports where one is expected"):
        read_text(text)


def test_a_single_finding_reads_like_one_of_many() -> None:
    text = changed(REPORT, ('gene="CCND3"', 'gene="CCND2"'))
    start = text.index('        <copy-number-alteration copy-number="6"')
    alone = text[:start] + text[text.index("      </copy-number-alterations>") :]
    assert said(one(read_text(alone))) == said(one(read_made(REPORT)))
