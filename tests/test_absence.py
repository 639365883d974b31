"""Absence is not normal: what the silence of each format about MDM2 means, and that it never means two copies."""

import gzip
import re
from pathlib import Path

import pytest

import vcf_builder as vb
from cn_reports import REPORTS, VCFS
from cn_tables import TABLES
from cn_writers import Tumor, Writer
from mdm2screen import Decision, screen
from mdm2screen.errors import InputError, TruncatedFileError
from mdm2screen.readers import READERS, _module, formats
from mdm2screen.readers.contract import Absence
from mdm2screen.results import Status
from shared_data import shared

WRITERS = (*TABLES, *VCFS, *REPORTS)
EACH = pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.name)
TUMOR = Tumor(30, 0.5, 2.2)

# Files of which no row is left, and that are then refused: nothing tells any more what they are.
REFUSED_WITHOUT_ROWS = {
    "ascatNgs": "no reader recognises",
    "FREEC calls": "no reader recognises",
    "cBioPortal levels": "no reader recognises",
    "cBioPortal log2": "no reader recognises",
    "cBioPortal copies": "no reader recognises",
    "Caris": "has no result of a test",
    "Caris without a number": "has no result of a test",
    "Caris XML": "has no result of a test",
}
# The driver catalogue is no list of copy number unless a driver has some: then no file of copy number was given.
NO_COPY_NUMBER_FILE = {"PURPLE drivers"}


def answer(writer: Writer, text: str, folder: Path) -> Decision:
    path = folder / writer.file
    path.write_text(text)
    return screen(path, build="GRCh37", purity=TUMOR.purity, ploidy=TUMOR.ploidy, **writer.options)


def silent(decision: Decision) -> tuple[Status, list[str], str]:
    call = decision.calls[0]
    return call.status, [reason.code for reason in call.reasons], " ".join(reason.message for reason in call.reasons)


@EACH
def test_a_file_without_mdm2_says_what_its_silence_means(writer: Writer, tmp_path: Path) -> None:
    status, codes, message = silent(answer(writer, writer.sheet(TUMOR).without_mdm2, tmp_path))
    assert status is Status.INDETERMINATE
    assert codes[0] == ("M006" if writer.name in NO_COPY_NUMBER_FILE else "M005")
    if writer.reader != "vcf" and writer.name not in NO_COPY_NUMBER_FILE:
        assert _module(writer.reader).FORMAT.silence in message


@EACH
def test_a_file_without_any_row_is_silent_or_refused(writer: Writer, tmp_path: Path) -> None:
    text = writer.sheet(TUMOR).without_rows
    if writer.name in REFUSED_WITHOUT_ROWS:
        with pytest.raises(InputError, match=REFUSED_WITHOUT_ROWS[writer.name]):
            answer(writer, text, tmp_path)
        return
    if writer.name == "DepMap genes":
        text = writer.sheet(TUMOR).head
    status, codes, _ = silent(answer(writer, text, tmp_path))
    assert status is Status.INDETERMINATE
    assert codes[0] == ("M006" if writer.name in NO_COPY_NUMBER_FILE else "M005")


@EACH
def test_silence_does_not_stand_against_another_file(writer: Writer, tmp_path: Path) -> None:
    """Nor does it lend a hand: beside one file with a number, the number alone decides."""
    one, other = tmp_path / "silent", tmp_path / "speaking"
    one.mkdir()
    other.mkdir()
    (one / writer.file).write_text(writer.sheet(TUMOR).without_mdm2)
    for copies, expected in ((20, Status.MET), (3, Status.NOT_MET)):
        speaking = next(one for one in TABLES if one.name == "PURPLE genes")
        (other / speaking.file).write_text(speaking.sheet(TUMOR._replace(copies=copies)).text())
        decision = screen(one / writer.file, other / speaking.file, build="GRCh37", purity=0.5, **writer.options)
        assert decision.calls[0].status is expected


VCF_SILENCE = {
    "VCF: DRAGEN ratios": "reference segments only when asked",
    "VCF: DRAGEN with alleles": "reference segments only when asked",
    "VCF: CNVkit": "CNVkit writes no neutral segment into a VCF",
    "VCF: Oncomine": "every gene of the panel",
    "VCF: Canvas": "every segment it could call",
    "VCF: cnv_facets": "every segment it could call",
    "VCF: QDNAseq": "writes no neutral bin",
    "VCF: any CN": "neither of coverage nor of neutral copy number",
}


