"""Illumina TSO 500: combined variant output, fold changes by gene, and both copy-number VCFs."""

from pathlib import Path

import pytest
from vendor_files import VENDOR, changed, made, of, one, read_made, read_path, read_text, said

from mdm2screen import screen
from mdm2screen.errors import BuildError, MalformedFileError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, Presence, PurityState, Reference, Scale
from mdm2screen.results import Status
from shared_data import shared

COMBINED = "TUMOR_1_CombinedVariantOutput.tsv"
FOLD_CHANGES = "TUMOR_1.cnv.fc.txt"
UNCORRECTED = (Scale.LINEAR_RATIO, Reference.DIPLOID, PurityState.UNCORRECTED)


def mdm2_status(*files: object, **options: object) -> Status:
    decision = screen(*files, **options)  # type: ignore[arg-type]
    return next(call.status for call in decision.calls if call.criterion == "mdm2_amplification")


# Combined variant output


def test_a_fold_change_is_a_linear_ratio_to_two_copies_that_nobody_corrected() -> None:
    segment = one(read_made(COMBINED))
    assert said(segment) == (5.6, *UNCORRECTED, False)
    assert (segment.source.line, segment.sample) == (25, "TUMOR_1")


def test_tumor_fraction_and_ploidy_are_those_of_the_instability_score() -> None:
    (record,) = read_made(COMBINED).purities
    assert (record.purity, record.ploidy, record.source.line) == (0.6, 2.2, 19)


@pytest.mark.parametrize(
    ("fraction", "ploidy", "expected"),
    [("NA", "NA", []), ("NA", "2.2", [(None, 2.2)]), ("0.60", "", [(0.6, None)])],
)
def test_a_fraction_that_is_not_available_is_none(
    fraction: str, ploidy: str, expected: list[tuple[float | None, float | None]]
) -> None:
    text = changed(
        COMBINED, ("Tumor Fraction\t0.60", f"Tumor Fraction\t{fraction}"), ("Ploidy\t2.2", f"Ploidy\t{ploidy}")
    )
    assert [(p.purity, p.ploidy) for p in read_text(text).purities] == expected


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Tumor Fraction\t0.60", "Tumor Fraction\t60", "value is '60', which is no tumor fraction"),
        ("Ploidy\t2.2", "Ploidy\t0", "value is '0', which is no number of copies"),
        ("MDM2\t5.600", "MDM2\t5,600", "fold_change is '5,600', which is not a number"),
        ("MDM2\t5.600", "MDM2\t5.600\t7", r"line 25: has 3 fields where the section \[gene amplifications\] has 2"),
        ("Gene\tFold Change\t", "Gene\tCopies\t", r"\[gene amplifications\] has no column fold_change"),
        ("[Gene Amplifications]", "[Something Else]", "has no section of gene amplifications"),
    ],
)
def test_what_does_not_parse_is_an_error_with_its_place(old: str, new: str, words: str) -> None:
    with pytest.raises(MalformedFileError, match=words):
        read_text(changed(COMBINED, (old, new)))


@pytest.mark.parametrize("rows", ["NA", "NA\t\t", ""])
def test_no_amplification_is_silence_and_not_normal(rows: str) -> None:
    text = changed(COMBINED, ("Gene\tFold Change", "Gene\tFold Change"))
    before, after = text.index("CDK4\t5.210"), text.index("[Splice Variants]")
    content = read_text(text[:before] + rows + "\n\n" + text[after:])
    assert of(content, "MDM2") == []
    assert content.copy_number


def test_a_missing_fold_change_is_no_number() -> None:
    segment = one(read_text(changed(COMBINED, ("MDM2\t5.600", "MDM2\tNA"))))
    assert segment.value is None


def test_a_tp53_row_is_a_variant_on_the_build_where_it_lies() -> None:
    content = read_made(COMBINED)
    (variant,) = content.variants
    assert (variant.contig, variant.pos, variant.ref, variant.alt) == ("17", 7579472, "G", "C")
    assert (variant.vaf, variant.depth, variant.filters) == (0.48, 511, ("PASS",))
    assert variant.presence is Presence.PRESENT
    assert content.file.build is Build.GRCH37
    moved = read_text(changed(COMBINED, ("7579472", "7676154")))
    assert moved.file.build is Build.GRCH38


