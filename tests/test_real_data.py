"""Real files that nobody here made, against their documented truth."""

from pathlib import Path

import pytest

from mdm2screen import Decision, readers, screen
from mdm2screen.errors import ReferenceMismatchError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.results import Eligibility, Status, Tp53Variant
from shared_data import shared


def status(decision: Decision, criterion: str) -> Status:
    return next(call.status for call in decision.calls if call.criterion == criterion)


def counting(decision: Decision) -> list[Tp53Variant]:
    assert decision.tp53 is not None
    return [variant for variant in decision.tp53.variants if variant.counts == "disqualifies"]


def all_text(decision: Decision) -> str:
    return " ".join(reason.message for call in decision.calls for reason in call.reasons)


def test_melanoma_log2_of_2_82_meets_the_threshold_even_at_purity_one() -> None:
    decision = screen(shared("cn/cnvkit_TR_95_T.cns"), build="GRCh37")
    assert status(decision, "mdm2_amplification") is Status.MET
    assert decision.mdm2 is not None
    assert decision.mdm2.interval is not None
    assert decision.mdm2.interval.low == pytest.approx(2 * 2**2.817)


def test_gatk_ladder_is_open_and_names_the_purity_that_decides() -> None:
    decision = screen(shared("cn/gatk_SM-74NF5.called.seg"))
    assert status(decision, "mdm2_amplification") is Status.INDETERMINATE
    assert decision.mdm2 is not None
    # Illumina's formula solved for purity: 2 (r - 1) / (12 - 2) at a ploidy of 2
    assert decision.mdm2.needed_purity == pytest.approx(2 * (2**1.571223 - 1) / 10, abs=1e-3)
    assert "at a purity of 0.39 or less (ploidy 2)" in all_text(decision)
    at_that_purity = screen(shared("cn/gatk_SM-74NF5.called.seg"), purity=0.3, ploidy=2)
    assert status(at_that_purity, "mdm2_amplification") is Status.MET
    above_it = screen(shared("cn/gatk_SM-74NF5.called.seg"), purity=0.6, ploidy=2)
    assert status(above_it, "mdm2_amplification") is Status.NOT_MET


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("cn/cnvkit_p2-9_2.call.cns", "GRCh37"),
        ("cn/cnvkit_nv3.cns", "GRCh37"),
        ("cn/cnvkit_amplicon.cns", "GRCh37"),
        ("cn/dragen_cnv_HG002.cnv.vcf.gz", None),
        ("cn/gatk4_modelFinal_example.seg.gz", None),
        ("vcf/oncomine_OCAv3_ionreporter.vcf", None),
    ],
)
def test_positive_evidence_of_no_amplification(name: str, build: str | None) -> None:
    assert status(screen(shared(name), build=build), "mdm2_amplification") is Status.NOT_MET


def test_purple_copies_are_not_corrected_again_by_the_purity_beside_them() -> None:
    decision = screen(shared("cn/purple_v2.16_CUP.purple.cnv"), cn=shared("cn/purple_v2.16_CUP.purple.purity"))
    assert status(decision, "mdm2_amplification") is Status.NOT_MET
    assert decision.mdm2 is not None
    assert (decision.mdm2.copies, decision.mdm2.purity) == (2.0, 0.13)


@pytest.mark.parametrize(
    ("name", "build", "protein", "coding"),
    [
        ("dragen_SEQC2_HCC1395.somatic.hard-filtered.vcf.gz", None, "p.Arg175His", "c.524G>A"),
        ("pcgr_T001-BRCA.grch37.vcf.gz", "GRCh37", "p.Val272Met", "c.814G>A"),
        ("pcgr_T001-BRCA.grch38.vcf.gz", "GRCh38", "p.Val272Met", "c.814G>A"),
        ("pcgr_T001-COAD.grch37.vcf.gz", "GRCh37", "p.Val73TrpfsTer50", "c.216del"),
        ("pcgr_T001-COAD.grch38.vcf.gz", "GRCh38", "p.Val73TrpfsTer50", "c.216del"),
        ("scout_cancer_test.freebayes_mutect_VEP95_CSQ.vcf.gz", None, "p.Ser241Phe", "c.722C>T"),
        ("oncomine_OCAv3_ionreporter.vcf", None, "p.Tyr220Cys", "c.659A>G"),
    ],
)
def test_tp53_mutated(name: str, build: str | None, protein: str, coding: str) -> None:
    decision = screen(shared(f"vcf/{name}"), build=build, assay="wes")
    assert status(decision, "tp53_wild_type") is Status.NOT_MET
    assert [(v.hgvs_p, v.hgvs_c) for v in counting(decision)] == [(protein, coding)]
    assert protein in decision.headline


def test_oncomine_hotspot_rows_are_no_variants() -> None:
    decision = screen(shared("vcf/oncomine_OCAv3_ionreporter.vcf"))
    assert decision.tp53 is not None
    named = {v.hgvs_p: v for v in decision.tp53.variants if v.counts != "ignored"}
    assert {"p.Tyr220Cys", "p.Asp186Gly"} <= set(named)
    assert named["p.Tyr220Cys"].vaf == pytest.approx(0.635589)
    (file,) = decision.inputs
    assert file.records.dropped["reference genotype in the tumor sample"] > 400
    assert file.records.in_windows == file.records.used + sum(file.records.dropped.values())


def test_lovo_is_wild_type_only_where_coverage_is_declared() -> None:
    lovo = shared("vcf/tso500_pisces_Lovo_nuc.vcf")
    undeclared = screen(lovo)
    assert status(undeclared, "tp53_wild_type") is Status.INDETERMINATE
    assert "--assay" in " ".join(undeclared.to_resolve)
    declared = screen(lovo, assay="wes")
    assert status(declared, "tp53_wild_type") is Status.MET
    assert "tp53_coverage_declared" in declared.central_confirmation.flags


