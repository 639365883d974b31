"""The samplesheet: checked whole, all faults with row and column, hostile ones refused."""

import contextlib
import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import run_builder as rb
from mdm2screen import samplesheet
from mdm2screen.cli import run
from mdm2screen.decision import Role
from mdm2screen.errors import InputError, SamplesheetError

FOLDER = Path("runs")


def parse(text: str) -> tuple[samplesheet.PatientRows, ...]:
    return samplesheet.parse(text.encode(), "sheet.csv", FOLDER)


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(SamplesheetError) as caught:
        parse(text)
    assert caught.value.exit_code == 3
    return caught.value.faults


def test_rows_of_a_patient_are_its_samples() -> None:
    first, second = parse(
        "patient,sample,role,vcf,sv,cn,coverage,bam,purity,assay,date,mdm2_inhibitor\n"
        "P1,T1,local,a.vcf,a.sv.vcf,a.cns;a.purity.tsv,a.bed,,0.6,wes,2022-05-01,2022-06-01\n"
        "P1,C1,central,c.vcf,,,,c.bam,,targets.bed,NA,\n"
        "P2,,,b.vcf,,.,,,,,,\n"
    )
    local, central = first.samples
    assert (first.patient, second.patient) == ("P1", "P2")
    assert first.mdm2_inhibitor is not None
    assert first.mdm2_inhibitor.since == datetime.date(2022, 6, 1)
    assert (local.name, local.role, local.files) == ("T1", Role.LOCAL, (FOLDER / "a.vcf", FOLDER / "a.sv.vcf"))
    assert local.options == {
        "cn": [FOLDER / "a.cns", FOLDER / "a.purity.tsv"],
        "coverage": [FOLDER / "a.bed"],
        "purity": "0.6",
        "assay": "wes",
        "collected": "2022-05-01",
    }
    assert (central.role, central.options) == (
        Role.CENTRAL,
        {"coverage": [FOLDER / "c.bam"], "assay": FOLDER / "targets.bed"},
    )
    assert (second.samples[0].name, second.samples[0].options) == (None, {})


@pytest.mark.parametrize(
    "text", ["patient\tvcf\r\nP1\ta.vcf\r\n", "\ufeffPatient,VCF\n\nP1,a.vcf\n", '"patient","vcf"\n"P1","a.vcf"']
)
def test_tabs_line_ends_and_byte_order_marks_are_read(text: str) -> None:
    assert [one.patient for one in parse(text)] == ["P1"]


def test_an_absolute_path_stays() -> None:
    assert parse("patient,vcf\nP1,/data/a.vcf\n")[0].samples[0].files == (Path("/data/a.vcf"),)


def test_all_faults_are_listed_with_row_and_column() -> None:
    found = faults(
        "patient,vcf,purity,specimen,build,assay,diagnosis,date,role,mdm2_inhibitor\n"
        "P1,a.vcf,60,blood,hg17,panel,XXXX,May,remote,maybe\n"
        ",,,,,,,,,\n"
        "P3,,0.5,,,,,,,\n"
        "P4,d.vcf\n"
    )
    starts = {one.partition(":")[0] for one in found}
    columns = ("assay", "purity", "build", "specimen", "collected", "diagnosis", "role", "mdm2_inhibitor")
    assert starts == {*(f"row 2, {column}" for column in columns), "row 4, vcf", "row 5"}
    assert any("60 percent is written 0.6" in one for one in found)
    assert any("pass GRCh37 (hg19) or GRCh38 (hg38)" in one for one in found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "has no header"),
        ("patient,vcf\n", "has no row below its header"),
        ("vcf\na.vcf\n", "header: the column patient is missing"),
        ("patient,vfc\nP1,a\n", "header: unknown column 'vfc'; did you mean vcf?"),
        ("patient,vcf,vcf\nP1,a,b\n", "header: column 'vcf' stands twice"),
        ("patient,vcf\nP1\n", "row 2: has 1 cells, the header 2"),
        ("patient,purity\nP1,0.5\n", "row 2, vcf: the row names no file of the tumor"),
        ("patient,vcf,sample\nP1,a,T\nP1,b,T\n", "row 3, patient: P1 with sample T (local) stands in row 2 too"),
        ("patient,vcf\nP1,a\nP1,b\n", "row 3, patient: P1 with a sample without a name (local) stands in row 2 too"),
        ("patient,vcf,role\nP1,a,central\n", "row 2, role: P1 has central samples and no local one"),
        (
            "patient,vcf,sample,mdm2_inhibitor\nP1,a,T,yes\nP1,b,U,no\n",
            "row 3, mdm2_inhibitor: P1 has different values",
        ),
        ('patient,vcf\nP1,"a\n', "row 2: unexpected end of data"),
    ],
)
def test_a_fault_says_where_and_what(text: str, fault: str) -> None:
    assert any(one.startswith(fault) for one in faults(text)), faults(text)


