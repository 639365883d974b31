"""CDKN2A in real files: what they show of it, and that no deep deletion by label is called kept."""

from functools import cache
from typing import Any

import pytest

from mdm2screen import screen
from mdm2screen.protocol import TrialProtocol, parse, shipped_text
from mdm2screen.results import Status
from shared_data import shared

MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE
COHORT = "cohort/nsclc_msk_pd1_2018"


@cache
def half() -> TrialProtocol:
    """MANTRA-4 as a protocol that takes a loss of both copies for its number."""
    text = shipped_text("mantra-4").replace('copies_max = { value = "unknown"', "copies_max = { value = 0.5")
    return parse(text.replace('id = "mantra-4"', 'id = "half"'), "half")


@pytest.mark.parametrize(
    ("file", "options", "status", "code"),
    [
        ("cn/cnvkit_TR_95_T.cns", {}, NOT_MET, "G002"),
        ("cn/gatk_SM-74NF5.called.seg", {}, OPEN, "G003"),  # log2 -1.56: one copy or none, by purity
        ("cn/gatk_SM-74NF5.called.seg", {"purity": 0.7, "ploidy": 2}, MET, "G001"),
        ("cn/pcgr_T001-BRCA.grch37.cna.tsv", {"build": "GRCh37"}, NOT_MET, "G002"),  # one copy
        ("cn/purple_v2.16_CUP.purple.cnv", {}, NOT_MET, "G002"),
        ("cn/dragen_cnv_HG002.cnv.vcf.gz", {}, NOT_MET, "G002"),
        ("cn/tso500_Horizon.cnv.fc.txt", {}, OPEN, "G005"),
        ("vcf/oncomine_OCAv3_ionreporter.vcf", {}, OPEN, "G003"),  # 1.06 copies, corrected or not
        ("vcf/scout_tumor_only.CNVkit+Manta.vcf.gz", {}, OPEN, "G005"),
    ],
)
def test_a_real_file(file: str, options: dict[str, Any], status: Status, code: str) -> None:
    call = screen(shared(file), protocol=half(), **options).calls[0]
    assert (call.criterion, call.status, call.reasons[0].code) == ("cdkn2a_loss", status, code)


def test_no_deep_deletion_of_a_cohort_is_called_kept() -> None:
    """Levels of the study against its segments, whose correction and purity nobody states."""
    rows = [line.rstrip("\n").split("\t") for line in shared(f"{COHORT}/data_cna.txt").read_text().splitlines()]
    levels = dict(zip(rows[0], next(row for row in rows if row[0] == "CDKN2A"), strict=True))
    deleted = [sample for sample, level in levels.items() if level == "-2"]
    assert len(deleted) == 23
    for sample in deleted[::4]:
        found = screen(
            shared(f"{COHORT}/data_cna_hg19.seg"), cn_sample=sample, build="GRCh37", protocol=half(), cn_scale="log2"
        )
        assert found.calls[0].status is not NOT_MET
        (gene,) = found.genes
        assert gene.interval is not None
        assert gene.interval.low < 0.5
        label = screen(shared(f"{COHORT}/data_cna.txt"), cn_sample=sample, protocol=half()).calls[0]
        assert (label.status, label.reasons[0].code) == (OPEN, "G008")
