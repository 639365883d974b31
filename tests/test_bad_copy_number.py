"""What goes wrong in copy-number files of every format: each a clear error or a correct answer, never another one."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cn_purities import PURITY_FILES, PurityFile
from cn_reports import REPORTS, VCFS
from cn_tables import TABLES
from cn_writers import Sheet, Tumor, Writer
from mdm2screen import Decision, screen
from mdm2screen.cli import run
from mdm2screen.errors import InputError
from mdm2screen.results import Status

ALL = (*TABLES, *VCFS, *REPORTS)
EACH = pytest.mark.parametrize("writer", ALL, ids=lambda writer: writer.name)
EACH_TABLE = pytest.mark.parametrize("writer", TABLES, ids=lambda writer: writer.name)
# 16.37 copies, so that every number has decimals to damage
TUMOR = Tumor(16.37, 0.53, 2.17)
WITH_HEADER = pytest.mark.parametrize(
    "writer", [one for one in TABLES if one.sheet(TUMOR).head], ids=lambda writer: writer.name
)


def answer(writer: Writer, text: str, folder: Path) -> Decision:
    folder.mkdir(exist_ok=True)
    path = folder / writer.file
    path.write_text(text)
    return screen(path, build="GRCh37", purity=TUMOR.purity, ploidy=TUMOR.ploidy, **writer.options)


def answer_or_error(writer: Writer, text: str, folder: Path) -> Decision | InputError:
    try:
        return answer(writer, text, folder)
    except InputError as error:
        return error


def said(decision: Decision) -> tuple[object, ...]:
    assert decision.mdm2 is not None
    return decision.calls[0].status, decision.mdm2.interval, [s.lowest for s in decision.mdm2.sources]


def of_mdm2(writer: Writer, change: Callable[[str], str]) -> str:
    """The file with the rows of MDM2 changed."""
    sheet = writer.sheet(TUMOR)
    return sheet.text(tuple((ours, change(row) if ours else row) for ours, row in sheet.rows))


def same_or_refused(writer: Writer, text: str, folder: Path, *, words: str = "") -> bool:
    """Whether the answer is that of the undamaged file; else the file must be refused with what to do."""
    before = answer(writer, writer.sheet(TUMOR).text(), folder / "whole")
    after = answer_or_error(writer, text, folder / "damaged")
    if isinstance(after, InputError):
        assert after.remedy
        assert re.search(words, str(after))
        return False
    assert said(after) == said(before)
    return True


@EACH
def test_decimal_commas_are_refused_or_touch_nothing_that_counts(writer: Writer, tmp_path: Path) -> None:
    """Some numbers of a file with commas, others with points: a number with a comma is never another number."""
    text = of_mdm2(writer, lambda row: re.sub(r"(?<=\d)\.(?=\d)", ",", row))
    words = r"decimal comma|not a number|fields|no reader|limits|JSON|recognises|needs|scale"
    untouched = same_or_refused(writer, text, tmp_path, words=words)
    assert untouched == (writer.name in NO_DECIMALS)


# Formats whose copies are whole numbers or labels; what a comma damages there is not used.
NO_DECIMALS = {
    "FACETS cncf", "facets-suite genes", "ASCAT", "PCGR input", "Battenberg", "Sequenza", "FREEC calls",
    "ascatNgs", "TitanCNA, up to 8", "ichorCNA, up to 7", "QDNAseq .seg", "AmpliconClassifier", "GDC segments",
    "GDC genes", "GISTIC levels", "cBioPortal levels", "cBioPortal levels, long", "VCF: DRAGEN with alleles",
    "VCF: Canvas", "VCF: cnv_facets", "VCF: QDNAseq", "VCF: GATK gCNV", "VCF: array", "VCF: labels",
    "VCF: any whole CN", "Foundation of plasma", "Foundation without a number", "Tempus", "Tempus without a number",
    "Caris without a number",
}  # fmt: skip


@EACH_TABLE
def test_positions_in_scientific_notation_are_positions(writer: Writer, tmp_path: Path) -> None:
    """R writes 7e+07 for 70,000,000."""

    def scientific(row: str) -> str:
        return re.sub(r"(?<![\d.])\d{6,9}(?![\d.])", lambda m: f"{int(m[0]):.9g}e+00" if int(m[0]) else m[0], row)

    sheet = writer.sheet(TUMOR)
    text = sheet.text(tuple((ours, scientific(row)) for ours, row in sheet.rows))
    assert same_or_refused(writer, text, tmp_path) == (writer.name not in {"FREEC calls", "ascatNgs"})


def rows_of_23(writer: Writer) -> list[str]:
    """MDM2's rows of a neutral tumor, on chromosome 23; as they are where a table has no column of chromosomes."""
    rows = [row for ours, row in writer.sheet(TUMOR._replace(copies=2.0)).rows if ours]
    return [re.sub(r"(^|[\t,\"]|chr)12(?=[\t,\"])", r"\g<1>23", row) for row in rows]


