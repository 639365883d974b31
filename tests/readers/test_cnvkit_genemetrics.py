import pytest
from cn_files import GRCH37, MADE, made, over, read_path, read_text, table, values

from mdm2screen.errors import BuildError, MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale

HEADER = "gene|chromosome|start|end|log2|depth|weight|probes"


def test_a_row_speaks_of_its_gene() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1.genemetrics.tsv"), "MDM2")
    assert (segment.gene, segment.value, segment.probes) == ("MDM2", 3.2, 13)
    assert (segment.start, segment.end) == (69201951, 69234000)
    assert segment.scale is Scale.LOG2_RATIO
    assert segment.reference is Reference.SAMPLE
    assert segment.purity_state is PurityState.UNCORRECTED


def test_a_neutral_gene_has_no_row_and_the_file_is_silent_about_it() -> None:
    content = read_path(MADE / "TUMOR_1.genemetrics.tsv")
    assert over(content, "TP53") == []
    assert content.silence == (
        "genemetrics writes no row for a gene that is neutral, weakly altered or covered by few bins"
    )


def test_a_gene_split_by_a_breakpoint_has_several_rows() -> None:
    text = table(HEADER, "MDM2|chr12|69201950|69220000|3.2|1|1|7", "MDM2|chr12|69220000|69234000|0.4|1|1|6")
    assert values(read_text(text), "MDM2") == [3.2, 0.4]


def test_a_gene_named_with_others_is_the_gene() -> None:
    text = table(HEADER, "MDM2;MDM2_exon9,CPM|chr12|69201950|69220000|3.2|1|1|7")
    assert values(read_text(text), "MDM2") == [3.2]


@pytest.mark.parametrize("name", ["MDM2P1", "mdm2-as1", "MDM20"])
def test_a_neighbour_of_like_name_is_another_gene(name: str) -> None:
    content = read_text(table(HEADER, f"{name}|chr12|69201950|69220000|3.2|1|1|7"))
    assert content.segments == ()
    assert content.file.records.dropped == {"names another gene": 1}


def test_older_releases_name_the_probes_n_bins() -> None:
    text = made("TUMOR_1.genemetrics.tsv").replace("\tprobes\t", "\tn_bins\t")
    assert over(read_text(text), "MDM2")[0].probes == 13


def test_segments_that_call_made_leave_the_purity_unknown() -> None:
    text = table(HEADER + "|cn", "MDM2|chr12|69201950|69234000|3.2|1|1|7|18")
    assert over(read_text(text), "MDM2")[0].purity_state is PurityState.UNKNOWN


def test_no_reads_are_no_value() -> None:
    text = table(HEADER, "TP53|chr17|7571719|7590868|-20|0|1|7")
    assert values(read_text(text), "TP53") == [None]


def test_the_place_of_the_gene_proves_the_build() -> None:
    content = read_path(MADE / "TUMOR_1.genemetrics.tsv", Options())
    assert content.file.build is Build.GRCH37
    with pytest.raises(BuildError, match="--build GRCh38 was given, but the file is not on GRCh38"):
        read_path(MADE / "TUMOR_1.genemetrics.tsv", Options(build=Build.GRCH38))


def test_a_gene_named_elsewhere_is_not_used() -> None:
    """NCBI36 places MDM2 at 67.5 Mb: no known build, so that nothing may be read from it."""
    content = read_text(table(HEADER, "MDM2|chr12|67488000|67525000|3.2|1|1|7"), GRCH37)
    assert content.segments == ()
    assert content.file.records.dropped == {"lies away from the gene it names": 1}


def test_a_decimal_comma_is_named() -> None:
    with pytest.raises(MalformedFileError, match=r"line 2: log2 is '3,2'.*a decimal comma\?"):
        read_text(table(HEADER, "MDM2|chr12|69201950|69234000|3,2|1|1|7"))
