"""VEP and Illumina's annotator in INFO: field order from the header, alleles as VEP writes them."""

import pytest
from annotated import nothing, only, said, short
from hypothesis import given
from hypothesis import strategies as st

FIELDS = "Allele|Consequence|IMPACT|SYMBOL|Gene|Feature_type|Feature|BIOTYPE|HGVSc|HGVSp|PICK|CLIN_SIG"
HEADER = {"CSQ": f"Consequence annotations from Ensembl VEP. Format: {FIELDS}"}


def entry(allele: str = "T", **changes: str) -> str:
    """R175H on the Ensembl transcript."""
    fields = {
        "Allele": allele,
        "Consequence": "missense_variant",
        "SYMBOL": "TP53",
        "Gene": "ENSG00000141510",
        "Feature": "ENST00000269305.9",
        "HGVSc": "ENST00000269305.9:c.524G>A",
        "HGVSp": "ENSP00000269305.4:p.Arg175His",
    } | changes
    return "|".join(fields.get(name, "") for name in FIELDS.split("|"))


def test_an_entry_is_read_by_the_names_of_the_header() -> None:
    found = only(said(f"DP=100;CSQ={entry()}", declared=HEADER))
    assert short(found) == ("VEP", "ENST00000269305", "missense_variant", "c.524G>A", "p.Arg175His")
    assert not found.chosen


@given(st.permutations(FIELDS.split("|")))
def test_the_order_of_the_fields_does_not_matter(order: list[str]) -> None:
    by_name = dict(zip(FIELDS.split("|"), entry(PICK="1").split("|"), strict=True))
    text = "|".join(by_name[name] for name in order)
    declared = {"CSQ": f"Consequence annotations from Ensembl VEP. Format: {'|'.join(order)}"}
    found = only(said(f"CSQ={text}", declared=declared))
    assert short(found) == ("VEP", "ENST00000269305", "missense_variant", "c.524G>A", "p.Arg175His")
    assert found.chosen


@pytest.mark.parametrize("key", ["ANN", "vep", "CSQ_more"])
def test_the_key_is_known_by_its_description(key: str) -> None:
    assert only(said(f"{key}={entry()}", declared={key: HEADER["CSQ"]})).hgvs_p == "p.Arg175His"


def test_without_the_names_of_its_fields_an_annotation_cannot_be_read() -> None:
    for declared in ({}, {"CSQ": "Consequence annotations"}):
        found = said(f"CSQ={entry()}", declared=declared)
        assert found.annotations == []
    assert "does not name its fields" in said(f"CSQ={entry()}").unread[0]


def test_an_entry_with_fewer_fields_than_the_header_names_is_not_trusted() -> None:
    found = said(f"CSQ={entry().rpartition('|')[0]},{entry(Feature='NM_000546.6')}", declared=HEADER)
    assert found.unread == ["an entry of CSQ has 11 fields, the header names 12"]
    assert [one.transcript for one in found.annotations] == ["NM_000546"]


def test_terms_symbols_and_escapes() -> None:
    text = entry(Consequence="splice_region_variant&synonymous_variant", HGVSp="ENSP00000269305.4:p.Thr125%3D")
    found = only(said(f"CSQ={text}", declared=HEADER))
    assert (found.terms, found.hgvs_p) == (("splice_region_variant", "synonymous_variant"), "p.Thr125=")


def test_other_genes_of_the_row_are_left_out() -> None:
    neighbour = entry(SYMBOL="WRAP53", Gene="ENSG00000141499", Feature="ENST00000316024.9", HGVSc="", HGVSp="")
    regulatory = "|".join(["T", "regulatory_region_variant", *[""] * 4, "ENSR00000091234", *[""] * 5])
    found = said(f"CSQ={neighbour},{entry()},{regulatory}", declared=HEADER)
    assert only(found).transcript == "ENST00000269305"
    assert nothing(said(f"CSQ={neighbour}", declared=HEADER))


@pytest.mark.parametrize(
    ("ref", "alts", "number", "written"),
    [
        ("C", ("T", "A"), 1, "T"),
        ("C", ("T", "A"), 2, "A"),
        ("CG", ("C",), 1, "-"),
        ("C", ("CTT",), 1, "TT"),
        ("CG", ("C", "CGG"), 1, "-"),
        ("CG", ("C", "CGG"), 2, "GG"),
        ("CG", ("C", "TG"), 1, "C"),  # not all begin alike, so nothing is cut
        ("CG", ("C", "TG"), 2, "TG"),
        ("CC", ("CT", "C"), 1, "T"),
        ("CC", ("TT",), 1, "TT"),
        ("CG", ("*", "C"), 2, "-"),  # a star is no allele of its own
        ("CGG", ("CG",), 1, "-"),  # at its shortest, as with --minimal
        ("CGG", ("CG",), 1, "G"),
    ],
)
def test_an_allele_as_vep_writes_it(ref: str, alts: tuple[str, ...], number: int, written: str) -> None:
    found = said(f"CSQ={entry(written)}", ref=ref, alts=alts, number=number, declared=HEADER)
    assert only(found).terms == ("missense_variant",)


