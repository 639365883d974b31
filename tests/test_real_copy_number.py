"""Every real file of copy number gives its documented truth (see the README of the shared data).

What lies around MDM2 in them is tested in ``test_real_amplicons``, TP53 in ``test_real_data``.
"""

from typing import Any, NamedTuple

import pytest

from mdm2screen import Decision, screen
from mdm2screen.errors import SampleError
from mdm2screen.records import Scale
from mdm2screen.results import Status
from shared_data import shared

LOG2, RATIO = Scale.LOG2_RATIO, Scale.LINEAR_RATIO
COPIES, OBSERVED = Scale.TUMOR_COPIES, Scale.OBSERVED_COPIES
MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
GRCH37 = {"build": "GRCh37"}


class Truth(NamedTuple):
    """What a file says of MDM2: lowest and highest value in its scale, the call, and a reason that must be there."""

    file: str
    options: dict[str, Any]
    lowest: float | None
    highest: float | None
    scale: Scale | None
    status: Status
    code: str


TRUTHS = (
    # amplified: an independent array has log2 2.84 for the same tumor
    Truth("cn/cnvkit_TR_95_T.cns", {}, 2.817, 2.817, LOG2, MET, "M001"),
    Truth("cn/cnvkit_TR_95_T.segmetrics.cns", {}, 2.817, 2.817, LOG2, MET, "M001"),
    # amplified by the caller's own word; how many copies depends on purity
    Truth("cn/gatk_SM-74NF5.called.seg", {}, 1.571057, 1.571057, LOG2, OPEN, "M003"),
    # split within the gene, no part of it amplified
    Truth("cn/cnvkit_amplicon.cns", GRCH37, -0.583289, 0.289713, LOG2, NOT_MET, "M002"),
    Truth("cn/cnvkit_nv3.cns", GRCH37, -0.0896974, -0.0896974, LOG2, NOT_MET, "M002"),
    Truth("cn/cnvkit_p2-9_2.cns", GRCH37, -0.0139775, -0.0139775, LOG2, NOT_MET, "M002"),
    Truth("cn/cnvkit_p2-9_2.call.cns", GRCH37, -0.0139775, -0.0139775, LOG2, NOT_MET, "M002"),
    Truth("cn/dragen_cnv_HG002.cnv.vcf.gz", {}, 0.989701, 0.989701, RATIO, NOT_MET, "M002"),
    Truth("cn/gatk4_modelFinal_example.seg.gz", {}, -0.014392, -0.014392, LOG2, NOT_MET, "M002"),
    Truth("cn/pcgr_T001-BRCA.grch37.cna.tsv", GRCH37, 2, 2, COPIES, NOT_MET, "M002"),
    Truth("cn/pcgr_T001-COAD.grch38.cna.tsv", {"build": "GRCh38"}, 2, 2, COPIES, NOT_MET, "M002"),
    Truth("cn/purple_v2.16_CUP.purple.cnv", {}, 2, 2, COPIES, NOT_MET, "M002"),
    # a gain of most of the chromosome: open while purity is not known, and pointed out as not focal
    Truth("cn/purecn_example.seg", GRCH37, 0.8812, 0.8812, LOG2, OPEN, "M026"),
    Truth("cn/purecn_example.seg", {**GRCH37, "purity": 0.65, "ploidy": 1.73}, 0.8812, 0.8812, LOG2, NOT_MET, "M002"),
    # called as a loss, which is one at every tumor fraction
    Truth("cn/tso500_Horizon.cnv.fc.txt", {}, 0.799, 0.799, RATIO, NOT_MET, "M002"),
    # 4 + 3 copies in both samples, over 18 and 46 megabases
    Truth("cn/ascat_A32_prostate.segments.txt", {**GRCH37, "cn_sample": "A32C-0019_CRUK_PC_0019_T1"}, 7, 7, COPIES,
          NOT_MET, "M002"),
    Truth("cn/ascat_A32_prostate.segments.txt", {**GRCH37, "cn_sample": "A32A-0019_CRUK_PC_0019_M1"}, 7, 7, COPIES,
          NOT_MET, "M002"),
    # a file of purity alone holds no copy number
    Truth("cn/purple_v2.16_CUP.purple.purity", {}, None, None, None, OPEN, "M006"),
    # a row for each gene of the panel, called or not
    Truth("vcf/oncomine_OCAv3_ionreporter.vcf", {}, 1.89, 1.89, OBSERVED, NOT_MET, "M002"),
    # gains on 12p alone: a list that leaves neutral segments out says nothing of MDM2
    Truth("vcf/scout_tumor_only.CNVkit+Manta.vcf.gz", {}, None, None, None, OPEN, "M005"),
)  # fmt: skip


def screened(truth: Truth) -> Decision:
    return screen(shared(truth.file), **truth.options)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.file} {truth.status}")
def test_a_real_file_gives_its_documented_truth(truth: Truth) -> None:
    decision = screened(truth)
    call = decision.calls[0]
    assert (call.criterion, call.status) == ("mdm2_amplification", truth.status)
    assert truth.code in [reason.code for reason in call.reasons]
    assert decision.mdm2 is not None
    found = [(s.lowest, s.highest, s.scale) for s in decision.mdm2.sources if s.segments]
    assert found == ([] if truth.lowest is None else [(truth.lowest, truth.highest, truth.scale)])


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: f"{truth.file} {truth.status}")
def test_every_record_over_the_genes_of_a_real_file_is_accounted_for(truth: Truth) -> None:
    (file,) = screened(truth).inputs
    assert file.records.in_windows == file.records.used + sum(file.records.dropped.values())


def test_every_real_file_of_copy_number_has_its_truth() -> None:
    """A new file beside the repository needs a line here."""
    assert {f"cn/{path.name}" for path in shared("cn").iterdir()} == {
        truth.file for truth in TRUTHS if truth.file.startswith("cn/")
    }


def test_purple_copies_and_the_purity_beside_them_are_one_tumor() -> None:
    decision = screen(shared("cn/purple_v2.16_CUP.purple.cnv"), shared("cn/purple_v2.16_CUP.purple.purity"))
    assert decision.mdm2 is not None
    assert (decision.mdm2.copies, decision.mdm2.purity, decision.mdm2.ploidy) == (2.0, 0.13, 3.9861)


def test_two_samples_of_one_patient_are_never_mixed() -> None:
    with pytest.raises(SampleError, match="holds 2 samples: A32A-0019_CRUK_PC_0019_M1, A32C-0019_CRUK_PC_0019_T1"):
        screen(shared("cn/ascat_A32_prostate.segments.txt"), build="GRCh37")


def test_two_forms_of_one_real_tumor_agree() -> None:
    """CNVkit's segments before and after ``call``, and the same tumor's segments with and without limits."""
    for one, other in (
        ("cnvkit_p2-9_2.cns", "cnvkit_p2-9_2.call.cns"),
        ("cnvkit_TR_95_T.cns", "cnvkit_TR_95_T.segmetrics.cns"),
    ):
        decision = screen(shared(f"cn/{one}"), shared(f"cn/{other}"), build="GRCh37")
        assert decision.mdm2 is not None
        assert decision.mdm2.agreement is not None
        assert decision.mdm2.agreement.verdict == "agree"
        assert decision.calls[0].status is not OPEN
