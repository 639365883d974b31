"""Purity of VCF headers: stated where it was measured or typed in, and never applied to copies that hold it."""

from pathlib import Path

import pytest

from mdm2screen import Decision, screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import read
from mdm2screen.readers.contract import Options
from mdm2screen.records import PurityRecord
from mdm2screen.results import Status

COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\n"
HEAD = "##fileformat=VCFv4.2\n##contig=<ID=12,length=133851895>\n"
DRAGEN = "12\t69000000\t.\tN\t<DUP>\t50\tPASS\tEND=70000000\tGT:SM:CN\t./1:3.5:13\n"
ONCOMINE = "12\t69100000\tMDM2\tN\t<CNV>\t50\tPASS\tSVTYPE=CNV;END=69300000;RAW_CN=5\tGT:CN\t./.:11\n"


def write(folder: Path, *meta: str, record: str = DRAGEN) -> Path:
    path = folder / "T1.cnv.vcf"
    path.write_text(HEAD + "".join(f"##{line}\n" for line in meta) + COLUMNS + record)
    return path


def purities(path: Path) -> tuple[PurityRecord, ...]:
    return read(path, Options()).purities


def status(decision: Decision) -> Status:
    return next(call.status for call in decision.calls if call.criterion == "mdm2_amplification")


def test_a_dragen_model_that_holds_states_purity_and_ploidy(tmp_path: Path) -> None:
    path = write(tmp_path, "ModelSource=DEPTH+BAF", "EstimatedTumorPurity=0.45", "OverallPloidy=3.1")
    (found,) = purities(path)
    assert (found.purity, found.ploidy) == (0.45, 3.1)
    assert (found.source.file, found.source.line) == ("T1.cnv.vcf", 4)


@pytest.mark.parametrize("model", ["DEPTH+BAF_WEAK", "SAMPLE_MEDIAN", "DEGENERATE_DIPLOID"])
def test_a_weak_model_measured_nothing(model: str, tmp_path: Path) -> None:
    assert purities(write(tmp_path, f"ModelSource={model}", "EstimatedTumorPurity=0.45", "OverallPloidy=2")) == ()


def test_no_model_or_no_purity_states_nothing(tmp_path: Path) -> None:
    assert purities(write(tmp_path, "EstimatedTumorPurity=0.45")) == ()
    assert purities(write(tmp_path, "ModelSource=VAF", "EstimatedTumorPurity=NA", "OverallPloidy=2.0")) == ()


@pytest.mark.parametrize("purity", ["0", "45", "1.2", "half", "-0.4"])
def test_a_dragen_purity_that_is_no_fraction_is_an_error(purity: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match=r"T1\.cnv\.vcf line 4.*no fraction of tumor cells"):
        purities(write(tmp_path, "ModelSource=DEPTH+BAF", f"EstimatedTumorPurity={purity}"))


def test_a_ploidy_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="no number of copies"):
        purities(write(tmp_path, "ModelSource=DEPTH+BAF", "EstimatedTumorPurity=0.5", "OverallPloidy=0"))


@pytest.mark.parametrize("written", ["1.000000", "1", "0", "", "60", "none"])
def test_a_cellularity_nobody_typed_in_states_nothing(written: str, tmp_path: Path) -> None:
    assert purities(write(tmp_path, f"CellularityAsAFractionBetween0-1={written}", record=ONCOMINE)) == ()


def test_a_cellularity_typed_in_is_a_purity(tmp_path: Path) -> None:
    (found,) = purities(write(tmp_path, "CellularityAsAFractionBetween0-1=0.6", record=ONCOMINE))
    assert (found.purity, found.ploidy) == (0.6, None)


@pytest.mark.parametrize(
    ("meta", "record", "copies"),
    [
        (("ModelSource=DEPTH+BAF", "EstimatedTumorPurity=0.3", "OverallPloidy=2.0"), DRAGEN, 13),
        (("CellularityAsAFractionBetween0-1=0.3",), ONCOMINE, 11),
    ],
)
def test_copies_that_hold_the_purity_never_take_it_again(
    meta: tuple[str, ...], record: str, copies: float, tmp_path: Path
) -> None:
    decision = screen(write(tmp_path, *meta, record=record))
    assert decision.mdm2 is not None
    assert (decision.mdm2.copies, decision.mdm2.purity) == (copies, 0.3)
    again = screen(write(tmp_path, *meta, record=record), purity=0.3, ploidy=2.0)
    assert again.mdm2 is not None
    assert again.mdm2.copies == copies


def test_the_purity_of_one_file_settles_another_of_the_tumor(tmp_path: Path) -> None:
    header = write(tmp_path, "ModelSource=DEPTH+BAF", "EstimatedTumorPurity=0.3", "OverallPloidy=2.0")
    ratios = tmp_path / "T1.cns"
    ratios.write_text("chromosome\tstart\tend\tgene\tlog2\tprobes\nchr12\t69100000\t69300000\tMDM2\t1.5\t20\n")
    decision = screen(header, cn=ratios, build="GRCh37")
    assert decision.mdm2 is not None
    spans = {source.file: source.interval for source in decision.mdm2.sources}
    assert spans["T1.cns"] is not None
    # n = (2 r - 2 (1 - p)) / p, of a diploid tumor
    assert spans["T1.cns"].low == pytest.approx((2 * 2**1.5 - 2 * 0.7) / 0.3)
    assert status(decision) is Status.MET
