import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import BuildError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Scale
from shared_data import shared


def test_the_median_of_the_posterior_is_the_value() -> None:
    content = read_path(MADE / "TUMOR_1.modelFinal.seg", Options())
    (segment,) = over(content, "MDM2")
    assert (segment.value, segment.probes, segment.sample) == (3.101, 38, "TUMOR_1")
    assert segment.scale is Scale.LOG2_RATIO
    assert segment.purity_state is PurityState.UNCORRECTED
    assert content.file.build is Build.GRCH37


def test_the_percentiles_of_the_posterior_are_its_limits() -> None:
    (segment,) = over(read_text(made("TUMOR_1.modelFinal.seg")), "MDM2")
    assert (segment.ci_low, segment.value, segment.ci_high) == (3.08, 3.101, 3.122)


def test_a_segment_of_allele_fractions_alone_has_no_value() -> None:
    content = read_text(made("TUMOR_1.modelFinal.seg").replace("3.101000", "NaN"))
    assert values(content, "MDM2") == [None]


def test_real_packed_file_proves_grch38_by_its_contigs() -> None:
    path = shared("cn/gatk4_modelFinal_example.seg.gz")
    content = read_path(path, Options())
    assert content.file.build is Build.GRCH38
    assert content.file.sample == "Sample1"
    assert values(content, "MDM2") == [-0.014392]
    assert values(content, "TP53") == [-0.00662]
    with pytest.raises(BuildError, match="the file is not on GRCh37: contig 1 has length 248956422"):
        read_path(path, Options(build=Build.GRCH37))
