"""Loci, contig names, and what proves or refutes a genome build."""

import pytest

from mdm2screen import builds, genes
from mdm2screen.errors import BuildError
from mdm2screen.records import Build, BuildClaim, Source

HERE = Source(file="made", line=7)


def said(claims: list[BuildClaim]) -> list[tuple[str, bool]]:
    return [(claim.build.value, claim.supports) for claim in claims]


@pytest.mark.parametrize(
    ("name", "contig"),
    [
        ("chr12", "12"),
        ("12", "12"),
        ("CHR17", "17"),
        ("NC_000012.11", "12"),
        ("NC_000017.11", "17"),
        ("NC_000023.11", "X"),
        ("CM000674.2", "12"),
        ("CM000679.1", "17"),
        ("23", "X"),
        ("chrx", "X"),
        ("24", "Y"),
        ("chrM", "MT"),
        ("chr12_KI270835v1_alt", "12_KI270835v1_alt"),
        ("GL000207.1", "GL000207.1"),
    ],
)
def test_contig_names(name: str, contig: str) -> None:
    assert genes.contig_name(name) == contig


@pytest.mark.parametrize(
    ("name", "length", "claims"),
    [
        ("chr12", 133851895, [("GRCh37", True)]),
        ("12", 133275309, [("GRCh38", True)]),
        ("chr2", 243199373, [("GRCh37", True)]),
        ("12", None, []),
        ("12", 12345, []),
        ("2", 242696752, []),
        ("chr17", 84276897, [("GRCh37", False), ("GRCh38", False)]),  # T2T-CHM13
        ("NC_000012.11", None, [("GRCh37", True)]),
        ("CM000679.2", None, [("GRCh38", True)]),
    ],
)
def test_what_a_contig_says(name: str, length: int | None, claims: list[tuple[str, bool]]) -> None:
    assert said(builds.claims_of_contig(name, length, HERE)) == claims


def test_a_file_on_another_reference_is_refused_with_or_without_a_stated_build() -> None:
    claims = builds.claims_of_contig("chr17", 84276897, HERE)
    with pytest.raises(BuildError, match="neither on GRCh37 nor on GRCh38: contig chr17 has length 84276897"):
        builds.resolve_build(claims, None, "made.vcf")
    with pytest.raises(BuildError, match="--build GRCh38 was given, but the file is not on GRCh38"):
        builds.resolve_build(claims, Build.GRCH38, "made.vcf")


@pytest.mark.parametrize(
    ("text", "build"),
    [
        ("file:///ref/hg19_decoy/genome.fa", "GRCh37"),
        ("human_g1k_v37_decoy.fasta", "GRCh37"),
        ("Homo_sapiens_assembly38.fasta", "GRCh38"),
        ("hs37d5.fa", "GRCh37"),
        ("GRCh38.p14", "GRCh38"),
        ("/data/hg38/lifted_from_hg19/genome.fa", None),
        ("/data/ab37/x.fa", None),
        ("/data/hg380/x.fa", None),
        ("genome.fa", None),
    ],
)
def test_what_a_reference_line_says(text: str, build: str | None) -> None:
    assert said(builds.claims_of_text(text, HERE)) == ([(build, True)] if build else [])


@pytest.mark.parametrize(
    ("contig", "end", "claims"),
    [
        ("12", 133851895, [("GRCh37", True), ("GRCh38", False)]),
        ("17", 83257441, [("GRCh37", False), ("GRCh38", True)]),
        ("12", 133500123, [("GRCh38", False)]),
        ("12", 133500000, []),  # a bin
        ("12", 100, []),
        ("MT", 99999, []),
    ],
)
def test_what_the_end_of_a_segment_says(contig: str, end: int, claims: list[tuple[str, bool]]) -> None:
    assert said(builds.claims_of_extent(contig, end, HERE)) == claims


def test_a_named_gene_proves_the_build_where_it_lies() -> None:
    row = ("MDM2", "12", 69201958, 69239324, HERE)
    assert said(builds.claims_of_gene_rows([row])) == [("GRCh37", True)]
    assert builds.claims_of_gene_rows([("MDM2", "12", 60000000, 80000000, HERE)]) == []
    assert builds.claims_of_gene_rows([("KRAS", "12", 69201958, 69239324, HERE)]) == []


def refs(build: Build, count: int) -> list[tuple[int, str]]:
    return sorted(genes.tp53_bases(build).items())[:count]


@pytest.mark.parametrize("build", list(Build))
def test_ten_ref_bases_of_tp53_prove_a_build_and_nine_do_not(build: Build) -> None:
    assert said(builds.claims_of_ref_bases(refs(build, 10), HERE)) == [(build.value, True)]
    assert builds.claims_of_ref_bases(refs(build, 9), HERE) == []


def test_one_wrong_base_among_many_proves_nothing() -> None:
    good = refs(Build.GRCH37, 20)
    pos, base = good[5]
    wrong = [*good[:5], (pos, "A" if base != "A" else "C"), *good[6:]]
    assert builds.claims_of_ref_bases(wrong, HERE) == []


def test_every_known_base_is_found_in_its_own_build() -> None:
    for build in Build:
        for pos, base in genes.tp53_bases(build).items():
            assert genes.reference_mismatch(build, pos, base) is None
    assert genes.reference_mismatch(Build.GRCH37, 7578406, "A") == (7578406, "A", "C")
    assert genes.reference_mismatch(Build.GRCH37, 7578406, "N") is None


def claim(build: Build, *, supports: bool = True) -> BuildClaim:
    return BuildClaim(build=build, supports=supports, because="of the test", source=HERE)


def test_how_a_build_is_settled() -> None:
    one, other = Build.GRCH37, Build.GRCH38
    assert builds.resolve_build([claim(one)], None, "f") == (one, "of the test")
    assert builds.resolve_build([claim(one)], one, "f") == (one, "of the test")
    assert builds.resolve_build([], other, "f") == (other, "--build was given")
    assert builds.resolve_build([claim(other, supports=False)], one, "f") == (one, "--build was given")
    for claims, wanted, words in [
        ([], None, "nothing in the file proves"),
        ([claim(one), claim(other)], one, "contradicts itself"),
        ([claim(one)], other, "--build GRCh38 was given, but the file is not on GRCh38"),
        ([claim(one, supports=False)], one, "the file is not on GRCh37"),
        ([claim(one), claim(one, supports=False)], None, "the file is not on GRCh37"),
    ]:
        with pytest.raises(BuildError, match=words):
            builds.resolve_build(claims, wanted, "f")