def test_without_a_tp53_row_no_build_is_needed() -> None:
    content = read_text(changed(COMBINED, ("TP53\tchr17", "TP63\tchr17")))
    assert (content.variants, content.file.build, content.needs_build) == ((), None, False)
    assert one(content).value == 5.6


def test_a_build_against_the_tp53_row_is_refused() -> None:
    with pytest.raises(BuildError, match="TP53 is named at 17:7579472-7579472, where it lies on GRCh37"):
        read_made(COMBINED, Options(build=Build.GRCH38))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("chr17\t7579472", "chr17\t1000"),
        ("chr17\t7579472", "chr5\t7579472"),
        ("chr17\t7579472", "chr17\tNA"),
        ("\tG\tC\t0.48", "\t-\tC\t0.48"),
    ],
)
def test_a_tp53_row_that_cannot_be_placed_is_kept_by_its_name(old: str, new: str) -> None:
    content = read_text(changed(COMBINED, (old, new)))
    assert content.variants == ()
    (variant,) = content.reported
    assert (variant.hgvs_c, variant.hgvs_p) == ("NM_000546.5:c.215C>G", "NP_000537.3:p.(Pro72Arg)")
    assert (variant.vaf, variant.depth, variant.status) == (0.48, 511, "missense_variant")


def test_a_nonsense_variant_of_the_list_decides(tmp_path: Path) -> None:
    (tmp_path / COMBINED).write_text(changed(COMBINED, ("7579472\tG\tC", "7578212\tG\tA")))
    decision = screen(tmp_path / COMBINED)
    (call,) = (call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert call.status is Status.NOT_MET
    assert "TP53 p.Arg213Ter c.637C>T, VAF 48%: nonsense" in call.reasons[0].message


@pytest.mark.parametrize("title", ["[Gene Amplifications]", "[Copy Number Variants]"])
def test_in_plasma_a_gain_is_the_least_it_can_be(title: str) -> None:
    text = changed(COMBINED, ("[Gene Amplifications]", title))
    if title == "[Gene Amplifications]":
        text = text.replace("Oncology 500 Analysis", "Oncology 500 ctDNA Analysis")
    segment = one(read_text(text))
    assert (segment.value, segment.at_least, segment.label) == (5.6, True, "plasma: a gain is at least this")


@pytest.mark.parametrize("pair", ["TP53-KPNA3", "KPNA3-TP53", "KPNA3/TP53;WRAP53"])
def test_a_fusion_of_tp53_is_kept_by_name(pair: str) -> None:
    header = "Gene 2 Reference Reads\t\t\t\t\t\n"
    text = changed(COMBINED, (header, f"{header}{pair}\tchr17:7577000\tchr13:50300000\t51\t2\t3\n"))
    (found,) = read_text(text).reported
    assert found.words == f"fusion {pair}"


def test_a_small_variant_of_mdm2_is_dropped_by_name() -> None:
    content = read_text(changed(COMBINED, ("KMT2D\t", "MDM2\t")))
    assert content.file.records.dropped == {"small variant of MDM2, which no criterion asks for": 1}
    assert content.file.records.total == 4


# Fold changes of the ctDNA assay


def test_fold_changes_by_gene() -> None:
    content = read_made(FOLD_CHANGES)
    assert said(one(content)) == (2.4, *UNCORRECTED, True)
    assert said(one(content, "TP53")) == (0.7, *UNCORRECTED, False)
    assert (content.file.sample, content.file.records.total, one(content).label) == ("TUMOR_1", 3, "DUP")


def test_a_gain_in_plasma_is_never_not_met_but_a_called_loss_is() -> None:
    low_gain = changed(FOLD_CHANGES, ("2.400", "1.100"))
    assert one(read_text(low_gain)).at_least
    assert mdm2_status(VENDOR / FOLD_CHANGES) is Status.INDETERMINATE
    assert mdm2_status(VENDOR / FOLD_CHANGES, purity=0.2, specimen="plasma") is Status.MET  # (2 x 2.4 - 1.6) / 0.2 = 16


@pytest.mark.parametrize("purity", [None, 0.2, 0.6, 1.0])
def test_the_real_table_is_surely_not_amplified(purity: float | None) -> None:
    """MDM2 DEL 0.799: below two copies at every purity."""
    assert mdm2_status(shared("cn/tso500_Horizon.cnv.fc.txt"), purity=purity) is Status.NOT_MET


def test_the_real_tables_values() -> None:
    content = read_path(shared("cn/tso500_Horizon.cnv.fc.txt"))
    assert (one(content).value, one(content).label, content.file.records.total) == (0.799, "DEL", 12)


def test_two_samples_need_a_choice() -> None:
    text = made(FOLD_CHANGES) + "TUMOR_2\tMDM2\tDUP\t9.1\n"
    with pytest.raises(SampleError, match="holds 2 samples: TUMOR_1, TUMOR_2"):
        read_text(text)
    content = read_text(text, Options(cn_sample="TUMOR_2"))
    assert (one(content).value, content.file.records.dropped) == (9.1, {"another sample": 2})


def test_a_status_of_nothing_is_no_label() -> None:
    segment = one(read_text(changed(FOLD_CHANGES, ("MDM2\tDUP", "MDM2\t."))))
    assert (segment.label, segment.at_least) == (None, True)


# Copy-number VCFs


def test_the_local_apps_vcf_with_its_malformed_header() -> None:
    content = read_made("TUMOR_1.CopyNumberVariants.vcf")
    (mdm2,) = (s for s in content.segments if s.contig == "12")
    assert said(mdm2) == (6.45, *UNCORRECTED, False)
    assert (mdm2.producer, content.file.build, content.copy_number) == ("TSO 500 VCF", Build.GRCH37, True)


def test_an_unvalidated_deletion_of_the_local_app_is_no_number_and_goes_to_review() -> None:
    content = read_made("TUMOR_1.CopyNumberVariants.vcf")
    (tp53,) = (s for s in content.segments if s.contig == "17")
    assert (tp53.value, tp53.label) == (None, "LowValidation")
    assert [v.alt for v in content.variants] == ["<DEL>"]


def test_a_neutral_row_of_the_local_app_is_positive_evidence() -> None:
    text = changed("TUMOR_1.CopyNumberVariants.vcf", ("N\t<DUP>\t99", "N\t.\t99"), ("./1:6.450", "0/0:1.020"))
    (mdm2,) = (s for s in read_text(text).segments if s.contig == "12")
    assert mdm2.value == 1.02


def test_dragens_rows_are_of_the_gene_that_segid_names() -> None:
    content = read_made("TUMOR_1.cnv.vcf")
    mdm2 = one(content)
    assert said(mdm2) == (6.931, Scale.LINEAR_RATIO, Reference.UNKNOWN, PurityState.UNCORRECTED, False)
    assert (mdm2.start, mdm2.end, mdm2.probes) == (69202250, 69233500, 21)


def test_where_dragens_targets_of_a_gene_end_nothing_breaks() -> None:
    """One copy of TP53 lost is a value, not a structural variant: POS and END are those of the targets."""
    content = read_made("TUMOR_1.cnv.vcf")
    assert one(content, "TP53").value == 0.713
    assert content.variants == ()
    unnamed = read_text(changed("TUMOR_1.cnv.vcf", ("SEGID=TP53", "SEGID=17p")))
    assert [v.alt for v in unnamed.variants] == ["<DEL>"]


def test_a_failed_deletion_of_the_named_gene_goes_to_review() -> None:
    content = read_text(changed("TUMOR_1.cnv.vcf", ("<DEL>\t14\tPASS", "<DEL>\t14\tLoDFail")))
    assert one(content, "TP53").value is None
    assert [v.alt for v in content.variants] == ["<DEL>"]


def test_a_vcf_of_fold_changes_that_leaves_mdm2_out_is_a_silent_copy_number_file() -> None:
    lines = made("TUMOR_1.CopyNumberVariants.vcf").splitlines(keepends=True)
    content = read_text("".join(line for line in lines if not line.startswith(("chr12\t692", "chr17"))))
    assert content.segments == ()
    assert content.copy_number


def test_info_fc_is_no_fold_change() -> None:
    text = changed("TUMOR_1.CopyNumberVariants.vcf", ("END=69233500\tGT:FC", "END=69233500;FC=9.9\tGT:XX"))
    (mdm2,) = (s for s in read_text(text).segments if s.contig == "12")
    assert mdm2.scale is Scale.LABEL
