"""DRAGEN's table of segments: linear under a name that is log2 elsewhere."""

from cn_files import MADE, made, over, read_path, read_text

from mdm2screen.records import PurityState, Reference, Scale


def test_segment_mean_is_a_linear_ratio() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.seg.called.merged"), "MDM2")
    assert (segment.value, segment.scale, segment.reference) == (7.9, Scale.LINEAR_RATIO, Reference.SAMPLE)
    assert (segment.start, segment.end) == (69010001, 71200000)
    assert (segment.purity_state, segment.label) == (PurityState.UNCORRECTED, "Copy_Number 16")


def test_a_segment_that_failed_its_filter_has_no_number() -> None:
    (segment,) = over(read_text(made("TUMOR_1.seg.called.merged").replace("200\tPASS", "200\tcnvQual")), "MDM2")
    assert (segment.value, segment.label) == (None, "cnvQual")
