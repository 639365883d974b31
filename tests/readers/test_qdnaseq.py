"""QDNAseq: a segment file without a number of its own, and bins that say "at least"."""

import pytest
from cn_files import GRCH37, MADE, made, over, read_path, read_text

from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale


def test_a_segment_gives_the_first_bin_alone_and_so_no_number() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.qdnaseq.seg"), "MDM2")
    assert (segment.value, segment.label) == (None, "first bin log2 1.93")


def test_a_bin_is_a_log2_ratio_that_the_gene_may_exceed() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.qdnaseq.igv"), "MDM2")
    assert (segment.value, segment.at_least, segment.scale) == (3.1, True, Scale.LOG2_RATIO)
    assert (segment.reference, segment.purity_state) == (Reference.SAMPLE, PurityState.UNCORRECTED)


def test_several_samples_are_listed() -> None:
    text = (
        made("TUMOR_1.qdnaseq.igv")
        .replace("\tTUMOR_1\n", "\tTUMOR_1\tTUMOR_2\n")
        .replace("\t0.02\n", "\t0.02\t0\n")
        .replace("\t3.1\n", "\t3.1\t0\n")
        .replace("\t-0.4\n", "\t-0.4\t0\n")
    )
    with pytest.raises(SampleError, match="holds 2 samples: TUMOR_1, TUMOR_2"):
        read_text(text, GRCH37)


@pytest.mark.parametrize("name", ["TUMOR_1", "T.1 b"])
def test_a_sample_is_named_as_it_is_written(name: str) -> None:
    """It is the name in the patient's other files, and the one that --cn-sample takes."""
    content = read_text(
        made("TUMOR_1.qdnaseq.igv").replace("feature\tTUMOR_1", f"feature\t{name}"),
        Options(cn_sample=name, build=Build.GRCH37),
    )
    assert content.file.sample == name
    assert [segment.value for segment in over(content, "MDM2")] == [3.1]
