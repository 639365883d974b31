"""VCF 4.x and BCF: small variants of TP53, structural records over it, copy number over the genes.

Documented in the hts-specs (VCFv4.1 to 4.5). POS is 1-based. Lines are found by ``vcf_locate``, split as text by
``vcf_fields`` and ``vcf_record``; copy-number dialects stand in ``vcf_copy_number``.
"""

from collections.abc import Iterable

from mdm2screen import builds, genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import (
    oncomine,
    vcf_annotation,
    vcf_cn_dialects,
    vcf_copy_number,
    vcf_filters,
    vcf_samples,
    vcf_structural,
)
from mdm2screen.readers.contract import Absence, Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_fields import Place
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_phase import phase
from mdm2screen.readers.vcf_purity import stated_purities
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.readers.vcf_reference import SeenRecords
from mdm2screen.records import Build, FileContent, Presence, Region, Scale, Specimen, VariantRecord

FORMAT = Format(
    name="vcf",
    title="VCF or BCF",
    answers="TP53 variants; MDM2 and TP53 copy number where the file holds copy-number records",
    cannot="TP53 wild-type without a statement of what the assay covers; neutral MDM2 by silence",
    silence="no record over a gene says nothing of it: neither of coverage nor of neutral copy number",
    absence=Absence.NEUTRAL_NOT_WRITTEN,
    documented="samtools/hts-specs VCFv4.1-4.5",
)

_NOT_IN_TUMOR = (None, Presence.NORMAL_ONLY)
_TP53_CONTIG = genes.TP53.loci[Build.GRCH38].contig


def sniff(head: Head) -> bool:
    """The first line says VCF, or the content is BCF."""
    first = next((line for line in head.lines if line.strip()), "")
    return head.raw.startswith(b"BCF") or first.startswith(("##fileformat=VCF", "#CHROM\tPOS\tID"))


def read(file: SourceFile, options: Options) -> FileContent:
    """Variants and segments over the genes in the tumor sample. Raises InputError."""
    located = locate(file, options.genes, assume_sorted=options.assume_sorted)
    header = VcfHeader(file, tuple(located.header))
    if not (header.lines and header.lines[0][1].startswith("##fileformat=VCF")):
        raise MalformedFileError(
            "the VCF has no ##fileformat line",
            where=f"{file.name} line 1",
            remedy="the head of the file is lost or edited; write it again with the caller or bcftools",
        )
    sample = vcf_samples.tumor_sample(header, options)
    column = None if sample is None else header.column_of(sample)
    normal = vcf_samples.matched_normal_column(header, sample)
    gathering = Gathering(file, options, FORMAT, total=located.total, sample=sample)
    gathering.specimen = Specimen.PLASMA if oncomine.is_plasma(header.meta) else None
    gathering.silence = vcf_cn_dialects.silence(header)
    gathering.claims += header.build_claims()
    refs = []
    seen = SeenRecords()
    for number, text in located.lines:
        line = VcfLine(file, number, tuple(text.split("\t")), column, normal)
        _gather(line, header, sample, gathering, seen)
        if line.contig == _TP53_CONTIG and (line.is_literal or line.is_reference):
            refs.append((line.pos, line.ref))
    if sample is not None and options.tumor_sample not in (None, sample):
        gathering.notes.append(f"no column is named {options.tumor_sample}; {sample} was taken for the tumor")
    measures = seen.settle(gathering)
    if measures and header.callers.germline:
        gathering.notes.append(f"{header.callers.germline}: its depth is not taken for the tumor's")
    gathering.claims += builds.claims_of_ref_bases(refs, file.source())
    gathering.claims += builds.claims_of_gene_rows(
        (s.gene or "", s.contig, s.start, s.end, s.source) for s in gathering.segments
    )
    gathering.notes += [located.note] if located.note else []
    gathering.notes += [note] if (note := oncomine.cellularity_note(header.meta)) else []
    if option := vcf_samples.plasma_settings(header):
        gathering.notes.append(f"called with settings for plasma ({option}): if it is, pass --specimen plasma")
    gathering.variants = vcf_annotation.annotated(gathering.variants, header, gathering.notes)
    content = gathering.finish(
        way=located.way,
        copy_number=_holds_copy_number(header) or bool(gathering.segments),
        # a file of reference blocks alone lists small variants: none
        small_variants=located.small_variants or measures,
        reaches_tp53=located.reaches_tp53,
        purities=stated_purities(header),
        rearrangements=_lists_rearrangements(header),
        germline=header.callers.germline,
        matched_normal=vcf_samples.has_matched_normal(header, sample),
        measures_depth=measures,
    )
    # a row that names its gene is of the whole gene, as far as its targets reach
    by_gene = all(segment.gene for segment in content.segments)
    return content.model_copy(update={"omits_neutral": not by_gene, "order_assumed": located.order_assumed})


