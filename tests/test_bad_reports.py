"""A wrong report of a vendor at 6 pm: exit code and message, through the command itself."""

from pathlib import Path

import pytest

from mdm2screen.cli import run

VENDOR = Path(__file__).parents[1] / "test_data" / "vendor"


def made(name: str) -> str:
    return (VENDOR / name).read_text()


BAD = {
    "type.xml": (
        made("TUMOR_1.foundation.xml").replace("<rr:ResultsReport", '<!DOCTYPE r SYSTEM "x"><rr:ResultsReport'),
        "type.xml line 2: the XML declares a document type",
    ),
    "cut.xml": (made("TUMOR_1.foundation.xml")[:1500], "cut.xml line 16: the XML ends before its end"),
    "cut.json": (made("TUMOR_1.tempus.json")[:900], "cut.json line 18: the JSON ends before its end"),
    "twice.json": (
        made("TUMOR_1.tempus.json").replace('"copyNumber": 16', '"copyNumber": 16, "copyNumber": 2'),
        "an object of the JSON holds copyNumber twice",
    ),
    "comma.tsv": (
        made("TUMOR_1_CombinedVariantOutput.tsv").replace("5.600", "5,600"),
        "comma.tsv line 25: fold_change is '5,600', which is not a number (a decimal comma?)",
    ),
    "scale.tsv": (
        made("TUMOR_1_CombinedVariantOutput.tsv").replace("5.600", "5600"),
        "scale.tsv line 25 (MDM2): 5600 cannot be a linear ratio",
    ),
    "short.tsv": (
        made("TUMOR_1-full.tsv").replace("\tTP53\tc.215C>G\tp.Pro72Arg", ""),
        "short.tsv line 9: has 15 fields where the header has 18",
    ),
    "book.xlsx": ("PK\x03\x04", "book.xlsx: a zip archive or spreadsheet cannot be read"),
    "reference.tsv": (
        made("TUMOR_1_CombinedVariantOutput.tsv").replace("7579472\tG\tC", "7579472\tA\tC"),
        "reference.tsv line 42 (chr17:7579472 A>C): REF has A at chromosome 17 position 7579472, where GRCh37 has G",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_report_is_refused_with_place_and_remedy(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, words = BAD[name]
    (tmp_path / name).write_text(text)
    assert run(["check", str(tmp_path / name)]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert words in " ".join(err.split())
    assert "What to do: " in err
