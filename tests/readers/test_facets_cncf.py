import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import BuildError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale


@pytest.mark.parametrize(("name", "sample"), [("TUMOR_1.cncf.txt", None), ("TUMOR_1_hisens.cncf.txt", "TUMOR_1")])
def test_total_copies_under_the_new_and_the_legacy_header(name: str, sample: str | None) -> None:
    (segment,) = over(read_path(MADE / name), "MDM2")
    assert (segment.start, segment.end, segment.value, segment.probes) == (69190055, 69249870, 18, 60)
    assert segment.scale is Scale.TUMOR_COPIES
    assert segment.reference is Reference.DIPLOID
    assert segment.purity_state is PurityState.CORRECTED
    assert segment.sample == sample


def test_copies_not_fitted_are_no_value_and_the_ratio_is_not_taken_instead() -> None:
    content = read_path(MADE / "TUMOR_1_hisens.cncf.txt")
    (segment,) = over(content, "TP53")
    assert segment.value is None
    assert segment.scale is Scale.TUMOR_COPIES
    assert content.file.records.used == 2


def test_minor_copies_do_not_matter() -> None:
    text = made("TUMOR_1.cncf.txt").replace("\t0.61\t18\t1\n", "\t0.61\t18\tNA\n")
    assert values(read_text(text), "MDM2") == [18]


def test_the_fit_by_expectation_maximisation_goes_before_the_naive_one() -> None:
    assert "\t0.61\t19\t1\t0.61\t18\t1\n" in made("TUMOR_1_hisens.cncf.txt")
    assert values(read_path(MADE / "TUMOR_1_hisens.cncf.txt"), "MDM2") == [18]


def test_chromosome_23_is_x() -> None:
    text = made("TUMOR_1.cncf.txt").replace("23\t50\t3100\tNA\t-0.9\tNA\t7\t-0.9\tNA\t2710000\t154900000", "{}")
    row = "23\t50\t3100\tNA\t-0.9\tNA\t7\t-0.9\tNA\t2710000\t155270560"
    assert read_text(text.format(row), Options()).file.build is Build.GRCH37  # the length of X


def test_nothing_in_the_file_proves_the_build() -> None:
    with pytest.raises(BuildError, match="nothing in the file proves the genome build"):
        read_path(MADE / "TUMOR_1.cncf.txt", Options())


def test_legacy_tables_put_together_need_a_sample() -> None:
    header, *rows = made("TUMOR_1_hisens.cncf.txt").splitlines(keepends=True)
    both = header + "".join(rows) + "".join(rows).replace("TUMOR_1", "TUMOR_2").replace("\t18\t", "\t3\t")
    with pytest.raises(SampleError, match="holds 2 samples: TUMOR_1, TUMOR_2"):
        read_text(both)
    content = read_text(both, Options(build=Build.GRCH37, cn_sample="TUMOR_2"))
    assert values(content, "MDM2") == [3]
    assert content.file.records.dropped == {"another sample": 2}


@pytest.mark.parametrize(("token", "minor"), [("0", 0), ("1", 1), ("NA", None)])
def test_minor_copies_are_kept_for_loss_of_heterozygosity(token: str, minor: float | None) -> None:
    text = made("TUMOR_1.cncf.txt").replace("\t0.61\t18\t1\n", f"\t0.61\t18\t{token}\n")
    (segment,) = over(read_text(text), "MDM2")
    assert segment.minor == minor


@pytest.mark.parametrize(("fraction", "subclonal"), [("0.61", False), ("0.5", False), ("0.2", True)])
def test_a_segment_of_fewer_cells_than_others_is_of_a_subclone(fraction: str, subclonal: bool) -> None:
    """Another altered segment shows that 61% of the cells are tumor."""
    text = made("TUMOR_1.cncf.txt").replace("3.1\t69190055\t69249870\t0.61", f"3.1\t69190055\t69249870\t{fraction}")
    text += "17\t42\t90\t9\t-0.4\t1\t4\t-0.4\t1\t81030000\t81100000\t0.61\t1\t0\n"
    (segment,) = over(read_text(text), "MDM2")
    assert segment.subclonal is subclonal
    assert all(not other.subclonal for other in over(read_text(text), "TP53"))
