"""Real files on both sides: one tumor on two builds, two samples of one patient, every file renamed and read back."""

from pathlib import Path
from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen import pseudonyms, screen
from mdm2screen.decision import AgreementOfSides, Decision, sealed
from mdm2screen.patients import confirm
from mdm2screen.readers.decision_file import read_decisions
from mdm2screen.reports import REPORTS, json_report, render
from mdm2screen.results import CentralStatus, Eligibility, Status
from shared_data import shared

FILES: dict[str, dict[str, Any]] = {
    "vcf/dragen_SEQC2_HCC1395.somatic.hard-filtered.vcf.gz": {},
    "vcf/dragen_SEQC2_HCC1395.somatic.sv.vcf.gz": {},
    "vcf/gatk_mutect2_cfdna_unfiltered.vcf": {"specimen": "plasma"},
    "vcf/oncomine_OCAv3_ionreporter.vcf": {},
    "vcf/opencravat_example.hg38.vcf": {"build": "GRCh38", "tumor_sample": "s1"},
    "vcf/pcgr_T001-BRCA.grch37.vcf.gz": {"build": "GRCh37"},
    "vcf/scout_cancer_test.freebayes_mutect_VEP95_CSQ.vcf.gz": {},
    "vcf/tso500_pisces_Lovo_nuc.vcf": {"assay": "wes"},
    "cn/cnvkit_TR_95_T.cns": {},
    "cn/purecn_example.seg": {"build": "GRCh37"},
    "cn/tso500_Horizon.cnv.fc.txt": {},
}
"""One of each kind, with what it needs."""


def decided(name: str) -> Decision:
    return screen(shared(name), **FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_a_real_decision_is_written_and_read_back_and_says_the_same_again(tmp_path: Path, name: str) -> None:
    made = decided(name)
    (tmp_path / "d.json").write_text(json_report.render(made))
    (back,) = read_decisions(tmp_path / "d.json")
    assert back == sealed(made)
    again = confirm(back, ())
    assert again.calls == made.calls
    assert again.mdm2 == made.mdm2
    assert again.tp53 == made.tp53
    assert again.central_confirmation == made.central_confirmation


@pytest.mark.parametrize("name", FILES)
def test_no_name_of_a_real_file_or_sample_is_left(name: str) -> None:
    made = decided(name)
    names = {made.patient, Path(name).name, *(file.sample for file in made.inputs if file.sample)}
    renamed = pseudonyms.pseudonymised(made, b"k" * 32, eb.protocol())
    for output in REPORTS:
        text = render(output, renamed)
        assert not [one for one in names if len(one) > 3 and one != "TUMOR" and one in text], output
    assert [call.status for call in renamed.calls] == [call.status for call in made.calls]


def test_one_tumor_on_two_builds_agrees() -> None:
    """The PCGR example: V272M on GRCh37 and, lifted, on GRCh38."""
    local = screen(
        shared("vcf/pcgr_T001-BRCA.grch37.vcf.gz"), cn=shared("cn/pcgr_T001-BRCA.grch37.cna.tsv"), build="GRCh37"
    )
    central = screen(shared("vcf/pcgr_T001-BRCA.grch38.vcf.gz"), build="GRCh38")
    made = confirm(local, central)
    tp53 = next(one for one in made.central_confirmation.criteria if one.criterion == "tp53_wild_type")
    assert made.eligibility is Eligibility.NOT_ELIGIBLE
    assert made.central_confirmation.status is CentralStatus.NOT_REQUIRED
    assert tp53.agreement is AgreementOfSides.AGREE
    assert tp53.central.value == "mutated: p.Val272Met"


def test_metastasis_and_primary_of_one_patient_agree() -> None:
    file = shared("cn/ascat_A32_prostate.segments.txt")
    primary, metastasis = (
        screen(file, build="GRCh37", cn_sample=name, patient="A32")
        for name in ("A32C-0019_CRUK_PC_0019_T1", "A32A-0019_CRUK_PC_0019_M1")
    )
    joined = confirm([primary, metastasis], ())
    assert [call.status for call in joined.calls if call.criterion == "mdm2_amplification"] == [Status.NOT_MET]
    assert len(joined.samples) == 2