def test_five_samples_in_one_file_ask_which_is_the_tumor() -> None:
    with pytest.raises(SampleError, match="s0, s1, s2, s3, s4") as error:
        screen(shared("vcf/opencravat_example.hg38.vcf"))
    assert "--tumor-sample" in str(error.value)


@pytest.mark.parametrize(
    ("sample", "expected", "proteins"),
    [
        ("s0", Status.NOT_MET, {"p.His193Leu"}),
        ("s1", Status.NOT_MET, {"p.Ser241Phe", "p.Cys242Trp", "p.Met133Lys"}),
        ("s2", Status.MET, set()),
        ("s3", Status.MET, set()),
        ("s4", Status.MET, set()),
    ],
)
def test_each_of_five_samples_has_its_own_answer(sample: str, expected: Status, proteins: set[str]) -> None:
    decision = screen(shared("vcf/opencravat_example.hg38.vcf"), tumor_sample=sample, assay="wes")
    assert status(decision, "tp53_wild_type") is expected
    assert {v.hgvs_p for v in counting(decision)} == proteins


def test_a_file_whose_ref_is_not_the_genome_is_refused() -> None:
    with pytest.raises(ReferenceMismatchError, match=r"REF has C at chromosome 17 position 7676153"):
        screen(shared("vcf/varcode_vep_csq_multiallelic.vcf"))


def test_wrong_build_is_never_wild_type() -> None:
    decision = screen(shared("vcf/pcgr_T001-BRCA.grch38.vcf.gz"), build="GRCh37", assay="wes")
    assert status(decision, "tp53_wild_type") is Status.INDETERMINATE
    assert "GRCh38" in all_text(decision)


def test_last_base_of_exon_4_goes_to_review_though_synonymous() -> None:
    answers = {
        screen(shared(f"vcf/vcf2maf_test.grch{build}.vcf"), build=f"GRCh{build}", assay="wes").headline
        for build in (37, 38)
    }
    assert len(answers) == 1
    decision = screen(shared("vcf/vcf2maf_test.grch37.vcf"), build="GRCh37", assay="wes")
    assert [c.code for call in decision.calls for c in call.reasons if c.code.startswith("T")] == ["T004"]


def test_unfiltered_mutect2_is_not_taken_as_passed() -> None:
    decision = screen(shared("vcf/gatk_mutect2_cfdna_unfiltered.vcf"), assay="wes")
    assert decision.tp53 is not None
    assert [(v.hgvs_p, v.filter, v.classification) for v in decision.tp53.variants] == [("p.Pro72Arg", ".", "benign")]


def test_a_normal_handed_in_as_tumor_is_noticed() -> None:
    with pytest.raises(SampleError, match="reads as a normal"):
        screen(shared("vcf/dragen_SEQC2_germline.hard-filtered.vcf.gz"))


@pytest.mark.parametrize(
    "name",
    ["dragen_SEQC2_HCC1395.somatic.sv.vcf.gz", "scout_tumor_only.CNVkit+Manta.vcf.gz"],
)
def test_structural_files_say_nothing_of_point_mutations(name: str) -> None:
    decision = screen(shared(f"vcf/{name}"), assay="wgs")
    assert status(decision, "tp53_wild_type") is Status.INDETERMINATE
    assert status(decision, "mdm2_amplification") is Status.INDETERMINATE


@pytest.mark.parametrize(
    ("name", "sample", "build", "records"),
    [
        ("dragen_SEQC2_HCC1395.somatic.sv.vcf.gz", None, "GRCh38", 1_000),
        ("scout_manta_VEP94.sv.vcf.gz", "999-99", "GRCh37", 10),
    ],
)
def test_a_list_of_rearrangements_without_one_of_tp53_holds_nothing(
    name: str, sample: str | None, build: str, records: int
) -> None:
    content = readers.read(shared(f"vcf/{name}"), Options(tumor_sample=sample))
    assert (content.variants, content.segments, content.rearrangements) == ((), (), True)
    assert content.file.build == build
    assert (content.file.records.total or 0) > records


def test_a_deletion_of_exons_2_and_3_decides_whatever_the_small_variants_say() -> None:
    """MSK-IMPACT lists the event in data_sv.txt alone; TP53 of LoVo, another tumor, is wild-type."""
    small, events = shared("vcf/tso500_pisces_Lovo_nuc.vcf"), shared("cohort/nsclc_msk_pd1_2018/data_sv.txt")
    without = screen(small, build="GRCh37", assay="wgs")
    with_event = screen(small, events, build="GRCh37", assay="wgs", cn_sample="P-0004827-T01-IM5")
    assert status(without, "tp53_wild_type") is Status.MET
    assert status(with_event, "tp53_wild_type") is Status.NOT_MET
    assert "takes exons 2 to 3" in all_text(with_event)
    assert [warning.code for warning in with_event.warnings] == ["S001"]


def test_no_real_file_is_eligible_without_evidence() -> None:
    """Every VCF and copy-number file alone, without a declared assay, is never ELIGIBLE."""
    answers: dict[str, Eligibility] = {}
    for path in [*sorted(shared("vcf").iterdir()), *sorted(shared("cn").iterdir())]:
        for build in ("GRCh37", "GRCh38"):
            answers[f"{path.name} {build}"] = _eligibility(path, build)
    assert Eligibility.ELIGIBLE not in answers.values()


def _eligibility(path: Path, build: str) -> Eligibility:
    from mdm2screen import InputError

    try:
        return screen(path, build=build, diagnosis="BLCA").eligibility
    except InputError:
        return Eligibility.INDETERMINATE
