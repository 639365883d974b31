"""GATK's table of contamination: the tumor's row, as fractions."""

import pytest
from cn_files import MADE, read_path, read_text

from mdm2screen.errors import InputError, MalformedFileError, SampleError
from mdm2screen.readers.contract import Options

HEADER = "sample\tcontamination\terror\n"


def test_the_fraction_its_error_and_its_line() -> None:
    content = read_path(MADE / "TUMOR_1.contamination.table", Options())
    (record,) = content.contaminations
    assert (record.fraction, record.error, record.source.line) == (0.0123, 0.0021, 2)
    assert (content.file.sample, content.file.build, content.needs_build) == ("TUMOR_1", None, False)
    assert content.file.records.total == 1


def test_of_several_samples_the_tumor_is_asked_for() -> None:
    text = f"{HEADER}A\t0.01\t0.001\nB\t0.2\t0.01\n"
    with pytest.raises(SampleError, match="holds 2 samples: A, B"):
        read_text(text, Options())
    (record,) = read_text(text, Options(tumor_sample="B")).contaminations
    assert record.fraction == 0.2


@pytest.mark.parametrize(
    "row", ["A\t1.2\t0.1", "A\t-0.1\t0.1", "A\t1,2\t0.1", "A\tNA\t0.1", "A\thigh\t0", "A\t0.1\t-1"]
)
def test_what_is_no_fraction_is_an_error_with_its_line(row: str) -> None:
    with pytest.raises(MalformedFileError, match="line 2"):
        read_text(f"{HEADER}{row}\n", Options())


@pytest.mark.parametrize("rows", ["", "A\t0.1\t0.1\nA\t0.2\t0.1\n"])
def test_a_table_without_one_row_for_the_sample_is_an_error(rows: str) -> None:
    with pytest.raises(InputError, match="rows of one sample where GATK writes one"):
        read_text(f"{HEADER}{rows}", Options())


def test_an_error_that_is_not_stated_is_none() -> None:
    (record,) = read_text(f"{HEADER}A\t0\tNaN\n", Options()).contaminations
    assert (record.fraction, record.error) == (0, None)
