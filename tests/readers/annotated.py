"""Made annotation: INFO text of one line in, what the dialects say of one allele out."""

from collections.abc import Mapping

from mdm2screen.readers.annotation_line import AnnotatedAllele, Said
from mdm2screen.readers.vcf_annotation import read
from mdm2screen.records import Annotation, Source

SOURCE = Source(file="made.vcf", line=30)


def said(
    info: str,
    *,
    ref: str = "C",
    alts: tuple[str, ...] = ("T",),
    number: int = 1,
    pos: int = 7675088,
    declared: Mapping[str, str] | None = None,
    info_at: Mapping[int, tuple[str, ...]] | None = None,
) -> Said:
    """TP53 c.524G>A p.Arg175His on GRCh38, unless said otherwise."""
    return read(AnnotatedAllele(pos, ref, alts, number, info, SOURCE, declared or {}, info_at or {}))


def only(found: Said) -> Annotation:
    assert found.unread == []
    assert len(found.annotations) == 1, found.annotations
    return found.annotations[0]


def short(found: Annotation) -> tuple[str, str | None, str, str | None, str | None]:
    return found.program, found.transcript, " ".join(found.terms), found.hgvs_c, found.hgvs_p


def nothing(found: Said) -> bool:
    return not (found.annotations or found.classes or found.unread)
