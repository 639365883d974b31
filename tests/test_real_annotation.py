"""Annotation of real files, and of bcftools csq over real variants, against the own consequence. Counts are printed."""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mdm2screen import readers
from mdm2screen.annotation import compare
from mdm2screen.consequence import predict
from mdm2screen.errors import ReferenceMismatchError
from mdm2screen.evidence import ObservedVariant, gather
from mdm2screen.readers.annotation_line import annotation
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build
from shared_data import shared

LISTED = Path(__file__).parent / "tp53_annotation_differences.tsv"
ANNOTATED = {
    "vcf/scout_cancer_test.freebayes_mutect_VEP95_CSQ.vcf.gz": (1, None),
    "vcf/vatools_TP53_multiallelic_CSQ.vcf.gz": (1, Build.GRCH38),
    "vcf/vatools_chr17_VEP_CSQ.vcf.gz": (9, None),
    "vcf/oncomine_OCAv3_ionreporter.vcf": (5, None),
}


def observed(name: str, build: Build | None) -> tuple[ObservedVariant, ...]:
    return gather([readers.read(shared(name), Options(build=build))]).variants


def listed() -> set[tuple[str, str, str]]:
    lines = [line for line in LISTED.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert all(row["reason"] for row in rows)
    return {(row["file"], row["variant"], row["outcome"]) for row in rows}


@pytest.mark.parametrize("name", ANNOTATED)
def test_every_annotated_tp53_variant_of_a_real_file_agrees_or_is_explained(
    name: str, tell: Callable[[str], None]
) -> None:
    count, build = ANNOTATED[name]
    checked = [(v.consequence.hgvs_c or "", v.annotation.verdict) for v in observed(name, build)
               if v.annotation and v.consequence]  # fmt: skip
    outcomes = Counter(verdict for _, verdict in checked)
    tell(f"annotation of {name}: {dict(outcomes)}")
    assert len(checked) == count
    other = {(name, variant, verdict) for variant, verdict in checked if verdict != "agrees"}
    assert other == {row for row in listed() if row[0] == name}


def test_the_significance_that_vep_found_comes_along() -> None:
    found = {v.consequence.hgvs_c: v.record.classes for v in observed("vcf/vatools_chr17_VEP_CSQ.vcf.gz", None)
             if v.consequence}  # fmt: skip
    assert [one.significance for one in found["c.672+62A>G"]] == ["benign"]
    assert [one.significance for one in found["c.215C>G"]] == ["conflicting"]
    assert [one.significance for one in found["c.524G>A"]] == ["likely_pathogenic"]


def test_a_file_whose_ref_is_not_the_genomes_is_refused_whatever_its_annotation_says() -> None:
    with pytest.raises(ReferenceMismatchError):
        observed("vcf/varcode_vep_csq_multiallelic.vcf", Build.GRCH38)


def test_the_maf_beside_a_real_file_says_the_same() -> None:
    with shared("vcf/vcf2maf_test.expected.vep.maf").open() as stream:
        rows = list(csv.DictReader((line for line in stream if line[0] != "#"), delimiter="\t"))
    (row,) = [row for row in rows if row["Hugo_Symbol"] == "TP53"]
    (variant,) = observed("vcf/vcf2maf_test.grch37.vcf", Build.GRCH37)
    said = annotation(
        "VEP",
        gene="TP53",
        transcript=row["Transcript_ID"],
        terms=row["Consequence"].split(","),
        hgvs_c=row["HGVSc"],
        hgvs_p=row["HGVSp"],
    )
    assert said is not None
    checked = compare(variant.consequence, [said])
    assert checked is not None
    assert checked.verdict == "agrees"


# Names of the NCI TP53 Database: every c. name is applied, whether it is at its 3' end or not.

# Introns and the 5' UTR counted from the first coding base, which HGVS does not know. The file on GRCh38 also writes
# the bases of one change on the other strand, where the file on GRCh37 has them right.
_NOT_HGVS = {"c.1-3176A>T", "c.1-10782G>T", "c.1-10788G>C"}
_DIFFER = {Build.GRCH37: _NOT_HGVS, Build.GRCH38: {*_NOT_HGVS, "c.610_612delinsGCGTGTGG"}}


@pytest.mark.parametrize("build", list(Build))
def test_the_c_names_of_the_tp53_database_describe_the_variants_they_stand_beside(
    build: Build, tell: Callable[[str], None]
) -> None:
    outcomes: Counter[str] = Counter()
    other = set()
    for pos, ref, alt, info in _records(shared(f"tp53_variants/nci_tp53db_r21_variants.{build}.vcf")):
        said = annotation("NCI", gene="TP53", transcript="NM_000546.5", terms=["named"], hgvs_c=info["HGVSC"])
        assert said is not None
        checked = compare(predict(build, pos, ref, alt), [said])
        assert checked is not None
        outcomes[checked.verdict] += 1
        if checked.verdict == "differs":
            other.add(said.hgvs_c)
    tell(f"c. names of the NCI TP53 Database, {build}: {dict(outcomes)}")
    assert other == _DIFFER[build]
    assert outcomes["agrees"] >= 1170


def _records(path: Path) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    for line in path.read_text().splitlines():
        if not line.startswith("#"):
            fields = line.split("\t")
            yield int(fields[1]), fields[3], fields[4], dict(i.partition("=")[::2] for i in fields[7].split(";"))


# bcftools csq, in a process of its own: it keeps state from one call to the next.

_CSQ = "import sys, pysam.bcftools; pysam.bcftools.csq(*sys.argv[1:], catch_stdout=False)"


@pytest.fixture(scope="module")
def by_bcftools(tmp_path_factory: pytest.TempPathFactory) -> tuple[ObservedVariant, ...]:
    folder = tmp_path_factory.mktemp("csq")
    (folder / "ref.fa").write_text(f">17\n{_chromosome()}\n")
    (folder / "tp53.gff3").write_text(_gff3())
    rows = sorted(_records(shared("tp53_variants/nci_tp53db_r21_variants.GRCh38.vcf")), key=lambda row: row[:3])
    head = "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    body = "".join(f"17\t{pos}\t.\t{ref}\t{alt}\t.\tPASS\t.\n" for pos, ref, alt, _ in rows)
    (folder / "in.vcf").write_text(head + body)
    arguments = ["-l", "-f", "ref.fa", "-g", "tp53.gff3", "-o", "out.vcf", "in.vcf"]
    subprocess.run([sys.executable, "-c", _CSQ, *arguments], cwd=folder, check=True, capture_output=True)
    return gather([readers.read(folder / "out.vcf", Options())]).variants


def _chromosome() -> str:
    name = shared("tp53_reference/TP53_GRCh38_chr17_7659779-7692550.plus.fa")
    bases = "".join(line for line in name.read_text().splitlines() if not line.startswith(">"))
    return "N" * (7659779 - 1) + bases


def _gff3() -> str:
    from mdm2screen.genes import tp53_exons

    exons = [(e.start[Build.GRCH38], e.end[Build.GRCH38]) for e in tp53_exons()]
    exons = [(7687377, 7687490), *exons[:-1], (7668421, exons[-1][1])]
    coding = [(e.cds_start[Build.GRCH38], e.cds_end[Build.GRCH38], -(e.c_first - 1) % 3) for e in tp53_exons()]
    gene, transcript = "gene:ENSG00000141510", "transcript:ENST00000269305"
    rows = [
        ("gene", 7668421, 7687490, ".", f"ID={gene};Name=TP53;biotype=protein_coding;gene_id=ENSG00000141510"),
        ("mRNA", 7668421, 7687490, ".", f"ID={transcript};Parent={gene};biotype=protein_coding"),
        *(("exon", start, end, ".", f"Parent={transcript}") for start, end in exons),
        *(("CDS", start, end, str(phase), f"ID=CDS:1;Parent={transcript}") for start, end, phase in coding),
    ]
    lines = [f"17\thavana\t{kind}\t{a}\t{b}\t.\t-\t{phase}\t{words}" for kind, a, b, phase, words in rows]
    return "\n".join(["##gff-version 3", *lines]) + "\n"


def test_what_bcftools_csq_writes_is_read_and_agrees_for_every_substitution(
    by_bcftools: tuple[ObservedVariant, ...], tell: Callable[[str], None]
) -> None:
    outcomes: Counter[tuple[str, str]] = Counter()
    for variant in by_bcftools:
        assert variant.record.unread == ()
        assert variant.annotation is not None
        kind = "substitution" if len(variant.record.ref) == len(variant.record.alt) == 1 else "other"
        outcomes[kind, variant.annotation.verdict] += 1
    counts = {" ".join(key): count for key, count in sorted(outcomes.items())}
    tell(f"BCSQ of the NCI TP53 Database, as bcftools wrote it: {counts}")
    assert outcomes.total() == 1180
    assert outcomes["substitution", "differs"] == 0
    assert outcomes["substitution", "agrees"] >= 815
    # of some indels bcftools names another p. or a splice site that the sequence still holds; here they are counted
    assert outcomes["other", "agrees"] >= 255
