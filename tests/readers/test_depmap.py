"""DepMap: linear ratios in the segments, and matrices whose scale must be stated."""

import pytest
from cn_files import GRCH37, MADE, made, over, read_path, read_text

from mdm2screen.errors import SampleError, ScaleError
from mdm2screen.readers.contract import CnScale, Options
from mdm2screen.records import Build, PurityState, Reference, Scale


def chosen(name: str) -> Options:
    return Options(build=Build.GRCH37, cn_sample=name)


def test_segment_means_are_linear_ratios_to_the_sample() -> None:
    (segment,) = over(read_path(MADE / "depmap_segments.csv", chosen("PR-1")), "MDM2")
    assert (segment.value, segment.scale, segment.reference) == (8.4, Scale.LINEAR_RATIO, Reference.SAMPLE)
    assert segment.purity_state is PurityState.UNCORRECTED


def test_older_releases_part_by_tabs_and_name_columns_otherwise() -> None:
    text = made("depmap_segments.csv").replace(",", "\t")
    text = text.replace("ProfileID", "DepMap_ID").replace("SegmentMean", "Segment_Mean").replace("Num", "Num_")
    (segment,) = over(read_text(text, chosen("PR-1")), "MDM2")
    assert (segment.value, segment.probes) == (8.4, 40)


def test_profiles_are_listed() -> None:
    with pytest.raises(SampleError, match="holds 2 samples: PR-1, PR-2"):
        read_path(MADE / "depmap_segments.csv", GRCH37)


def test_a_gene_matrix_asks_for_its_scale() -> None:
    with pytest.raises(ScaleError) as caught:
        read_path(MADE / "depmap_genes.csv", Options(cn_sample="ACH-1"))
    assert "log2(ratio + 1)" in str(caught.value)
    assert caught.value.exit_code == 3


def test_an_absolute_matrix_gives_copies_of_unknown_correction() -> None:
    content = read_path(MADE / "depmap_genes.csv", Options(cn_sample="ACH-1", cn_scale=CnScale.COPIES))
    (segment,) = over(content, "MDM2")
    assert (segment.value, segment.scale, segment.purity_state) == (15.2, Scale.OBSERVED_COPIES, PurityState.UNKNOWN)
    assert content.file.records.dropped == {"another sample": 2}
