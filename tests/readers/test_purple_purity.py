import pytest
from cn_files import MADE, made, read_path, read_text, table

from mdm2screen.errors import MalformedFileError, UnknownFormatError
from mdm2screen.readers.contract import Options
from shared_data import shared


@pytest.mark.parametrize("name", ["TUMOR_1.purple.purity.tsv", "TUMOR_1.purple.purity"])
def test_purity_and_ploidy_without_a_build(name: str) -> None:
    content = read_path(MADE / name, Options())
    (record,) = content.purities
    assert (record.purity, record.ploidy) == (0.62, 2.1)
    assert (record.source.file, record.source.line) == (name, 2)
    assert content.qc == ()
    assert content.file.build is None
    assert not content.needs_build
    assert not content.copy_number
    assert content.file.records.total == 1


def test_no_tumor_is_a_failure_and_its_purity_no_measurement() -> None:
    content = read_text(made("TUMOR_1.purple.purity.tsv").replace("NORMAL", "NO_TUMOR"), Options())
    (verdict,) = content.qc
    assert (verdict.passed, verdict.status, verdict.source.line) == (False, "NO_TUMOR", 2)
    assert content.purities == ()


@pytest.mark.parametrize("method", ["NORMAL", "HIGHLY_DIPLOID", "SOMATIC"])
def test_the_method_of_the_fit_is_no_verdict(method: str) -> None:
    content = read_text(made("TUMOR_1.purple.purity.tsv").replace("NORMAL", method), Options())
    assert content.qc == ()
    assert len(content.purities) == 1


@pytest.mark.parametrize("token", ["0", "1.2", "62", "-1"])
def test_a_purity_that_is_no_fraction_is_an_error(token: str) -> None:
    text = made("TUMOR_1.purple.purity.tsv").replace("\n0.6200", f"\n{token}")
    with pytest.raises(MalformedFileError) as caught:
        read_text(text, Options())
    assert str(caught.value) == (
        f"made.tsv line 2: purity is '{token}', which is no fraction of tumor cells (above 0, up to 1)\n"
        "  What to do: check or remake the file"
    )


def test_a_ploidy_of_nothing_is_an_error() -> None:
    text = made("TUMOR_1.purple.purity.tsv").replace("2.1000", "0")
    with pytest.raises(MalformedFileError, match="ploidy is '0', which is no number of copies"):
        read_text(text, Options())


def test_missing_numbers_are_not_assumed() -> None:
    text = made("TUMOR_1.purple.purity.tsv").replace("\n0.6200", "\nNA").replace("2.1000", "NaN")
    (record,) = read_text(text, Options()).purities
    assert (record.purity, record.ploidy) == (None, None)


@pytest.mark.parametrize("fits", [0, 2])
def test_one_fit_is_expected(fits: int) -> None:
    header, row = made("TUMOR_1.purple.purity.tsv").splitlines(keepends=True)
    with pytest.raises(MalformedFileError, match=f"made.tsv: holds {fits} fits where PURPLE writes one"):
        read_text(header + row * fits, Options())


def test_the_table_of_candidate_fits_is_not_claimed() -> None:
    with pytest.raises(UnknownFormatError):
        read_text(table("purity|normFactor|score|diploidProportion|ploidy|somaticPenalty", "0.6|1|0.7|0.5|2|0"))


def test_real_old_file() -> None:
    (record,) = read_path(shared("cn/purple_v2.16_CUP.purple.purity"), Options()).purities
    assert (record.purity, record.ploidy) == (0.13, 3.9861)
