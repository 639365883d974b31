import math
from pathlib import Path

import pytest

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import Row, header, rows


def read(tmp_path: Path, text: str) -> list[Row]:
    path = tmp_path / "t.tsv"
    path.write_text(text)
    return list(rows(SourceFile(path)))


def test_an_unbalanced_quote_swallows_no_line(tmp_path: Path) -> None:
    found = read(tmp_path, 'name\tvalue\n5\' end\t1\n"half\t2\nlast"\t3\n')
    assert [row.number("value") for row in found] == [1, 2, 3]
    assert [row.text("name") for row in found] == ["5' end", "half", "last"]


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, "## made by hand\n\n#name\tvalue\na\t1\n\nb\t2\n")
    assert [(row.line, row.text("name")) for row in found] == [(4, "a"), (6, "b")]


def test_a_warning_of_r_stands_before_the_header(tmp_path: Path) -> None:
    text = 'WARNING: ignoring environment value of R_HOME\n"ID"\t"seg.mean"\nS\t1\n'
    assert read(tmp_path, text)[0].number("seg_mean") == 1
    assert header(SourceFile(tmp_path / "t.tsv")) == ("id", "seg_mean")


def test_row_names_of_r_have_no_header(tmp_path: Path) -> None:
    (row,) = read(tmp_path, '"ID"\t"value"\n"1"\t"S"\t2\n')
    assert (row.text("id"), row.number("value")) == ("S", 2)


def test_an_absent_column_is_an_empty_field() -> None:
    row = Row("t.tsv", 2, {})
    assert row.text("value") == ""
    assert row.number("value") is None
    assert row.whole("value") is None


@pytest.mark.parametrize(("token", "value"), [("7e+07", 70_000_000), ("12.0", 12), ("0", 0)])
def test_positions(token: str, value: int) -> None:
    assert Row("t.tsv", 2, {"start": token}).position("start") == value


@pytest.mark.parametrize("token", ["12.5", "-1", "NA", "inf"])
def test_what_is_no_position(token: str) -> None:
    with pytest.raises(MalformedFileError, match=rf"t.tsv line 2: start is '{token}', which is not a position"):
        Row("t.tsv", 2, {"start": token}).position("start")


def test_half_positions_are_rounded_as_told() -> None:
    row = Row("t.tsv", 2, {"start": "12.5"})
    assert (row.position("start", math.floor), row.position("start", math.ceil)) == (12, 13)


@pytest.mark.parametrize("token", ["1_0", "ten", "1,5", "0x10"])
def test_what_is_no_number(token: str) -> None:
    with pytest.raises(MalformedFileError, match="which is not a number"):
        Row("t.tsv", 2, {"value": token}).number("value")