@pytest.mark.parametrize(
    ("identifier", "what"),
    [
        ("../../etc/passwd", "looks like a path"),
        ("a/b", "looks like a path"),
        ("a\\b", "looks like a path"),
        ("..", "looks like a path"),
        ("P\x1b[31m", "cannot be printed"),
        ("P\u202e1", "cannot be printed"),
        ("P" * 129, "more than 128 characters"),
    ],
)
@pytest.mark.parametrize("column", ["patient", "sample"])
def test_hostile_identifiers_are_refused(column: str, identifier: str, what: str) -> None:
    other = {"patient": "sample", "sample": "patient"}[column]
    (fault,) = faults(f"{column},{other},vcf\n{identifier},P1,a.vcf\n")
    assert fault.startswith(f"row 2, {column}: ")
    assert what in fault


def test_a_cell_of_ten_megabytes_is_refused_in_a_short_message() -> None:
    with pytest.raises(SamplesheetError) as caught:
        parse(f"patient,vcf\nP1,{'x' * 10_000_000}\n")
    assert len(str(caught.value)) < 1000


def faults_of(content: bytes) -> tuple[str, ...]:
    with pytest.raises(SamplesheetError) as caught:
        samplesheet.parse(content, "sheet.csv", FOLDER)
    return caught.value.faults


SAVE = "save the sheet as UTF-8 (in Excel: CSV UTF-8)"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_other_encodings_are_refused_with_row_and_remedy(ends: str) -> None:
    text = ends.join(["patient,vcf", "P1,a.vcf", "P\u00e4,b.vcf", ""])
    assert faults_of(text.encode("latin-1")) == (f"row 3: is not UTF-8 text (byte 0xE4); {SAVE}",)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert faults_of(text.encode(encoding)) == (f"row 1: is UTF-16 text; {SAVE}",)


@pytest.mark.parametrize(("content", "row"), [(b"patient,vcf\nP1,a\0.vcf", 2), (b"\0" * 500, 1)])
def test_nul_bytes_are_refused(content: bytes, row: int) -> None:
    assert faults_of(content) == (f"row {row}: holds NUL bytes: it is no text, or was damaged",)


def test_of_a_thousand_faults_a_hundred_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("patient,vcf\n" + "P1,a,b\n" * 1000)
    assert run(["batch", str(path), "--out", str(tmp_path / "out")]) == 3
    error = capsys.readouterr().err
    assert "the samplesheet has 1000 faults:" in error
    assert "and 900 more" in error
    assert len(error.splitlines()) == 103
    assert not (tmp_path / "out").exists()


@given(st.text(max_size=200) | st.text(alphabet='patient,vcf\n"\t;P1.', max_size=200))
def test_whatever_the_text_is_it_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        for patient in parse(text):
            assert patient.patient
            assert patient.samples


SHARED = [
    "patient,vcf,cn\nP0,a.vcf,a.cns\nP1,a.vcf,b.cns\n",
    "patient,vcf,cn\nP0,a.vcf,a.cns\nP1,x/../a.vcf,b.cns\n",
    "patient,vcf,tumor_sample\nP0,a.vcf,T\nP1,a.vcf,T\n",
    "patient,vcf,tumor_sample\nP0,a.vcf,T\nP1,a.vcf,\n",
    "patient,vcf,tumor_sample\nP0,a.vcf,\nP1,a.vcf,T\n",
    "patient,vcf,cn_sample\nP0,a.vcf,T\nP1,a.vcf,U\n",
    "patient,vcf,role,sample\nP0,a.vcf,local,\nP1,b.vcf,local,\nP1,a.vcf,central,C\n",
]


@pytest.mark.parametrize("text", SHARED)
def test_one_vcf_under_two_patients_is_refused(text: str) -> None:
    (fault,) = faults(text)
    assert "a.vcf of P1 is the file of P0 too (row 2, vcf)" in fault
    assert fault.startswith(f"row {text.count(chr(10))}, vcf: ")
    assert fault.endswith("name them in the column tumor_sample")


