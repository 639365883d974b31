"""ClinVar's VCF as a table of classes: words, review status, builds, and what is no tumor's file."""

from pathlib import Path

import pytest
from class_files import MADE, read, read_text, said

import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError, ReferenceMismatchError, TruncatedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, ClassRecord

TEXT = (MADE / "clinvar.vcf").read_text()


def by_change(name: str) -> list[ClassRecord]:
    return [record for record in read(MADE / "clinvar.vcf").classes if record.hgvs_c == name]


def lines(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_classes_by_change_with_their_status() -> None:
    content = read(MADE / "clinvar.vcf")
    assert [(record.hgvs_p, record.significance) for record in content.classes] == [
        ("p.Asp186Gly", "likely_pathogenic"),
        ("p.Asn235Ser", "uncertain"),  # no assertion criteria
        ("p.Arg283Cys", "conflicting"),
        ("p.Arg181His", "uncertain"),
        ("p.Arg181His", "likely_pathogenic"),  # its oncogenicity
        ("p.Val73TrpfsTer50", "pathogenic"),
    ]
    (record,) = by_change("c.557A>G")
    assert record.words == (
        "Pathogenic/Likely pathogenic; criteria provided, multiple submitters, no conflicts; variation 2"
    )
    assert (record.origin, record.locus) == ("ClinVar", (Build.GRCH38, 7675055, "T", "C"))
    assert (record.source.file, record.source.line) == ("clinvar.vcf", 11)
    (conflicting,) = by_change("c.847C>T")
    assert "; Likely pathogenic(1)|Uncertain significance(2); " in conflicting.words
    assert [one.origin for one in by_change("c.542G>A")] == ["ClinVar", "ClinVar oncogenicity"]


def test_every_line_over_the_gene_is_accounted_for() -> None:
    file = read(MADE / "clinvar.vcf").file
    assert (file.format, file.build, file.of_patient) == ("tp53-classes-clinvar", Build.GRCH38, False)
    assert (file.records.total, file.records.in_windows, file.records.used) == (9, 7, 5)
    assert file.records.dropped == {"no change of known bases": 1, "states no class of pathogenicity": 1}


@pytest.mark.parametrize("name", ["clinvar.vcf", "clinvar.vcf.gz"])
def test_the_build_of_the_patient_is_not_asked_of_the_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("gz"):
        vb.bgzf(path, TEXT.encode())
    else:
        path.write_text(TEXT)
    assert len(read(path, Options(build=Build.GRCH37)).classes) == 6


def test_without_any_proof_the_stated_build_holds(tmp_path: Path) -> None:
    bare = lines(("##reference=GRCh38\n", ""))
    bare = "".join(line for line in bare.splitlines(keepends=True) if "\t7676152\t" not in line)
    with pytest.raises(BuildError, match="nothing in the file proves the genome build"):
        read_text(tmp_path, bare, "clinvar.vcf")
    assert len(read_text(tmp_path, bare, "clinvar.vcf", Options(build=Build.GRCH38)).classes) == 5


def test_a_wrong_build_is_refused_with_the_locus_and_both_bases(tmp_path: Path) -> None:
    wrong = lines(("17\t7675055\t2\tT\tC", "17\t7675055\t2\tG\tC"))
    with pytest.raises(ReferenceMismatchError, match=r"line 11 .*REF has G at chromosome 17 position 7675055.*has T"):
        read_text(tmp_path, wrong, "clinvar.vcf")


def test_a_line_of_several_alleles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match="holds several alleles") as error:
        read_text(tmp_path, lines(("17\t7675055\t2\tT\tC", "17\t7675055\t2\tT\tC,A")), "clinvar.vcf")
    assert "bcftools norm -m-" in str(error.value)


def test_a_word_of_a_later_year_is_uncertain_and_noted(tmp_path: Path) -> None:
    content = read_text(tmp_path, lines(("CLNSIG=Pathogenic/Likely_pathogenic", "CLNSIG=Harmful")), "clinvar.vcf")
    assert said(content)["c.557A>G"] == "uncertain"
    assert any("harmful" in note for note in content.file.notes)


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = vb.bgzf(tmp_path / "clinvar.vcf.gz", TEXT.encode(), end=False)
    with pytest.raises(TruncatedFileError):
        read(path)


def test_tens_of_thousands_of_lines_elsewhere_are_passed_over(tmp_path: Path) -> None:
    many = "".join(f"1\t{2000000 + i}\t{i}\tA\tG\t.\t.\tCLNSIG=Benign\n" for i in range(30000))
    text = lines(("17\t7675055", many + "17\t7675055"))
    path = vb.bgzf(tmp_path / "clinvar.vcf.gz", text.encode(), block=60000)
    content = read(path)
    assert (content.file.records.total, len(content.classes)) == (30009, 6)
