"""Guardant sheets saved as text: plasma copies are the least there can be; variants stand by name."""

from pathlib import Path

import pytest
from vendor_files import VENDOR, changed, made, one, read_made, read_text, said

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import guardant
from mdm2screen.readers.contract import Head
from mdm2screen.records import PurityState, Reference, Scale
from mdm2screen.results import Status

TABS, COMMAS, VARIANTS = "TUMOR_1_CNAs.tsv", "TUMOR_1_CNAs.csv", "TUMOR_1_SNV.tsv"


def status(folder: Path, purity: float | None = None, copies: str = "3.4") -> Status:
    (folder / TABS).write_text(changed(TABS, ("3.4", copies)))
    decision = screen(folder / TABS, purity=purity, specimen="plasma")
    return next(call.status for call in decision.calls if call.criterion == "mdm2_amplification")


@pytest.mark.parametrize("name", [TABS, COMMAS])
def test_plasma_copies_are_observed_uncorrected_and_the_least(name: str) -> None:
    content = read_made(name)
    expected = (3.4, Scale.OBSERVED_COPIES, Reference.DIPLOID, PurityState.UNCORRECTED, True)
    assert said(one(content)) == expected
    assert (one(content).label, one(content).source.line) == ("plasma: at least this", 3)
    assert content.file.records.total == 2


@pytest.mark.parametrize("copies", ["1.9", "2.0", "2.1", "3.4", "9"])
@pytest.mark.parametrize("purity", [None, 0.9])
def test_plasma_never_shows_that_a_gene_is_not_amplified(copies: str, purity: float | None, tmp_path: Path) -> None:
    assert status(tmp_path, purity, copies) is Status.INDETERMINATE


def test_plasma_shows_amplification_where_even_the_least_reaches_it(tmp_path: Path) -> None:
    assert status(tmp_path, copies="12") is Status.MET
    assert status(tmp_path, purity=0.2, copies="4.0") is Status.MET  # (4 - 2 x 0.8) / 0.2 = 12
    assert status(tmp_path, purity=0.2, copies="3.9") is Status.INDETERMINATE


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (COMMAS, "3.4", "3,4", "line 3: has 4 fields where the header has 3"),
        (COMMAS, "3.4", '"3,4"', "copy_number is '3,4', which is not a number"),
        (TABS, "3.4", "high", "copy_number is 'high', which is not a number"),
        (TABS, "MDM2\tchr12\t", "MDM2\t", "line 3: has 2 fields where the header has 3"),
    ],
)
def test_what_does_not_parse_is_an_error(name: str, old: str, new: str, words: str) -> None:
    with pytest.raises(MalformedFileError, match=words):
        read_text(changed(name, (old, new)))


def test_blank_lines_and_trailing_separators_of_a_sheet() -> None:
    padded = made(COMMAS).replace("\n", ",,\n") + ",,,,\n\n"
    assert one(read_text(padded)).value == 3.4
    with pytest.raises(MalformedFileError, match="line 2: has 5 fields where the header has 3"):
        read_text(padded.replace("2.6,,", "2.6,,9"))


def test_quoted_fields_of_a_sheet() -> None:
    assert one(read_text(changed(COMMAS, ("MDM2,chr12,3.4", '"MDM2","chr12","3.4"')))).value == 3.4


def test_variants_are_kept_by_name() -> None:
    content = read_made(VARIANTS)
    (variant,) = content.reported
    assert (variant.hgvs_c, variant.hgvs_p, variant.words) == ("c.524G>A", "R175H", "R175H c.524G>A")
    assert not content.copy_number
    assert content.file.records.dropped == {}


def test_an_indel_has_a_type_and_a_category() -> None:
    header, rows = (
        "gene\tchrom\tposition\tmut_nt\tcdna\ttype\treporting_category\n",
        "TP53\tchr17\t7578500\tCG>C\tc.216del\tdel\treported\n",
    )
    (variant,) = read_text(header + rows).reported
    assert (variant.words, variant.status) == ("c.216del del", "reported")
    (unnamed,) = read_text(header + rows.replace("c.216del\tdel", "\t")).reported
    assert unnamed.words == "chr17:7578500 CG>C"


def test_a_variant_of_mdm2_is_dropped_by_name() -> None:
    content = read_text(changed(VARIANTS, ("FGFR3", "MDM2")))
    assert content.file.records.dropped == {"small variant of MDM2, which no criterion asks for": 1}


def test_a_table_of_segments_is_none_of_its_sheets() -> None:
    assert not guardant.sniff(Head("x", b"gene\tchrom\tstart\tend\tcopy_number\n"))
    assert guardant.sniff(Head("x", (VENDOR / TABS).read_bytes()))
