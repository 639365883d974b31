import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Scale


def test_copies_and_label_of_the_gene() -> None:
    content = read_path(MADE / "TUMOR_1.gene_level.txt", Options())
    (segment,) = over(content, "MDM2")
    assert (segment.gene, segment.value, segment.label, segment.sample) == ("MDM2", 18, "AMP", "TUMOR_1")
    assert (segment.start, segment.end) == (69201952, 69244466)
    assert segment.scale is Scale.TUMOR_COPIES
    assert segment.purity_state is PurityState.CORRECTED
    assert content.file.build is Build.GRCH37
    assert content.file.notes == ()


@pytest.mark.parametrize(
    ("word", "copies"),
    [("suppress_segment_too_large", None), ("suppress_likely_unfocal_large_gain", None), ("RESCUE", 18)],
)
def test_the_filter_is_passed_on_as_a_note_and_a_suppressed_number_is_not_used(word: str, copies: float | None) -> None:
    content = read_text(made("TUMOR_1.gene_level.txt").replace("AMP\tPASS", f"AMP\t{word}"))
    assert values(content, "MDM2") == [copies]
    assert content.file.notes == (f"MDM2 carries the facets-suite filter {word} (line 2)",)


def test_the_filter_of_a_neighbour_is_no_note_of_the_file() -> None:
    mdm2 = made("TUMOR_1.gene_level.txt").splitlines(keepends=True)[1]
    cdk4 = mdm2.replace("MDM2", "CDK4").replace("69201952\t69244466", "58141509\t58146093").replace("PASS", "RESCUE")
    content = read_text(made("TUMOR_1.gene_level.txt") + cdk4)
    assert [(s.gene, s.value) for s in content.context] == [("CDK4", 18)]
    assert content.file.notes == ()


def test_a_gene_over_several_segments_is_noted() -> None:
    content = read_text(made("TUMOR_1.gene_level.txt").replace("FALSE\tAMP", "TRUE\tAMP"))
    assert content.file.notes == ("MDM2 spans more than one segment; the row gives one of them (line 2)",)
    assert values(content, "MDM2") == [None]


def test_no_number_and_no_label() -> None:
    text = made("TUMOR_1.gene_level.txt").replace("\t0.61\t18\t1\t", "\tNA\tNA\tNA\t").replace("\tAMP\t", "\tNA\t")
    (segment,) = over(read_text(text), "MDM2")
    assert (segment.value, segment.label) == (None, None)


def test_neighbours_over_the_gene_are_accounted_for() -> None:
    records = read_path(MADE / "TUMOR_1.gene_level.txt").file.records
    assert (records.total, records.used, records.dropped) == (3, 2, {"names another gene": 1})


def test_several_samples_need_a_choice() -> None:
    header, *rows = made("TUMOR_1.gene_level.txt").splitlines(keepends=True)
    both = header + "".join(rows) + "".join(rows).replace("TUMOR_1", "NA")
    with pytest.raises(SampleError, match="holds 2 samples: NA, TUMOR_1"):
        read_text(both)
    content = read_text(both, Options(build=Build.GRCH37, cn_sample="NA"))
    assert values(content, "MDM2") == [18]
    assert content.file.sample == "NA"


def test_minor_copies_are_kept_unless_the_suite_suppressed_its_number() -> None:
    assert over(read_path(MADE / "TUMOR_1.gene_level.txt"), "TP53")[0].minor == 1
    text = made("TUMOR_1.gene_level.txt").replace("DIPLOID\tPASS", "DIPLOID\tsuppress_large_homdel")
    assert over(read_text(text), "TP53")[0].minor is None
