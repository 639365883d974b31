"""cBioPortal structural variants (data_sv.txt)."""

import tempfile
from pathlib import Path

import pytest
from cn_files import table

import evidence_builder as eb
from mdm2screen.errors import BuildError, MalformedFileError, SampleError
from mdm2screen.evidence import gather
from mdm2screen.readers import recognise
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent
from mdm2screen.results import Call, Status
from shared_data import shared

MADE = Path(__file__).parents[2] / "test_data" / "sv" / "data_sv.txt"
HEADER = (
    "Sample_Id|Site1_Hugo_Symbol|Site1_Chromosome|Site1_Position|"
    "Site2_Hugo_Symbol|Site2_Chromosome|Site2_Position|Class|NCBI_Build|SV_Status"
)
BARE = "Sample_Id|Site1_Hugo_Symbol|Site2_Hugo_Symbol|SV_Status|Event_Info"


def read_path(path: Path, sample: str | None = None, **more: str) -> FileContent:
    file = SourceFile(path)
    return recognise(file).read(file, Options(cn_sample=sample, **more))  # type: ignore[arg-type]


def read_text(*lines: str, options: Options | None = None) -> FileContent:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data_sv.txt"
        path.write_text(table(*lines))
        file = SourceFile(path)
        return recognise(file).read(file, options or Options())


def call(content: FileContent) -> Call:
    small = eb.content("small.vcf", format="vcf", small_variants=True)
    return eb.protocol().local[1].evaluate(gather([content, small], assay="wgs"))


def codes(content: FileContent) -> list[str]:
    return [reason.code for reason in call(content).reasons]


def test_a_translocation_in_intron_1_breaks_the_gene_and_a_small_deletion_there_does_not() -> None:
    content = read_path(MADE, "TUMOR_1")
    found = call(content)
    assert (found.status, codes(content)) == (Status.NOT_MET, ["T029"])
    assert "cut in intron 1 and joined to 12:69000000" in found.reasons[0].message
    assert found.tp53 is not None
    assert [v.classification for v in found.tp53.variants] == ["gene left whole", "breaks the gene"]
    assert content.file.build is Build.GRCH37
    assert content.file.records.used == 2
    assert content.file.records.dropped == {"another sample": 2}
    assert content.file.records.total == 6
    assert content.rearrangements


def test_a_deletion_between_two_other_genes_takes_tp53_with_it() -> None:
    content = read_path(MADE, "TUMOR_2")
    assert codes(content) == ["T030"]


def test_a_germline_event_is_told_from_a_somatic_one() -> None:
    content = read_path(MADE, "TUMOR_3")
    (variant,) = content.variants
    assert variant.germline == "SV_Status is GERMLINE"
    assert codes(content) == ["T029", "T036"]  # it counts, and concerns the family


def test_a_sample_of_the_table_without_an_event_of_tp53_says_nothing() -> None:
    content = read_path(MADE, "TUMOR_4")
    assert (content.variants, content.file.build, codes(content)) == ((), None, ["T001"])


def test_a_sample_without_a_row_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(SampleError, match="has no sample TUMOR_9; it has: TUMOR_4") as caught:
        read_path(MADE, "TUMOR_9")
    assert "leave this file out then, it is no evidence" in (caught.value.remedy or "")


def test_of_several_samples_none_is_guessed() -> None:
    with pytest.raises(SampleError, match="holds 4 samples"):
        read_path(MADE)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("T|TP53|GENE1|SOMATIC|TP53-GENE1 fusion", ["T029"]),
        ("T|GENE1|TP53|SOMATIC|GENE1-TP53 fusion", ["T029"]),
        ("T|TP53||SOMATIC|TP53-intragenic", ["T014"]),
        ("T|TP53|TP53|SOMATIC|TP53-intragenic", ["T014"]),
        ("T|TP53|GENE1|UNKNOWN|TP53-GENE1 fusion", ["T005"]),
        ("T|TP53|GENE1||TP53-GENE1 fusion", ["T005"]),
        ("T|GENE1|GENE2|SOMATIC|GENE1-GENE2 fusion", ["T001"]),
    ],
)
def test_a_table_without_places_needs_no_build(row: str, expected: list[str]) -> None:
    content = read_text(BARE, row)
    assert content.file.build is None
    assert codes(content) == expected


def test_one_place_of_two_is_enough_for_a_fusion() -> None:
    content = read_text(HEADER, "T|TP53|17|7585000|GENE1|||FUSION|GRCh37|SOMATIC")
    assert codes(content) == ["T029"]


def test_a_position_that_is_none_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="site1_position is '75x', which is not a number"):
        read_text(HEADER, "T|TP53|17|75x|GENE1|12|69000000|TRANSLOCATION|GRCh37|SOMATIC")


def test_the_place_of_the_named_gene_proves_or_refutes_the_build() -> None:
    row = "T|TP53|17|7585000|GENE1|12|69000000|TRANSLOCATION||SOMATIC"
    assert read_text(HEADER, row).file.build is Build.GRCH37
    with pytest.raises(BuildError, match="TP53 is named at 17:7585000"):
        read_text(HEADER, row, options=Options(build=Build.GRCH38))


@pytest.mark.parametrize("places", [("7582000", "7584000"), ("7584000", "7582000")])
def test_the_order_of_the_two_sites_does_not_matter(places: tuple[str, str]) -> None:
    row = f"T|TP53|17|{places[0]}|TP53|17|{places[1]}|DELETION|GRCh37|SOMATIC"
    assert codes(read_text(HEADER, row)) == ["T001"]


def test_a_real_deletion_of_exons_2_and_3() -> None:
    content = read_path(shared("cohort/nsclc_msk_pd1_2018/data_sv.txt"), "P-0004827-T01-IM5")
    found = call(content)
    assert (found.status, codes(content)) == (Status.NOT_MET, ["T029"])
    assert "a deletion from intron 3 to intron 1 takes exons 2 to 3" in found.reasons[0].message


def test_no_other_sample_of_the_real_table_has_an_event_of_tp53() -> None:
    path = shared("cohort/nsclc_msk_pd1_2018/data_sv.txt")
    names = {line.split("\t")[0] for line in path.read_text().splitlines()[1:]}
    with_events = {name for name in names if read_path(path, name).variants}
    assert with_events == {"P-0004827-T01-IM5"}
    assert len(names) > 30
