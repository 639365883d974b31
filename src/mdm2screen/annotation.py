"""The annotation that files bring along, against the consequence that mdm2screen works out itself.

Only statements on the same transcript are compared: NM_000546 and ENST00000269305 of any version, whose coding
sequences are one. Terms are those of the Sequence Ontology; the readers translate the words of other programs.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from mdm2screen import hgvs_names
from mdm2screen.annotation_check import AnnotationCheck, AnnotationStatement, AnnotationVerdict
from mdm2screen.consequence import Consequence, predict
from mdm2screen.genes import TP53
from mdm2screen.records import Annotation, Build

TRANSCRIPTS = tuple(name.partition(".")[0] for name in (TP53.transcript, TP53.ensembl))
"""Names of the one transcript, RefSeq and Ensembl, without version."""


class Weight(IntEnum):
    """What a change does, the lightest first."""

    NON_CODING = 0
    SILENT = 1
    PROTEIN = 2
    SPLICE = 3
    LOSS = 4


_WORDS = {
    Weight.LOSS: "stop_gained frameshift_variant start_lost stop_lost initiator_codon_variant transcript_ablation "
    "exon_loss_variant feature_ablation gene_fusion bidirectional_gene_fusion",
    Weight.SPLICE: "splice_donor_variant splice_acceptor_variant splice_site_variant",
    Weight.PROTEIN: "missense_variant inframe_insertion inframe_deletion inframe_indel protein_altering_variant "
    "disruptive_inframe_insertion disruptive_inframe_deletion conservative_inframe_insertion "
    "conservative_inframe_deletion rare_amino_acid_variant",
    Weight.SILENT: "synonymous_variant stop_retained_variant start_retained_variant incomplete_terminal_codon_variant",
    Weight.NON_CODING: "5_prime_UTR_variant 3_prime_UTR_variant intron_variant upstream_gene_variant "
    "downstream_gene_variant intergenic_variant intragenic_variant non_coding_transcript_variant "
    "non_coding_transcript_exon_variant splice_polypyrimidine_tract_variant "
    "5_prime_UTR_premature_start_codon_gain_variant",
}
_WEIGHTS = {term: weight for weight, words in _WORDS.items() for term in words.split()}
# Programs draw this region differently or have no word for it, so only its addition is a difference.
_SPLICE_REGION = frozenset({"splice_region_variant", "splice_donor_5th_base_variant", "splice_donor_region_variant"})


def compare(
    own: Consequence | None, annotations: Iterable[Annotation], unread: Iterable[str] = ()
) -> AnnotationCheck | None:
    """How the annotation of a variant stands to its ``own`` consequence; ``None`` where there is none.

    ``unread`` says what could not be parsed. Without an own consequence statements are listed, not compared.
    """
    annotations, unread = tuple(annotations), tuple(unread)
    if not annotations and not unread:
        return None
    compared = {repr(a): _statement(own, a) for a in annotations if a.transcript in TRANSCRIPTS}
    statements = tuple(statement for statement, _ in compared.values())
    notes = [*unread]
    if not statements:
        notes += _of_other_transcripts(annotations)
        return AnnotationCheck(verdict="other_transcript" if annotations else "unread", note="; ".join(notes))
    if any(statement.with_others for statement in statements):
        notes.append("the program took several variants of one haplotype together; that is not compared")
    return AnnotationCheck(
        verdict=_verdict(compared.values()),
        statements=statements,
        claims_effect=any(_claims_effect(own, statement) for statement in statements),
        note="; ".join(notes) or None,
    )


def _verdict(compared: Iterable[tuple[AnnotationStatement, bool]]) -> AnnotationVerdict:
    compared = list(compared)
    if any(statement.differs for statement, _ in compared):
        return "differs"
    return "agrees" if any(was for _, was in compared) else "not_compared"


def _of_other_transcripts(annotations: Sequence[Annotation]) -> list[str]:
    if not annotations:
        return []
    named = dict.fromkeys(a.transcript for a in sorted(annotations, key=lambda a: not a.chosen) if a.transcript)
    if not named:
        return ["the annotation names no transcript"]
    first, *more = named
    also = f" and {len(more)} more" if more else ""
    return [f"annotated on {first}{also}, not on {' or '.join(TRANSCRIPTS)}"]


def _statement(own: Consequence | None, annotation: Annotation) -> tuple[AnnotationStatement, bool]:
    """One statement, and whether anything of it could be compared."""
    answers: dict[str, bool | None] = {}
    if own is not None and not annotation.with_others:
        answers = {
            "consequence": _same_consequence(own.terms, annotation.terms),
            "c.": _same_change(own.hgvs_c, annotation.hgvs_c),
            "p.": _same_protein(own.hgvs_p, annotation.hgvs_p),
        }
    statement = AnnotationStatement(
        program=annotation.program,
        transcript=annotation.transcript or "",
        terms=annotation.terms,
        hgvs_c=annotation.hgvs_c,
        hgvs_p=annotation.hgvs_p,
        with_others=annotation.with_others,
        differs=tuple(what for what, same in answers.items() if same is False),
    )
    return statement, any(same is not None for same in answers.values())


def weight(terms: Iterable[str]) -> Weight | None:
    """The heaviest of some terms; ``None`` where none of them says what happens."""
    return max((_WEIGHTS[term] for term in terms if term in _WEIGHTS), default=None)


def _same_consequence(own: tuple[str, ...], stated: tuple[str, ...]) -> bool | None:
    mine, theirs = weight(own), weight(stated)
    near, seen_near = not _SPLICE_REGION.isdisjoint(own), not _SPLICE_REGION.isdisjoint(stated)
    if mine is None or theirs is None:
        return near if mine is not None and seen_near else None
    if seen_near and not near and mine < Weight.PROTEIN:
        return False
    if min(mine, theirs) >= Weight.SPLICE:  # a splice site that goes with a frame is called by either, or by both
        return bool({_WEIGHTS.get(t) for t in own} & {_WEIGHTS.get(t) for t in stated} & {Weight.SPLICE, Weight.LOSS})
    return mine is theirs


def _same_change(own: str | None, stated: str | None) -> bool | None:
    """Whether two c. names describe one change, also where one is not shifted to its 3' end."""
    if own is None or stated is None:
        return None
    if own == stated:
        return True
    described = hgvs_names.allele(stated)
    if described is None:
        return False if ">" in own or ">" in stated else None
    if described.ref == described.alt:
        return False
    return predict(Build.GRCH38, *described).hgvs_c == own


def _same_protein(own: str | None, stated: str | None) -> bool | None:
    return None if own is None or stated is None else hgvs_names.same_protein(own, stated)


def _claims_effect(own: Consequence | None, statement: AnnotationStatement) -> bool:
    theirs = weight(statement.terms)
    otherwise = "consequence" in statement.differs or statement.with_others
    return own is not None and otherwise and theirs is not None and theirs >= Weight.PROTEIN