def _holds_copy_number(header: VcfHeader) -> bool:
    by_copies = any(header.declares(kind, "CN") for kind in ("FORMAT", "INFO"))
    by_ratio = any(header.declares("FORMAT", ratio) for ratio in ("SM", "FC", "RD_CN"))
    return by_copies or by_ratio or any(header.declares("INFO", key) for key in ("TCN_EM", "LOG2CNT"))


def _lists_rearrangements(header: VcfHeader) -> bool:
    """Whether the header declares what only callers of rearrangements write: a mate, or the chromosome it lies on."""
    return any(header.declares("INFO", key) for key in ("MATEID", "CHR2")) or header.declares("ALT", "BND")


def _gather(line: VcfLine, header: VcfHeader, sample: str | None, gathering: Gathering, seen: SeenRecords) -> None:
    """Sort one line into segments, variants, what was seen, and dropped records."""
    places = [place for place in line.places if genes.in_windows(*place, gathering.options.genes)]
    contigs = {contig for contig, _, _ in places}
    seen.add_variant(line)
    if line.says_not_seen and (line.is_reference or (line.is_literal and not line.depth)):
        # beside reads a genotype of a variant that is missing says less
        gathering.unseen += [Region(contig=contig, start=start, end=end) for contig, start, end in places]

    def drop(reason: str) -> None:
        gathering.dropped.extend(Dropped(line.source, *place, reason) for place in places)

    if vcf_copy_number.has_copy_number(line):
        segment = vcf_copy_number.segment(line, header, sample)
        alleles = range(1, len(line.alts) + 1)
        if segment.scale is Scale.LABEL and all(line.presence(allele) in _NOT_IN_TUMOR for allele in alleles):
            drop("reference genotype in the tumor sample")
            return
        gathering.segments.append(segment)
        _gather_alleles(line, header, vcf_copy_number.alleles_that_may_break_tp53(line, segment), places, gathering)
    elif line.is_reference:
        if not line.says_not_seen and sum(seen.add_reference(line, place) for place in places):
            return
        drop("reference block" if line.alts else "reference site without a variant")
    elif _TP53_CONTIG not in contigs:
        of = [gene.symbol for gene in gathering.options.genes if gene.loci[Build.GRCH38].contig in contigs]
        drop(f"small or structural variant of {' and '.join(of)}, which no criterion asks for")
    elif not _gather_alleles(line, header, range(1, len(line.alts) + 1), places, gathering):
        drop("reference genotype in the tumor sample")


def _gather_alleles(
    line: VcfLine, header: VcfHeader, alleles: Iterable[int], places: Iterable[Place], gathering: Gathering
) -> int:
    """Keep the alleles the tumor sample has, or may have, at each place on TP53's chromosome; returns how many."""
    kept = 0
    for allele in alleles:
        alt = line.alts[allele - 1]
        if alt not in line.stated_alts or alt.upper() == line.ref:
            continue
        presence = line.presence(allele)
        if presence is None:
            continue
        gathering.variants += [_variant(line, header, allele, presence, p) for p in places if p[0] == _TP53_CONTIG]
        kept += 1
    return kept


def _variant(line: VcfLine, header: VcfHeader, allele: int, presence: Presence, place: Place) -> VariantRecord:
    alt = line.alts[allele - 1]
    structural = not alt.isalpha()
    reads = line.structural_support(allele)
    filters = vcf_filters.filters(line, allele)
    return VariantRecord(
        contig=place[0],
        pos=place[1],
        ref=line.ref,
        alt=alt if structural else alt.upper(),
        presence=presence,
        source=line.source,
        filters=filters,
        filter_kinds=vcf_filters.kinds(filters, header.callers),
        germline=vcf_filters.germline(line, header.callers) or header.callers.germline,
        vaf=line.fraction(allele),
        depth=line.depth if reads is None else reads.total,
        alt_depth=line.alt_depth(allele),
        genotype=line.tumor.get("GT"),
        structural=structural,
        end=place[2],
        line="\t".join(line.fields),
        change=vcf_structural.change(line, allele, of_depth=vcf_copy_number.is_of_depth(line)),
        phase=None if structural else phase(line, allele),
        scored=vcf_structural.is_scored(line),
    )
