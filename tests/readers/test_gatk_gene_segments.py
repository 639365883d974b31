"""GATK's gene list: a gene over two segments has two rows, and the rows tell the build."""

from cn_files import MADE, over, read_path

from mdm2screen.readers.contract import Options
from mdm2screen.records import Build


def test_both_segments_over_the_gene_are_kept() -> None:
    content = read_path(MADE / "TUMOR_1.funcotated.gene_list.tsv", Options())
    assert [(s.start, s.value) for s in over(content, "MDM2")] == [(68900000, 0.1), (69210000, 2.9)]
    assert content.file.build is Build.GRCH37
    assert content.file.sample == "TUMOR_1"
