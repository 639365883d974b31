import pytest
from cn_files import MADE, made, read_path, read_text, table

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Options


def test_the_verdict_and_the_purity_beside_it() -> None:
    content = read_path(MADE / "TUMOR_1.purple.qc", Options())
    (verdict,), (purity,) = content.qc, content.purities
    assert (verdict.passed, verdict.status, verdict.source.line) == (True, "PASS", 1)
    assert (purity.purity, purity.ploidy, purity.source.line) == (0.62, None, 5)
    assert not content.needs_build
    assert content.file.records.total == 12


@pytest.mark.parametrize(
    ("status", "passed"),
    [
        ("PASS", True),
        ("WARN_HIGH_COPY_NUMBER_NOISE", True),
        ("WARN_DELETED_GENES,WARN_GENDER_MISMATCH", True),
        ("FAIL_CONTAMINATION", False),
        ("WARN_LOW_PURITY,FAIL_NO_TUMOR", False),
        ("FAIL_SEGMENT", False),
        ("", False),
        ("UNHEARD_OF", False),
    ],
)
def test_warnings_pass_and_failures_do_not(status: str, passed: bool) -> None:
    (verdict,) = read_text(made("TUMOR_1.purple.qc").replace("PASS", status), Options()).qc
    assert (verdict.passed, verdict.status) == (passed, status)


@pytest.mark.parametrize(("old", "new"), [("PASS", "FAIL_NO_TUMOR"), ("NORMAL", "NO_TUMOR")])
def test_the_purity_of_no_tumor_is_no_measurement(old: str, new: str) -> None:
    assert read_text(made("TUMOR_1.purple.qc").replace(old, new), Options()).purities == ()


def test_older_files_hold_no_purity() -> None:
    content = read_text(table("QCStatus|PASS", "SegmentPass|true", "", "GenderPass|true"), Options())
    assert content.purities == ()
    assert content.qc[0].passed


def test_the_verdict_is_found_on_any_line() -> None:
    lines = made("TUMOR_1.purple.qc").splitlines(keepends=True)
    assert read_text("".join(reversed(lines)), Options()).qc[0].passed


def test_a_purity_that_is_no_fraction_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match=r"line 5: Purity is '62', which is no fraction of tumor"):
        read_text(made("TUMOR_1.purple.qc").replace("0.6200", "62"), Options())
