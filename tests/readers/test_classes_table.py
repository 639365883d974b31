"""A laboratory's own table of classes: its columns, its words, its faults."""

from pathlib import Path

import pytest
from class_files import MADE, read, read_text, said

from mdm2screen.errors import MalformedFileError, UnknownFormatError
from mdm2screen.records import Source


def test_a_table_separated_by_tabs() -> None:
    content = read(MADE / "lab_classes.tsv")
    assert said(content) == {
        "p.Asp186Gly": "pathogenic",
        "p.Asn235Ser": "likely_benign",
        "p.Arg175His": "uncertain",
        "p.Val73fs": "likely_pathogenic",
    }
    first = content.classes[0]
    assert (first.origin, first.words) == ("lab_classes.tsv", "Pathogenic")
    assert first.source == Source(file="lab_classes.tsv", line=2, locus="p.Asp186Gly")
    assert content.file.format == "tp53-classes"
    assert content.file.records.model_dump() == {
        "total": 5,
        "in_windows": 5,
        "used": 4,
        "dropped": {"of another gene": 1},
    }
    assert not content.file.of_patient


def test_a_table_separated_by_semicolons_with_quotes_and_titles_of_clinvar() -> None:
    content = read(MADE / "lab_classes.csv")
    assert said(content) == {
        "c.557A>G": "likely_benign",
        "c.375G>T": "likely_pathogenic",
        "c.216del": "pathogenic",
    }
    assert content.file.records.dropped == {"gives no class of pathogenicity": 1}


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
@pytest.mark.parametrize("names", ["hgvs_p class", "HGVSp Significance", "variant Classification", "protein class"])
def test_names_of_columns_and_separators(tmp_path: Path, names: str, separator: str) -> None:
    text = f"{separator.join(names.split())}\nR175H{separator}benign\n"
    assert said(read_text(tmp_path, text)) == {"p.Arg175His": "benign"}


def test_bases_decide_over_the_protein_beside_them(tmp_path: Path) -> None:
    """c.375G>T is no other than synonymous in the protein."""
    content = read_text(tmp_path, "hgvs_p,hgvs_c,class\np.Thr125=,c.375G>T,pathogenic\n")
    assert said(content) == {"c.375G>T": "pathogenic"}


def test_a_gene_column_of_several_genes_holds_tp53(tmp_path: Path) -> None:
    text = "gene\tvariant\tclass\nTP53|WRAP53\tc.-29+1G>T\tVUS\nWRAP53\tc.1A>G\tVUS\n"
    content = read_text(tmp_path, text)
    assert said(content) == {"c.-29+1G>T": "uncertain"}
    assert content.file.records.dropped == {"of another gene": 1}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("R175H\tpatogenic", r"lab.tsv line 3: 'patogenic' is no class"),
        ("R175H\t5", r"lab.tsv line 3: '5' is no class"),
        ("R175H\tPathogenic ii", r"'Pathogenic ii' is no class"),
        ("R72H\tbenign", r"lab.tsv line 3: the variant names Arg72, but in NP_000537 residue 72 is Pro"),
        ("NM_001126115.2:c.128G>A\tbenign", r"is given on NM_001126115\.2, not on NM_000546"),
        ("c.524C>T\tbenign", r"lab.tsv line 3: 'c\.524C>T' states C, where NM_000546 has G"),
        ("p.?\tbenign", r"names no change of bases and none of the protein"),
        ("see report\tbenign", r"'see report' is no description of a protein change"),
        ("R175H", r"lab.tsv line 3: has 1 fields where the header has 2"),
    ],
)
def test_a_row_that_cannot_be_used_is_an_error_with_its_line(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(MalformedFileError, match=words) as error:
        read_text(tmp_path, f"variant\tclass\nD186G\tVUS\n{row}\n")
    assert "What to do" in str(error.value)


def test_a_quote_that_stays_open_between_commas_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MalformedFileError, match=r"lab.tsv line 3: the line cannot be split into fields"):
        read_text(tmp_path, 'variant,class\nD186G,VUS\nR175H,"benign\n')


def test_a_table_that_says_nothing_of_tp53_is_an_error(tmp_path: Path) -> None:
    text = "gene\tvariant\tclass\nBRCA1\tc.1A>G\tpathogenic\n"
    with pytest.raises(MalformedFileError, match=r"not one row gives a class of a TP53 variant \(of another gene\)"):
        read_text(tmp_path, text)
    with pytest.raises(MalformedFileError, match="not one row gives a class of a TP53 variant"):
        read_text(tmp_path, "variant\tclass\n")


@pytest.mark.parametrize(
    "text",
    [
        "hgvs_p\tcomment\nR175H\tno class column\n",
        "Hugo_Symbol\tHGVSp_Short\tTumor_Sample_Barcode\tClass\nTP53\tp.R175H\tT\tx\n",  # a tumor's own variants
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOR\n",
    ],
)
def test_what_is_no_table_of_classes_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnknownFormatError, match="is no table of classes of TP53 variants") as error:
        read_text(tmp_path, text)
    assert "hgvs_c, hgvs_p or variant" in str(error.value)
