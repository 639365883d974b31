"""One form for the many writings of one change, on NM_000546 and NP_000537."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen import hgvs
from mdm2screen.consequence import predict
from mdm2screen.genes import tp53_bases, tp53_exons
from mdm2screen.records import Build
from shared_data import shared


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("R175H", "p.Arg175His"),
        ("p.R175H", "p.Arg175His"),
        ("p.Arg175His", "p.Arg175His"),
        ("p.(Arg175His)", "p.Arg175His"),
        ("R213*", "p.Arg213Ter"),
        ("p.R213X", "p.Arg213Ter"),
        ("p.Arg213Stop", "p.Arg213Ter"),
        ("p.R213R", "p.Arg213="),
        ("p.Arg213=", "p.Arg213="),
        ("p.V73Wfs*50", "p.Val73TrpfsTer50"),
        ("p.Val73TrpfsTer50", "p.Val73TrpfsTer50"),
        ("p.V73fs", "p.Val73fs"),
        ("p.V73fs*50", "p.Val73fs"),
        ("p.K382del", "p.Lys382del"),
        ("p.G108_F109del", "p.Gly108_Phe109del"),
        ("p.H178_S183dup", "p.His178_Ser183dup"),
        ("p.E285_N288delinsDK", "p.Glu285_Asn288delinsAspLys"),
        ("p.Met1?", "p.Met1?"),
    ],
)
def test_writings_of_a_protein_change(written: str, expected: str) -> None:
    assert hgvs.protein(written) == expected


@pytest.mark.parametrize("written", ["p.?", "p.=", "p.0", "", "p.(=)"])
def test_a_protein_description_that_says_nothing(written: str) -> None:
    assert hgvs.protein(written) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("p.Arg72Pro", "residue 72 is Pro"),
        ("p.R176H", "residue 176 is Cys"),
        ("p.Arg394His", "residue 394 is Ter"),
        ("p.Arg395His", "there is no residue 395"),
        ("p.R175B", "B is no amino acid"),
        ("TP53 R175H", "is no description of a protein change"),
        ("p.R175ins", "is no description of a protein change"),
        ("pathogenic", "is no description of a protein change"),
    ],
)
def test_a_protein_description_that_is_none_of_p53(written: str, why: str) -> None:
    with pytest.raises(hgvs.UnusableChangeError, match=re.escape(why)):
        hgvs.protein(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("c.524G>A", ("c.524G>A", "p.Arg175His")),
        ("c.216delC", ("c.216del", "p.Val73TrpfsTer50")),
        ("c.215_216insC", ("c.216dup", "p.Val73ArgfsTer76")),  # an insertion that is a duplication
        ("c.215delC", ("c.216del", "p.Val73TrpfsTer50")),  # not shifted 3'
        ("c.523_524delCGinsTA", ("c.523_524delinsTA", "p.Arg175Tyr")),
        ("c.524GC>AT", ("c.524_525delinsAT", "p.Arg175His")),
        ("c.376-1G>A", ("c.376-1G>A", "p.?")),
        ("c.375+5G>A", ("c.375+5G>A", None)),
        ("c.-28-2A>G", ("c.-28-2A>G", "p.?")),
        ("c.*1C>A", ("c.*1C>A", None)),
        ("c.994-500A>G", ("c.994-500A>G", None)),  # beyond the bases that are known here
        ("c.782+2000del14", ("c.782+2000del", None)),
        ("c.74+78G>T", ("c.75-40G>T", None)),  # counted from the farther exon
        ("c.672+389_994-765del", ("c.672+389_994-765del", None)),  # over whole introns
        ("c.-29+1G>T", ("c.-29+1G>T", None)),  # exon 1 is not coding, its bases are not known here
    ],
)
def test_writings_of_a_change_of_bases(written: str, expected: tuple[str, str | None]) -> None:
    assert hgvs.change(written, None) == expected


@pytest.mark.parametrize(
    ("coding", "why"),
    [
        ("c.524C>A", "states C, where NM_000546 has G"),
        ("c.216delG", "states G, where NM_000546 has C"),
        ("c.524G", "is no description of a coding change"),
        ("c.520_525insA", "inserts between positions that are not neighbours"),
        ("c.525_520del", "ends before it begins"),
        ("c.420-421insAGACC", "420, which is no border"),  # a hyphen for the underscore
        ("c.1-3176A>T", "1, which is no border"),
        ("c.524delGinsG", "changes nothing"),
    ],
)
def test_a_change_of_bases_that_is_none_of_nm_000546(coding: str, why: str) -> None:
    with pytest.raises(hgvs.UnusableChangeError, match=why):
        hgvs.change(coding, None)


def test_the_protein_beside_the_bases_must_be_what_they_do() -> None:
    assert hgvs.change("c.524G>A", "p.R175H").hgvs_p == "p.Arg175His"
    with pytest.raises(hgvs.UnusableChangeError, match=r"says p\.R175L, but c\.524G>A is p\.Arg175His"):
        hgvs.change("c.524G>A", "p.R175L")


def test_another_isoforms_protein_beside_bases_without_effect_is_not_looked_at() -> None:
    assert hgvs.change("c.993+303T>A", "p.I184K") == ("c.993+303T>A", None)


@pytest.mark.parametrize("accession", ["NM_001126115.2", "NM_007294.4", "NC_000017.11", "ENST00000413465"])
def test_a_change_on_another_transcript_is_refused(accession: str) -> None:
    with pytest.raises(hgvs.UnusableChangeError, match=f"is given on {accession}, not on NM_000546"):
        hgvs.change("c.524G>A", None, accession)


@pytest.mark.parametrize("accession", ["NM_000546", "NM_000546.5", "ENST00000269305.9", "LRG_321t1", "P04637-1", None])
def test_names_of_the_transcript_meant(accession: str | None) -> None:
    assert hgvs.change("c.524G>A", None, accession).hgvs_c == "c.524G>A"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NM_000546.6(TP53):c.524G>A (p.Arg175His)", ("NM_000546.6", "TP53", "c.524G>A", "p.Arg175His")),
        ("NM_000546.6:c.524G>A", ("NM_000546.6", None, "c.524G>A", None)),
        ("TP53:p.R175H", (None, "TP53", None, "p.R175H")),
        ("R175H", (None, None, None, "R175H")),
        ("", (None, None, None, None)),
    ],
)
def test_taking_a_description_apart(text: str, expected: tuple[str | None, ...]) -> None:
    assert hgvs.take_apart(text) == expected


def test_a_change_of_the_gene_beside_tp53_is_told_apart() -> None:
    """WRAP53 overlaps TP53, and ClinVar's export of one holds changes of the other."""
    assert hgvs.of_other_gene(hgvs.take_apart("NM_001143992.2(WRAP53):c.1A>G (p.Met1Val)"))
    assert not hgvs.of_other_gene(hgvs.take_apart("NM_000546.6(TP53):c.1A>G (p.Met1Val)"))


