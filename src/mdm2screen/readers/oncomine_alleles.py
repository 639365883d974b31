"""TP53 rows of an Oncomine export: which alleles were found, which were looked for in vain, which were not read."""

import re

from mdm2screen.readers import named_genes
from mdm2screen.readers.contract import Dropped, Gathering
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.records import Presence, ReportedVariant, Source, VariantRecord

_BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
_FOUND, _NOT_FOUND = "POS", "NEG"
# As in a VCF: a call of reference beside this fraction of reads with the allele is no statement.
_READS_AGAINST_REFERENCE = 0.05


def keep_alleles(row: Row, place: tuple[str, int, int, Source], gathering: Gathering) -> None:
    """Keep the alleles of a row that names TP53; what has no alleles in letters is kept by its name."""
    contig, pos, _, source = place
    ref, alts = row.text("ref"), row.text("alt").split(",")
    fractions = row.text("info_a_af").split(",")
    call = row.text("call").upper()
    if not (_BASES.fullmatch(ref) and all(map(_BASES.fullmatch, alts))):
        if call == _NOT_FOUND:
            gathering.dropped.append(Dropped(source, *place[:3], "looked for and not found", named_genes.TP53))
        else:
            gathering.reported.append(_by_name(row, source))
        return
    kept = 0
    for number, alt in enumerate(alts):
        vaf = named_genes.fraction(fractions[number]) if len(fractions) == len(alts) else None
        presence = _presence(call, vaf, several=len(alts) > 1)
        if presence is None:
            continue
        kept += 1
        gathering.variants.append(
            VariantRecord(
                contig=contig,
                pos=pos,
                ref=ref.upper(),
                alt=alt.upper(),
                presence=presence,
                source=source,
                filters=tuple(token for token in row.text("filter").split(";") if token not in MISSING),
                vaf=vaf,
                depth=named_genes.count(row.text("info_1_fdp")),
                end=pos + len(ref) - 1,
            )
        )
    if not kept:
        gathering.dropped.append(Dropped(source, *place[:3], "looked for and not found", named_genes.TP53))


def _presence(call: str, vaf: float | None, *, several: bool) -> Presence | None:
    """What the row says of one allele; of several alleles the row's call is that of those with reads."""
    reads = vaf or 0.0
    if call == _NOT_FOUND:
        return Presence.NO_CALL if reads >= _READS_AGAINST_REFERENCE else None
    if call == _FOUND:
        return None if several and vaf == 0 else Presence.PRESENT
    return Presence.NO_CALL


def _by_name(row: Row, source: Source) -> ReportedVariant:
    return named_genes.reported_tp53(
        row.text("func1_protein"),
        row.text("func1_coding"),
        f"{row.text('rowtype')} {row.text('id')}".strip(),
        source,
        vaf=row.text("info_a_af"),
        depth=row.text("info_1_fdp"),
        status=f"call {row.text('call')}" if row.text("call") else None,
    )