@pytest.mark.parametrize(
    ("column", "cells", "named_by"),
    [
        ("cn", "a.cns;b.seg,c.tsv;b.seg", "cn_sample"),
        ("cn", "b.vcf.gz,b.vcf.gz", "tumor_sample"),
        ("sv", "b,b", "tumor_sample"),
        ("coverage", "b,b", "tumor_sample"),
        ("bam", "b,b", "tumor_sample"),
    ],
)
def test_files_of_one_tumor_are_of_one_patient_whatever_their_column(column: str, cells: str, named_by: str) -> None:
    first, second = cells.split(",")
    (fault,) = faults(f"patient,{column}\nP0,{first}\nP1,{second}\n")
    assert fault.startswith(f"row 3, {column}: b")
    assert fault.endswith(f"name them in the column {named_by}")
    # What is called another tumor elsewhere says nothing of this file.
    other = {"cn_sample": "tumor_sample", "tumor_sample": "cn_sample"}[named_by]
    assert faults(f"patient,{column},{other}\nP0,{first},T\nP1,{second},U\n") == (fault,)


def test_a_file_in_two_columns_of_two_patients_is_refused() -> None:
    (fault,) = faults("patient,vcf,sv\nP0,a.vcf,\nP1,b.vcf,a.vcf\n")
    assert fault.startswith("row 3, sv: a.vcf of P1 is the file of P0 too (row 2, vcf)")


def test_a_link_to_the_file_of_another_patient_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text("")
    (tmp_path / "b.vcf").symlink_to(tmp_path / "a.vcf")
    with pytest.raises(SamplesheetError, match=r"b\.vcf of P1 is the file of P0 too"):
        samplesheet.parse(b"patient,vcf\nP0,a.vcf\nP1,b.vcf\n", "sheet.csv", tmp_path)


def test_each_row_with_the_file_of_another_is_listed_once() -> None:
    found = faults("patient,vcf\n" + "".join(f"P{n},a.vcf\n" for n in range(5)))
    assert [one.partition(",")[0] for one in found] == ["row 3", "row 4", "row 5", "row 6"]


@pytest.mark.parametrize(
    "text",
    [
        "patient,vcf,tumor_sample\nP0,all.vcf,T\nP1,all.vcf,U\n",
        "patient,cn,cn_sample\nP0,all.seg,T\nP1,all.seg,U\n",
        "patient,sample,vcf\nP0,A,a.vcf\nP0,B,a.vcf\n",
        "patient,vcf,sv\nP0,a.vcf,a.vcf\nP1,b.vcf,b.vcf\n",
        "patient,vcf,assay,reference,tp53_classes\nP0,a.vcf,t.bed,r.fa,c.tsv\nP1,b.vcf,t.bed,r.fa,c.tsv\n",
    ],
)
def test_what_patients_may_share(text: str) -> None:
    assert parse(text)


def test_the_row_of_a_patient_with_the_files_of_another_stops_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = rb.run(tmp_path / "run", 2)
    sheet.write_text(sheet.read_text().replace("P0001,P0001.vcf,P0001.cns", "P0001,P0000.vcf,P0000.cns"))
    assert run(["batch", str(sheet), "--out", str(tmp_path / "out")]) == 3
    error = capsys.readouterr().err
    assert "row 3, vcf: P0000.vcf of P0001 is the file of P0000 too (row 2, vcf)" in error
    assert "row 3, cn: P0000.cns of P0001 is the file of P0000 too (row 2, cn)" in error
    assert not (tmp_path / "out").exists()


def test_a_pipe_in_a_cell_costs_its_patient_alone(tmp_path: Path) -> None:
    sheet = rb.run(tmp_path / "run", 2)
    (tmp_path / "run" / "P0001.vcf").unlink()
    os.mkfifo(tmp_path / "run" / "P0001.vcf")
    assert run(["batch", str(sheet), "--out", str(tmp_path / "out"), "--executor", "serial"]) == 5
    (_, line) = (tmp_path / "out" / "failures.tsv").read_text().splitlines()
    assert line.split("\t")[:3] == ["P0001", "P0001.vcf", "input.access"]
    assert "is no regular file" in line


def test_a_sheet_from_a_pipe_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"patient,vcf\nP1,a.vcf\n")
    os.close(writing)
    assert run(["batch", f"/dev/fd/{reading}", "--out", str(tmp_path / "out")]) == 3
    os.close(reading)
    assert f"/dev/fd/{reading}: is no regular file" in capsys.readouterr().err


