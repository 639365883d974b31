"""TP53 as VEP annotated it, through vcf2maf, in the MAF beside a public test file: the same on both builds."""

from collections.abc import Callable
from pathlib import Path

import pytest

import shared_data
from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import TP53
from mdm2screen.records import Build

# Words of a MAF for the most severe term (vcf2maf).
CLASSES = {
    "Splice_Region": {"splice_region_variant"},
    "Missense_Mutation": {"missense_variant"},
    "Nonsense_Mutation": {"stop_gained"},
    "Splice_Site": {"splice_donor_variant", "splice_acceptor_variant"},
    "Silent": {"synonymous_variant"},
}


def expected() -> list[dict[str, str]]:
    lines = shared_data.shared("vcf/vcf2maf_test.expected.vep.maf").read_text().splitlines()
    columns = next(line for line in lines if line.startswith("Hugo_Symbol")).split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=False)) for line in lines if not line.startswith("#")]
    return [row for row in rows if row["Hugo_Symbol"] == "TP53"]


def variants(path: Path, build: Build) -> list[tuple[str, Consequence]]:
    """TP53 variants of a VCF as REF>ALT and what is worked out for each."""
    found = []
    for line in path.read_text().splitlines():
        contig, pos, _, ref, alts = (line.split("\t") + [""] * 5)[:5]
        if contig == "17" and TP53.overlaps(build, contig, int(pos), int(pos)):
            found += [(f"{ref}>{alt}", predict(build, int(pos), ref, alt)) for alt in alts.split(",")]
    return found


@pytest.mark.parametrize("build", list(Build))
def test_every_tp53_variant_reads_as_vep_says(build: Build, tell: Callable[[str], None]) -> None:
    path = shared_data.shared(f"vcf/vcf2maf_test.{build.value.lower()}.vcf")
    found, wanted = variants(path, build), expected()
    assert len(found) == len(wanted) > 0
    for (change, ours), theirs in zip(found, wanted, strict=True):
        assert change == f"{theirs['Reference_Allele']}>{theirs['Tumor_Seq_Allele2']}"
        assert theirs["Transcript_ID"] == TP53.ensembl.split(".")[0]
        assert (ours.hgvs_c, ours.hgvs_p) == (theirs["HGVSc"], theirs["HGVSp"])
        assert ours.region == f"exon {theirs['Exon_Number'].split('/')[0]}"
        terms = set(theirs["Consequence"].replace(";", ",").replace("&", ",").split(","))
        assert set(ours.terms) == terms
        assert CLASSES[theirs["Variant_Classification"]] & set(ours.terms)
    tell(f"VEP through vcf2maf, {build}: {len(found)} of {len(wanted)} TP53 variants agree")