@pytest.mark.parametrize(
    "writer",
    [one for one in TABLES if any(re.search(r"\b(chr)?23\b", row) for row in rows_of_23(one))],
    ids=lambda writer: writer.name,
)
def test_a_chromosome_23_is_x_and_never_12(writer: Writer, tmp_path: Path) -> None:
    """A row of a chromosome written as a number, with another value where MDM2 lies on chromosome 12."""
    sheet = writer.sheet(TUMOR)
    text = sheet.text((*sheet.rows, *((False, row) for row in rows_of_23(writer))))
    if writer.name in BY_NAME_ALONE:
        assert answer(writer, text, tmp_path).calls[0].status is Status.INDETERMINATE
    else:
        assert same_or_refused(writer, text, tmp_path)


# There a second row of MDM2 is one, whatever chromosome it names, and two rows that differ settle nothing.
BY_NAME_ALONE = {"PURPLE drivers", "Guardant"}


def lines_of(sheet: Sheet) -> tuple[list[str], list[str]]:
    """Lines above and with the header, and rows."""
    return sheet.head.splitlines(), [row for _, row in sheet.rows]


@WITH_HEADER
def test_quotes_of_r_change_nothing(writer: Writer, tmp_path: Path) -> None:
    head, rows = lines_of(writer.sheet(TUMOR))
    mark = "\t" if "\t" in head[-1] else ","
    quoted = mark.join('"' + token.strip('"') + '"' for token in head[-1].split(mark))
    assert same_or_refused(writer, "\n".join([*head[:-1], quoted, *rows]) + "\n", tmp_path)


@WITH_HEADER
def test_trailing_tabs_change_nothing(writer: Writer, tmp_path: Path) -> None:
    head, rows = lines_of(writer.sheet(TUMOR))
    mark = "\t" if "\t" in head[-1] else ","
    padded = "\n".join([*head, *(row + mark for row in rows)]) + "\n"
    assert same_or_refused(writer, padded, tmp_path)


# Matrices of genes have no column of their own names, so that R's row name would stand for the gene.
REFUSED_WITH_ROW_NAMES = {
    "GISTIC numbers", "GISTIC levels", "cBioPortal levels", "cBioPortal log2", "cBioPortal copies",
}  # fmt: skip


@WITH_HEADER
def test_row_names_of_r_change_nothing(writer: Writer, tmp_path: Path) -> None:
    """``write.table`` writes them without a name over their column."""
    head, rows = lines_of(writer.sheet(TUMOR))
    mark = "\t" if "\t" in head[-1] else ","
    if mark == ",":  # write.csv gives the column an empty name
        head[-1] = f'"",{head[-1]}'
    named = "\n".join([*head, *(f'"{n}"{mark}{row}' for n, row in enumerate(rows, start=1))]) + "\n"
    assert same_or_refused(writer, named, tmp_path) == (writer.name not in REFUSED_WITH_ROW_NAMES)


@pytest.mark.parametrize(
    "writer", [one for one in TABLES if "T1" in one.sheet(TUMOR).text()], ids=lambda writer: writer.name
)
def test_a_sample_named_na_is_a_sample(writer: Writer, tmp_path: Path) -> None:
    text = re.sub(r"\bT1\b", "NA", writer.sheet(TUMOR).text())
    assert same_or_refused(writer, text, tmp_path)


LOG2_FORMATS = (
    "CNVkit .cns", "CNVkit .call.cns", "CNVkit segmetrics", "CNVkit .cnr", "CNVkit genemetrics", "GATK .called.seg",
    "GATK .modelFinal.seg", "GATK gene list", "DNAcopy .seg", "QDNAseq bins", "cBioPortal log2", "VCF: CNVkit",
)  # fmt: skip


@pytest.mark.parametrize("name", LOG2_FORMATS)
def test_a_log2_of_minus_20_is_no_read_and_no_measurement(name: str, tmp_path: Path) -> None:
    """CNVkit writes it where there is no read, and what is made from its files keeps it."""
    writer = next(one for one in ALL if one.name == name)
    log2 = TUMOR.numbers(TUMOR.copies)["log2"]
    text = of_mdm2(writer, lambda row: re.sub(rf"(?<![\d.]){re.escape(log2)}(?!\d)", "-20", row))
    assert text != writer.sheet(TUMOR).text()
    call = answer(writer, text, tmp_path).calls[0]
    assert (call.status, call.reasons[0].code) == (Status.INDETERMINATE, "M007")