def test_no_content_of_a_file_gets_into_the_failures(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sheet = rb.run(tmp_path / "run", 2)
    (tmp_path / "run" / "P0001.vcf").write_text("Surname, Given name, born 1961\n")
    assert run(["batch", str(sheet), "--out", str(tmp_path / "out"), "--executor", "serial"]) == 5
    (_, line) = (tmp_path / "out" / "failures.tsv").read_text().splitlines()
    assert "no reader recognises this file (it holds text of no known form)" in line
    written = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    said = capfd.readouterr()
    assert not any(b"urname" in content for content in (*written, (said.out + said.err).encode()))


@pytest.mark.parametrize(
    "text",
    [
        'patient;vcf;cn;purity\r\nP1;a.vcf;"a.cns;b.tsv";0.6\r\n',
        'sep=;\r\npatient;vcf;cn;purity\r\nP1;a.vcf;"a.cns;b.tsv";0.6\r\n',
        '"sep=;"\npatient;vcf;cn;purity\nP1;a.vcf;"a.cns;b.tsv";0.6\n',
        "\ufeffSEP=,\npatient,vcf,cn,purity\nP1,a.vcf,a.cns;b.tsv,0.6\n",
        "sep=,,,,\r\npatient,vcf,cn,purity\r\nP1,a.vcf,a.cns;b.tsv,0.6\r\n",
        "sep=\t\npatient\tvcf\tcn\tpurity\nP1\ta.vcf\ta.cns;b.tsv\t0.6\n",
        "patient\tvcf\tcn\tpurity\rP1\ta.vcf\ta.cns;b.tsv\t0.6\r",
        ';;;\npatient;vcf;cn;purity\nP1;a.vcf;"a.cns;b.tsv";0.6\n',
        "patient,vcf,cn,purity,,\nP1,a.vcf,a.cns;b.tsv,0.6,,\n,,,,,\n",
    ],
)
def test_what_spreadsheets_make_of_a_sheet_is_read(text: str) -> None:
    ((patient, (sample,), _),) = parse(text)
    assert (patient, sample.files) == ("P1", (FOLDER / "a.vcf",))
    assert sample.options == {"cn": [FOLDER / "a.cns", FOLDER / "b.tsv"], "purity": "0.6"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("sep=;\npatient;vcf\nP1\n", "row 3: has 1 cells, the header 2"),
        ("patient;cn\nP1;a.cns;b.tsv\n", "row 2: has 3 cells, the header 2; a cell that holds ; (several files) needs"),
        ("patient,vcf,purity\nP1,a,0,6\n", "row 2: has 4 cells, the header 3; numbers have a decimal point"),
        # one cell too many must not slip into a column that has no name
        ("patient,vcf,ploidy,purity\nP1,a,2,1,\n", "row 2: has 5 cells, the header 4"),
        ("patient,vcf,\nP1,a,note\n", "row 2: has text in column 3, which has no name in the header"),
        ("patient,,vcf\nP1,,a\n", "header: column 2 has no name"),
        (
            "patient;vcf;purity\nP1;a.vcf;0,6\n",
            "row 2, purity: 0,6 cannot be used (a decimal comma? write a point); pass",
        ),
    ],
)
def test_faults_that_spreadsheets_make_are_explained(text: str, fault: str) -> None:
    (found,) = faults(text)
    assert found.startswith(fault)


def test_faults_name_columns_and_no_options() -> None:
    found = faults(
        "patient,vcf,purity,ploidy,fish_ratio,specimen,build,cn_scale,diagnosis,date,role,mdm2_inhibitor\n"
        "P1,a.vcf,60,x,-1,blood,hg17,ln,XXXX,May,remote,maybe\n"
    )
    assert len(found) == 10
    assert not any("--" in one for one in found)
    assert any(one.startswith("row 2, purity: 60 cannot be used (a percentage?") for one in found)
    assert any(one.startswith("row 2, build: hg17 is not known; pass GRCh37") for one in found)


@pytest.mark.parametrize(("first", "second"), [("P0000", "p0000"), ("J\u00f6rg", "Jo\u0308rg"), ("\u00c5", "a\u030a")])
def test_patients_told_apart_by_case_or_coding_alone_are_refused(first: str, second: str) -> None:
    (fault,) = faults(f"patient,vcf\n{first},a.vcf\nother,c.vcf\n{second},b.vcf\n")
    assert fault.startswith(f"row 4, patient: {second} and {first} (row 2) differ in case or in the coding")


def test_patients_who_differ_otherwise_are_two() -> None:
    assert len(parse("patient,vcf\nP1,a.vcf\nP-1,b.vcf\nP 1,c.vcf\nP\u00e91,d.vcf\nPe1,e.vcf\n")) == 5


def test_every_file_of_a_row_but_the_reference_counts() -> None:
    ((_, (row,), _),) = parse(
        "patient,vcf,sv,cn,coverage,bam,tp53_classes,assay,reference\nP1,a,b,c;d,e,f,g;h,targets.bed,r.fa\n"
    )
    assert sorted(samplesheet.files_of(row)) == sorted(FOLDER / name for name in (*"abcdefgh", "targets.bed"))
    ((_, (row,), _),) = parse("patient,vcf,assay\nP1,a,wes\n")
    assert list(samplesheet.files_of(row)) == [FOLDER / "a"]
