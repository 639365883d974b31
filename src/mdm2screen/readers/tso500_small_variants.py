"""``[Small Variants]`` and ``[Fusions]`` of the TSO 500 combined output: a TP53 row with its place and alleles is a
variant like any other; a row without them is kept by its name.
"""

import re

from mdm2screen import genes
from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Gathering
from mdm2screen.readers.table import Row
from mdm2screen.records import Build, Presence, ReportedVariant, Source, VariantRecord

_BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)


def small_variant(row: Row, gathering: Gathering) -> None:
    """Keep a row that names TP53."""
    contig = genes.contig_name(row.text("chromosome"))
    token, ref, alt = row.text("genomic_position"), row.text("reference_call"), row.text("alternative_call")
    source = gathering.file.source(row.line, f"{row.text('chromosome')}:{token} {ref}>{alt}")
    pos = named_genes.count(token)
    inside = pos is not None and any(genes.TP53.overlaps(build, contig, pos, pos) for build in Build)
    if pos is None or not inside or not (_BASES.fullmatch(ref) and _BASES.fullmatch(alt)):
        gathering.reported.append(_by_name(row, source))
        return
    gathering.variants.append(
        VariantRecord(
            contig=contig,
            pos=pos,
            ref=ref.upper(),
            alt=alt.upper(),
            presence=Presence.PRESENT,
            source=source,
            filters=("PASS",),  # the section lists no other
            vaf=named_genes.fraction(row.text("allele_frequency")),
            depth=named_genes.count(row.text("depth")),
            end=pos + len(ref) - 1,
        )
    )


def fusion(row: Row, gathering: Gathering) -> None:
    """Keep a pair of genes with TP53 in it, ``title`` by the names of both."""
    if named_genes.TP53 in re.split(r"[-/;]", row.text("title")):
        words = f"fusion {row.text('title')}"
        source = gathering.file.source(row.line, row.text("title"))
        gathering.reported.append(ReportedVariant(gene=named_genes.TP53, words=words, source=source))


def _by_name(row: Row, source: Source) -> ReportedVariant:
    return named_genes.reported_tp53(
        row.text("p-dot_notation"),
        row.text("c-dot_notation"),
        source.locus or "a variant without a name",
        source,
        vaf=row.text("allele_frequency"),
        depth=row.text("depth"),
        status=row.text("consequence(s)") or None,
    )
