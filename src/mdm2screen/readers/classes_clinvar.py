"""ClinVar's VCF, or a VCF in its layout: classes of variants by locus, no sample.

Documented in ClinVar's README of the VCF files: one allele a line, ``CLNSIG`` the germline class, ``ONC`` the
oncogenicity, ``CLNREVSTAT`` and ``ONCREVSTAT`` the review status, ID the variation. A class without assertion criteria
(no star) is uncertain here. A line is known by its change on NM_000546, so that the build of the tumor's file and the
way an indel is anchored do not matter.
"""

from dataclasses import replace

from mdm2screen import builds, genes
from mdm2screen.consequence import predict
from mdm2screen.errors import MalformedFileError, ReferenceMismatchError
from mdm2screen.readers import class_rows, class_words
from mdm2screen.readers.contract import Dropped, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build, ClassRecord, FileContent, Significance

FORMAT = Format(
    name="tp53-classes-clinvar",
    title="ClinVar VCF",
    answers="--tp53-classes: ClinVar's classes of TP53 variants",
    silence="a variant that is not in the file has no class by it",
    documented="ncbi.nlm.nih.gov/clinvar, README of the VCF files",
)

_LAST_COLUMN = "INFO"
_GERMLINE, _ONCOGENICITY = ("CLNSIG", "CLNREVSTAT", "ClinVar"), ("ONC", "ONCREVSTAT", "ClinVar oncogenicity")
# Review status without a star: the submitter stated no criteria.
_NO_CRITERIA = ("no_assertion", "no_classification", "no_interpretation")


def sniff(head: Head) -> bool:
    """A VCF without samples that declares CLNSIG."""
    columns = next((line for line in head.lines if line.startswith("#CHROM\t")), "")
    return columns.endswith(f"\t{_LAST_COLUMN}") and any(line.startswith("##INFO=<ID=CLNSIG,") for line in head.lines)


def is_clinvar(head: Head) -> bool:
    """Whether the file is ClinVar's own list, which is nobody's tumor."""
    return sniff(head) and any(line.strip().lower() == "##source=clinvar" for line in head.lines)


def read(file: SourceFile, options: Options) -> FileContent:
    """The classes of TP53 variants. Raises InputError."""
    located = locate(file)
    header = VcfHeader(file, tuple(located.header))
    gathering = Gathering(file, options, FORMAT, total=located.total)
    lines = [VcfLine(file, number, tuple(text.split("\t")), None) for number, text in located.lines]
    lines = [line for line in lines if line.contig == genes.TP53.loci[Build.GRCH38].contig]
    gathering.claims += header.build_claims()
    refs = ((line.pos, line.ref) for line in lines if line.is_literal)
    gathering.claims += builds.claims_of_ref_bases(refs, file.source())
    # --build speaks of the patient's files; this one may lie on the other build
    asked = None if any(claim.supports for claim in gathering.claims) else options.build
    gathering.options = replace(options, build=asked)
    build, because = builds.resolve_build(gathering.claims, asked, file.name)
    for line in lines:
        if genes.TP53.overlaps(build, line.contig, line.pos, line.pos + len(line.ref) - 1):
            _gather(line, build, gathering)
    gathering.notes += [located.note] if located.note else []
    content = class_rows.finished(gathering)
    summary = content.file.model_copy(update={"build": build, "build_because": because, "way": located.way})
    return content.model_copy(update={"file": summary})


def _gather(line: VcfLine, build: Build, gathering: Gathering) -> None:
    stated = [(kind, line.info[kind[0]]) for kind in (_GERMLINE, _ONCOGENICITY) if line.info.get(kind[0], ".") != "."]
    if not line.is_literal:
        _drop(line, "no change of known bases", gathering)
        return
    if len(line.alts) > 1:
        raise MalformedFileError(
            "the line holds several alleles, and its class could be meant for any of them",
            where=str(line.source),
            remedy="split the lines first: bcftools norm -m-",
        )
    hgvs_c, hgvs_p = _change(line, build)
    found = [_record(line, kind, words, gathering) for kind, words in stated]
    kept = [record for record in found if record is not None]
    if not kept:
        _drop(line, "states no class of pathogenicity", gathering)
    locus = (build, line.pos, line.ref, line.alts[0].upper())
    update = {"hgvs_c": hgvs_c, "hgvs_p": hgvs_p, "locus": locus}
    gathering.classes += [record.model_copy(update=update) for record in kept]


def _change(line: VcfLine, build: Build) -> tuple[str | None, str | None]:
    mismatch = genes.reference_mismatch(build, line.pos, line.ref)
    if mismatch is not None:
        pos, base, expected = mismatch
        raise ReferenceMismatchError(
            f"REF has {base} at chromosome 17 position {pos}, where {build} has {expected}",
            where=str(line.source),
            remedy="the file is on another genome build or damaged: get it again for the build it says",
        )
    consequence = predict(build, line.pos, line.ref, line.alts[0])
    return consequence.hgvs_c, consequence.hgvs_p


def _record(line: VcfLine, kind: tuple[str, str, str], words: str, gathering: Gathering) -> ClassRecord | None:
    _, status_key, origin = kind
    significance = class_words.significance(words)
    if significance is None:
        return None
    status = line.info.get(status_key, "")
    if status.startswith(_NO_CRITERIA) and significance is not Significance.CONFLICTING:
        significance = Significance.UNCERTAIN
    unknown = class_words.unknown(words)
    if unknown:
        gathering.notes.append(f"taken as uncertain: {', '.join(unknown)} ({line.source})")
    variation = f"variation {line.fields[2]}" if line.fields[2] != "." else ""
    submitted = line.info.get("CLNSIGCONF", "") if significance is Significance.CONFLICTING else ""
    said = "; ".join(part.replace("_", " ") for part in (words, submitted, status, variation) if part)
    return ClassRecord(origin=origin, significance=significance, words=said, source=line.source)


def _drop(line: VcfLine, why: str, gathering: Gathering) -> None:
    end = line.pos + len(line.ref) - 1
    gathering.dropped.append(Dropped(line.source, line.contig, line.pos, end, why, gene=genes.TP53.symbol))
