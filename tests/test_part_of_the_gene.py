"""Files that write no neutral stretch: what they leave out of MDM2 may be neutral, so a part is not the gene."""

from pathlib import Path

import pytest

from mdm2screen import screen
from mdm2screen.results import Status

GENEMETRICS = (
    "gene\tchromosome\tstart\tend\tlog2\tdepth\tweight\tprobes\nMDM2\tchr12\t{start}\t69240000\t4.0\t900\t9\t7\n"
)
FREEC = "12\t{start}\t71238000\t30\tgain\n17\t6100\t18900000\t1\tloss\n"
VCF = (
    '##fileformat=VCFv4.2\n##source=CNVkit v0.9.9\n##INFO=<ID=END,Number=1,Type=Integer,Description="End">\n'
    '##INFO=<ID=FOLD_CHANGE_LOG,Number=1,Type=Float,Description="Log fold change">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'
    '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n"
    "12\t{start}\t.\tN\t<DUP>\t.\t.\tEND=71238000;SVTYPE=DUP;FOLD_CHANGE_LOG=4.0\tGT:CN\t0/1:32\n"
)


@pytest.mark.parametrize("text", [GENEMETRICS, FREEC, VCF])
@pytest.mark.parametrize(("start", "status"), [(69200000, Status.MET), (69214000, Status.INDETERMINATE)])
def test_an_amplified_part_is_not_the_amplified_gene(text: str, start: int, status: Status, tmp_path: Path) -> None:
    path = tmp_path / "made"
    path.write_text(text.format(start=start), encoding="utf-8")
    call = screen(path, build="GRCh37").calls[0]
    assert call.status is status
    assert ("M010" in [reason.code for reason in call.reasons]) == (status is Status.INDETERMINATE)