_POSITIONS = [p for e in tp53_exons() for p in range(e.cds_start[Build.GRCH38], e.cds_end[Build.GRCH38] + 1)]


@given(st.sampled_from(_POSITIONS), st.sampled_from("ACGT"))
def test_what_the_program_writes_it_reads_back(pos: int, alt: str) -> None:
    """Each coding substitution, by its bases and by its protein."""
    ref = tp53_bases(Build.GRCH38)[pos]
    if alt == ref:
        return
    consequence = predict(Build.GRCH38, pos, ref, alt)
    assert hgvs.change(consequence.hgvs_c, consequence.hgvs_p) == (consequence.hgvs_c, consequence.hgvs_p)
    assert consequence.hgvs_p is not None
    assert consequence.hgvs_p in (hgvs.protein(consequence.hgvs_p), "p.Met1?")


@given(st.sampled_from(_POSITIONS[5:-30]), st.integers(1, 9), st.text("ACGT", min_size=0, max_size=6))
def test_indels_are_read_back_too(pos: int, size: int, inserted: str) -> None:
    bases = tp53_bases(Build.GRCH38)
    ref = "".join(bases.get(pos + i, "") for i in range(size + 1))
    if len(ref) != size + 1 or ref == ref[0] + inserted:
        return
    consequence = predict(Build.GRCH38, pos, ref, ref[0] + inserted)
    if consequence.hgvs_c is not None:
        assert hgvs.change(consequence.hgvs_c, None).hgvs_c == consequence.hgvs_c
    if consequence.hgvs_p is not None and consequence.hgvs_p not in ("p.?", "p.="):
        assert hgvs.protein(consequence.hgvs_p) is not None


def test_an_inversion_is_read_back() -> None:
    """Two bases that become their own reverse complement are one by the HGVS nomenclature."""
    consequence = predict(Build.GRCH38, 7676124, "GG", "CC")
    assert consequence.hgvs_c == "c.244_245inv"
    assert hgvs.change("c.244_245inv", None) == hgvs.Change("c.244_245inv", "p.Pro82Gly")
    assert hgvs.locus("c.244_245inv") == (7676124, "GG", "CC")


def test_descriptions_of_the_nci_database_lead_to_its_own_loci(tell: Callable[[str], None]) -> None:
    """Its c. description and its position, REF and ALT are one change by two ways."""
    agree, differ = 0, {}
    for line in shared("tp53_variants/nci_tp53db_r21_variants.GRCh38.vcf").read_text().splitlines():
        if line.startswith("#"):
            continue
        _, pos, identifier, ref, alt, *_, info = line.split("\t")
        written = dict(pair.split("=", 1) for pair in info.split(";"))["HGVSC"]
        try:
            by_words = hgvs.change(written, None).hgvs_c
        except hgvs.UnusableChangeError as exc:
            by_words = str(exc)
        by_locus = predict(Build.GRCH38, int(pos), ref, alt).hgvs_c
        agree += by_words == by_locus
        if by_words != by_locus:
            differ[identifier] = f"{by_words} or {by_locus}"
    tell(f"NCI TP53 Database R21, c. against locus: {agree} agree, {len(differ)} differ {differ}")
    assert agree + len(differ) == 1180
    assert set(differ) == {
        "NCI6614",  # over whole introns, whose inner bases are not known here
        "NCI6534",  # the locus holds the inserted bases of the other strand
        "NCI29997",  # written with a hyphen for the underscore
        "NCI6264", "NCI6227", "NCI29931",  # counted from c.1, which is no border of an exon
    }  # fmt: skip