@pytest.mark.parametrize("name", VCF_SILENCE)
def test_what_the_silence_of_a_vcf_means_depends_on_its_producer(name: str, tmp_path: Path) -> None:
    writer = next(one for one in VCFS if one.name == name)
    _, _, message = silent(answer(writer, writer.sheet(TUMOR).without_mdm2, tmp_path))
    assert VCF_SILENCE[name] in message


def test_every_format_of_copy_number_says_which_silence_is_its() -> None:
    """Not assayed, neutral not written, or cut down. None of them is neutral."""
    stating = {_module(writer.reader).FORMAT.name for writer in WRITERS}
    assert {one.name for one in formats() if one.absence is not None} == stating
    assert {one.name for one in formats() if one.cannot} == stating
    assert all(one.documented and one.answers and one.silence for one in formats())


HINTS = {
    Absence.NOT_ASSAYED: r"no (bin|target|probe|SNP|window|record)|between two segments|not (in|on|among)|holds genes",
    Absence.NEUTRAL_NOT_WRITTEN: r"neutral|weakly|seeds|only called|no record",
    Absence.CUT_DOWN: r"cut down",
}


@pytest.mark.parametrize("name", [name for name in READERS if _module(name).FORMAT.absence])
def test_the_sentence_says_the_same_as_the_word(name: str) -> None:
    format_ = _module(name).FORMAT
    assert format_.absence is not None
    assert re.search(HINTS[format_.absence], format_.silence) or "not in the test" in format_.silence


def test_tso500_without_a_row_is_no_neutral_gene(tmp_path: Path) -> None:
    """The combined output lists passing amplifications; the cnv.vcf beside it, which has a row for MDM2, settles it."""
    combined = next(one for one in REPORTS if one.name == "TSO 500 combined output")
    _, codes, message = silent(answer(combined, combined.sheet(TUMOR).without_mdm2, tmp_path))
    assert codes[0] == "M005"
    assert "pass the sample's cnv.vcf" in message
    local = next(one for one in VCFS if one.name == "VCF: TSO 500 local app")
    neutral = Tumor(2.2, 0.5, 2.2)
    path = tmp_path / local.file
    path.write_text(local.sheet(neutral).text())
    decision = screen(tmp_path / combined.file, path, build="GRCh37")
    assert decision.calls[0].status is Status.NOT_MET


def test_dragen_without_reference_records_against_one_with_them(tmp_path: Path) -> None:
    """The real HG002 has a passing reference segment over MDM2; without it the same file says nothing."""
    real = shared("cn/dragen_cnv_HG002.cnv.vcf.gz")
    assert screen(real).calls[0].status is Status.NOT_MET
    lines = gzip.decompress(real.read_bytes()).decode().splitlines()
    without = [line for line in lines if line.startswith("#") or line.split("\t")[4] != "."]
    assert len(without) < len(lines)
    status, codes, _ = silent(screen(vb.write(tmp_path / "HG002.cnv.vcf", without)))
    assert (status, codes[0]) == (Status.INDETERMINATE, "M005")


@pytest.mark.parametrize("packing", ["bgzf", "gzip"])
def test_a_copy_number_vcf_cut_before_mdm2_is_refused(packing: str, tmp_path: Path) -> None:
    """Cut at chromosome 10, it would read as a genome without a gain of MDM2."""
    content = gzip.decompress(shared("cn/dragen_cnv_HG002.cnv.vcf.gz").read_bytes())
    path = tmp_path / "HG002.cnv.vcf.gz"
    if packing == "gzip":
        path.write_bytes(gzip.compress(content)[:-100])
    else:
        vb.bgzf(path, content[: content.index(b"\n10\t")], end=False)
    with pytest.raises(TruncatedFileError):
        screen(path)


def test_a_plain_copy_number_vcf_cut_within_a_line_is_refused(tmp_path: Path) -> None:
    writer = next(one for one in VCFS if one.name == "VCF: DRAGEN ratios")
    text = writer.sheet(TUMOR).text()
    path = tmp_path / writer.file
    path.write_text(text[: text.rindex("\t./1")])
    with pytest.raises(InputError, match=r"fields|columns"):
        screen(path)
