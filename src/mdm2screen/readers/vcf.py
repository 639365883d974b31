"""VCF 4.x and BCF: small variants of TP53, structural records over it, copy number over both genes.

Documented in the hts-specs (VCFv4.1 to 4.5). POS is 1-based. Lines are found by ``vcf_locate``, read as text by
``vcf_record``; copy-number dialects stand in ``vcf_copy_number``.
"""

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers import vcf_copy_number
from mdm2screen.readers.contract import Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build, FileContent, Presence, VariantRecord

FORMAT = Format(
    name="vcf",
    title="VCF or BCF",
    answers="TP53 variants; MDM2 and TP53 copy number where the file holds copy-number records",
    silence="no record over a gene says nothing of it: neither of coverage nor of neutral copy number",
    documented="samtools/hts-specs VCFv4.1-4.5",
)


def sniff(head: Head) -> bool:
    """The first line says VCF, or the content is BCF."""
    first = next((line for line in head.lines if line.strip()), "")
    return head.raw.startswith(b"BCF") or first.startswith(("##fileformat=VCF", "#CHROM\tPOS"))


def read(file: SourceFile, options: Options) -> FileContent:
    """Variants and segments over the genes in the tumor sample. Raises InputError."""
    located = locate(file)
    header = VcfHeader(file, tuple(located.header))
    if not (header.lines and header.lines[0][1].startswith("##fileformat=VCF")):
        raise MalformedFileError(
            "the VCF has no ##fileformat line",
            where=f"{file.name} line 1",
            remedy="the head of the file is lost or edited; write it again with the caller or bcftools",
        )
    sample = header.tumor_sample(options)
    column = None if sample is None else header.columns.index(sample)
    gathering = Gathering(file, options, FORMAT, total=located.total, sample=sample)
    gathering.claims += header.build_claims()
    refs = []
    for number, text in located.lines:
        line = VcfLine(file, number, tuple(text.split("\t")), column)
        _gather(line, header, sample, gathering)
        if genes.contig_name(line.fields[0]) == "17" and (line.is_literal or not line.alts):
            refs.append((line.pos, line.ref))
    gathering.claims += genes.claims_of_ref_bases(refs, file.source())
    gathering.claims += genes.claims_of_gene_rows(
        (s.gene or "", s.contig, s.start, s.end, s.source) for s in gathering.segments
    )
    gathering.notes += [located.note] if located.note else []
    doubt = None
    if options.build and not any(claim.supports for claim in gathering.claims):
        literal = [(v.pos, v.ref) for v in gathering.variants if not v.structural]
        doubt = genes.fits_other_build(literal, options.build)
    return gathering.finish(
        way=located.way,
        build_doubt=f"17:{doubt[0]} is a base of TP53 on {doubt[1]}, and its REF fits there" if doubt else None,
        copy_number=_holds_copy_number(header) or bool(gathering.segments),
        small_variants=located.small_variants,
        reaches_tp53=located.reaches(genes.TP53.loci[options.build or Build.GRCH37].start),
    )


def _holds_copy_number(header: VcfHeader) -> bool:
    return any(header.declares(kind, "CN") for kind in ("FORMAT", "INFO")) or header.declares("FORMAT", "SM")


def _gather(line: VcfLine, header: VcfHeader, sample: str | None, gathering: Gathering) -> None:
    """Sort one line into segments, variants and dropped records."""
    contig = genes.contig_name(line.fields[0])

    def drop(reason: str) -> None:
        gathering.dropped.append(Dropped(line.source, contig, line.pos, max(line.pos, line.end), reason))

    if vcf_copy_number.has_copy_number(line):
        gathering.segments.append(vcf_copy_number.segment(line, header, sample))
        if contig == "17" and _breaks_within(line):
            gathering.variants.append(_variant(line, 1, Presence.PRESENT, contig, structural=True))
    elif line.is_reference:
        drop("reference block" if line.alts else "reference site without a variant")
    elif contig != "17":
        drop("small or structural variant of MDM2, which no criterion asks for")
    elif not _gather_alleles(line, contig, gathering):
        drop("reference genotype in the tumor sample")


def _gather_alleles(line: VcfLine, contig: str, gathering: Gathering) -> int:
    """Keep the alleles the tumor sample has, or may have; returns how many."""
    kept = 0
    for allele, alt in enumerate(line.alts, start=1):
        if alt in ("*", "<NON_REF>", "<*>", ".") or alt.upper() == line.ref:
            continue
        presence = line.presence(allele)
        if presence is None:
            continue
        structural = "SVTYPE" in line.info or not alt.isalpha()
        gathering.variants.append(_variant(line, allele, presence, contig, structural=structural))
        kept += 1
    return kept


def _breaks_within(line: VcfLine) -> bool:
    """Whether a deletion or duplication starts or ends inside TP53, and so breaks it."""
    if not any(alt.startswith(("<DEL", "<DUP")) for alt in line.alts):
        return False
    return any(genes.TP53.overlaps(b, "17", p, p) for b in Build for p in (line.pos, line.end))


def _variant(line: VcfLine, allele: int, presence: Presence, contig: str, *, structural: bool) -> VariantRecord:
    alt = line.alts[allele - 1]
    return VariantRecord(
        contig=contig,
        pos=line.pos,
        ref=line.ref,
        alt=alt if structural else alt.upper(),
        presence=presence,
        source=line.source,
        filters=line.filters,
        vaf=line.fraction(allele),
        depth=line.depth,
        alt_depth=line.alt_depth(allele),
        genotype=line.tumor.get("GT"),
        structural=structural,
        end=max(line.end, line.pos),
        info=line.fields[7],
    )