def test_each_allele_gets_its_own_entry() -> None:
    text = f"{entry('T')},{entry('A', HGVSp='ENSP00000269305.4:p.Arg175Leu')}"
    names = [only(said(f"CSQ={text}", alts=("T", "A"), number=n, declared=HEADER)).hgvs_p for n in (1, 2)]
    assert names == ["p.Arg175His", "p.Arg175Leu"]


def test_after_splitting_the_other_alleles_entry_stays_behind_and_is_left_out() -> None:
    text = f"{entry('A', Consequence='stop_gained')},{entry('T')}"
    assert only(said(f"CSQ={text}", declared=HEADER)).terms == ("missense_variant",)


def test_an_annotation_of_other_alleles_alone_is_said_to_be_one() -> None:
    found = said(f"CSQ={entry('G')}", declared=HEADER)
    assert (found.annotations, found.unread) == ([], ["CSQ has entries for other alleles, none for ALT T"])


def test_the_number_of_the_allele_decides_where_the_line_has_several() -> None:
    fields = f"{FIELDS}|ALLELE_NUM"
    declared = {"CSQ": f"Format: {fields}"}
    text = f"{entry('-')}|2,{entry('-', Consequence='stop_gained')}|1"
    found = said(f"CSQ={text}", ref="CGG", alts=("C", "CG"), number=1, declared=declared)
    assert only(found).terms == ("stop_gained",)
    # a line that was split keeps the numbers of the old one
    assert only(said(f"CSQ={entry('T')}|2", declared=declared)).terms == ("missense_variant",)


def test_both_transcripts_of_a_merged_cache_are_kept() -> None:
    text = f"{entry()},{entry(Feature='NM_000546.6', Gene='7157', HGVSc='NM_000546.6:c.524G>A')}"
    found = said(f"CSQ={text}", declared=HEADER)
    assert [one.transcript for one in found.annotations] == ["ENST00000269305", "NM_000546"]


def test_the_clinical_significance_is_read_once_with_conflicts() -> None:
    text = f"{entry(CLIN_SIG='likely_pathogenic&pathogenic')},{entry(Feature='NM_000546.6', CLIN_SIG='pathogenic')}"
    (found,) = said(f"CSQ={text}", declared=HEADER).classes
    assert (found.origin, found.significance, found.words) == (
        "ClinVar (CLIN_SIG)",
        "likely_pathogenic",
        "likely_pathogenic&pathogenic",
    )


def test_an_entry_without_gene_and_transcript_is_of_the_place() -> None:
    most_severe = entry(SYMBOL="", Gene="", Feature="", HGVSc="", HGVSp="")
    assert only(said(f"CSQ={most_severe}", declared=HEADER)).transcript is None
    between = entry(SYMBOL="", Gene="", Feature="", HGVSc="", HGVSp="", Consequence="intergenic_variant")
    assert nothing(said(f"CSQ={between}", declared=HEADER))


def test_illuminas_annotator_writes_csq_too() -> None:
    header = "Consequence annotations from Illumina Connected Annotations. Format: Allele|Consequence|SYMBOL|"
    header += "Feature_type|Feature|CANONICAL|HGVSg|HGVSc|HGVSp|vid"
    text = "T|missense_variant|TP53|Transcript|NM_000546.6|True|NC_000017.11:g.7675088C>T|"
    text += "NM_000546.6:c.524G>A|NP_000537.3:p.(Arg175His)|17-7675088-C-T"
    found = only(said(f"CSQ={text}", declared={"CSQ": header}))
    assert short(found) == ("Nirvana", "NM_000546", "missense_variant", "c.524G>A", "p.Arg175His")
    assert found.chosen


def test_csqt_counts_alleles() -> None:
    header = "Consequence type as predicted by IAE. Format: GenotypeIndex|HGNC|Transcript ID|Consequence"
    text = "CSQT=1|TP53|NM_000546.5|missense_variant,2|TP53|NM_000546.5|synonymous_variant"
    found = said(text, alts=("T", "A"), number=2, declared={"CSQT": header})
    assert only(found).terms == ("synonymous_variant",)
    regulatory = "Predicted regulatory consequence type. Format: GenotypeIndex|RegulatoryID|Consequence"
    assert nothing(said("CSQR=1|ENSR0001|regulatory_region_variant", declared={"CSQR": regulatory}))