@EACH
@pytest.mark.parametrize("token", ["NA", "NaN", ""])
def test_a_missing_number_is_no_number(writer: Writer, token: str, tmp_path: Path) -> None:
    """All decimal numbers of MDM2's rows together; neither the ratio nor a rounded number beside them steps in."""
    whole = writer.sheet(TUMOR).text()
    text = of_mdm2(writer, lambda row: re.sub(r"(?<![\d.])-?\d+\.\d+(?![\d.])", token, row))
    found = answer_or_error(writer, text, tmp_path)
    if isinstance(found, InputError):
        assert found.remedy
    elif writer.name in NO_DECIMALS | {"PureCN segments", "Foundation copies"}:
        assert found.calls[0].status is answer(writer, whole, tmp_path / "whole").calls[0].status
    else:
        assert found.calls[0].status is Status.INDETERMINATE


BAD_PURITIES = ("0", "-0.1", "1.2", "60", "60%", "0,6", "much")
IN_PERCENT = {"Foundation", "Tempus"}


@pytest.mark.parametrize("token", BAD_PURITIES)
@pytest.mark.parametrize("kind", [kind for kind in PURITY_FILES if kind not in IN_PERCENT])
def test_a_purity_that_is_no_fraction_is_never_taken(
    kind: str, token: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = PURITY_FILES[kind]
    # TitanCNA states the share of normal cells, of which none is possible and all is not
    normal = {"0": "1", "1.2": "1.2"}.get(token, token)
    (tmp_path / file.name).write_text(file.written(token, normal=normal))
    code = run(["check", str(tmp_path / file.name), "--build", "GRCh37", "--format", "json"])
    page = capsys.readouterr()
    if kind == "ichorCNA" and token == "0":
        assert code == 0
        assert "ichorCNA found no tumor DNA" in page.out
    elif kind == "VCF of Oncomine":  # zero is what an empty field of the form leaves
        assert code == 0
        assert '"purity": null' in page.out
        assert ("no purity was taken from it" in page.out) == (token != "0")
    else:
        assert code == 3
        assert file.name in page.err
        assert re.search(
            r"no fraction|no share|not a number|no tumor fraction|fields where", " ".join(page.err.split())
        )


@pytest.mark.parametrize(
    ("token", "purity"), [("60", 0.6), ('"60"', 0.6), ("0", None), ("0.6", None), ('"much"', None), ("100", 1.0)]
)
@pytest.mark.parametrize("kind", sorted(IN_PERCENT))
def test_a_purity_in_percent(kind: str, token: str, purity: float | None, tmp_path: Path) -> None:
    """What may be a fraction where a percentage is expected is neither: 0.6 percent and 60 percent are far apart."""
    file: PurityFile = PURITY_FILES[kind]
    path = tmp_path / file.name
    path.write_text(file.written("", percent=token.strip('"') if kind == "Foundation" else token))
    decision = screen(path)
    assert decision.mdm2 is not None
    assert decision.mdm2.purity == purity
    notes = " ".join(decision.inputs[0].notes)
    assert ("no purity was taken" in notes) == (purity is None)


@pytest.mark.parametrize("token", ["-5", "160"])
@pytest.mark.parametrize("kind", sorted(IN_PERCENT))
def test_a_percentage_that_is_none_is_refused(kind: str, token: str, tmp_path: Path) -> None:
    path = tmp_path / PURITY_FILES[kind].name
    path.write_text(PURITY_FILES[kind].written("", percent=token))
    with pytest.raises(InputError, match="no percentage"):
        screen(path)


@pytest.mark.parametrize("token", ["0", "-2", "2,1", "two"])
@pytest.mark.parametrize("kind", [kind for kind, file in PURITY_FILES.items() if file.states_ploidy])
def test_a_ploidy_that_is_no_number_of_copies_is_refused(kind: str, token: str, tmp_path: Path) -> None:
    file = PURITY_FILES[kind]
    path = tmp_path / file.name
    path.write_text(file.written("0.6", token))
    with pytest.raises(InputError, match=r"no number of copies|not a number|fields where|no fraction"):
        screen(path, build="GRCh37")


@pytest.mark.parametrize("kind", [kind for kind in PURITY_FILES if kind not in IN_PERCENT])
def test_a_purity_that_could_not_be_told_is_none(kind: str, tmp_path: Path) -> None:
    file = PURITY_FILES[kind]
    path = tmp_path / file.name
    path.write_text(file.written("NA", normal="NA"))
    decision = screen(path, build="GRCh37")
    assert decision.mdm2 is not None
    assert decision.mdm2.purity is None
