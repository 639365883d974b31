"""GDC: allele-specific segments, and genes with their lowest and highest copies."""

from cn_files import MADE, made, over, read_path, read_text

from mdm2screen.readers.contract import Options
from mdm2screen.records import Build


def test_allele_specific_segments_are_copies_of_the_tumor_cell() -> None:
    (segment,) = over(read_path(MADE / "gdc_ascat.seg.txt"), "MDM2")
    assert (segment.value, segment.minor, segment.sample) == (16, 1, "aliquot-1")


def test_a_gene_has_its_lowest_and_highest_copies_not_the_median() -> None:
    content = read_path(MADE / "gdc_gene_level.tsv", Options())
    (segment,) = over(content, "MDM2")
    assert (segment.value, segment.highest) == (14, 16)
    assert content.file.build is Build.GRCH38


def test_a_gene_without_a_segment_has_no_number() -> None:
    text = made("gdc_gene_level.tsv").replace("\t16\t14\t16", "\t\t\t")
    (segment,) = over(read_text(text, Options()), "MDM2")
    assert segment.value is None
