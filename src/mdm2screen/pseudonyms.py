"""Identifiers replaced by keyed pseudonyms: HMAC-SHA256, cut to 128 bits (RFC 2104, section 5).

The evidence is renamed and judged again, so that no sentence is left that was made of an identifier. Every text of the
evidence is looked at, whatever its field: only facts, by which the evidence is judged, are left as they are.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from mdm2screen import eligibility
from mdm2screen.annotation_check import AnnotationCheck, AnnotationStatement
from mdm2screen.callability import MeasuredFile
from mdm2screen.callability_result import Callability
from mdm2screen.consequence import Consequence
from mdm2screen.decision import Decision, Sample
from mdm2screen.errors import UsageError
from mdm2screen.evidence import Evidence, GeneCopyNumber, ObservedVariant, VariantFile
from mdm2screen.oncotree import TumorType
from mdm2screen.protocol import TrialProtocol
from mdm2screen.records import (
    Annotation,
    Breakpoint,
    ClassRecord,
    InputFile,
    Model,
    Phase,
    ReportedVariant,
    SeenRun,
    SegmentRecord,
    Source,
    StructuralChange,
    VariantRecord,
)
from mdm2screen.records.base import PSEUDONYM
from mdm2screen.results import Software
from mdm2screen.sample_warnings import NAMES_OF_NOBODY

KEY_BYTES = 32
"""The least length of a key: that of the hash (RFC 2104, section 3)."""
_SHOWN = 32  # hexadecimal digits, 128 bits
_SHORTEST_IN_TEXT = 4  # a shorter identifier may be a number or a word of a sentence that is none
_NUMBERED = re.compile(r"(.+)( \(\d+\))", re.DOTALL)  # how a decision tells samples of one name apart

_NAMES: Mapping[type[Model], frozenset[str]] = {
    Callability: frozenset({"assay", "files"}),
    Evidence: frozenset({"mean_depths", "rearrangement_files"}),
    GeneCopyNumber: frozenset({"file"}),
    InputFile: frozenset({"name", "sample"}),
    MeasuredFile: frozenset({"file"}),
    Sample: frozenset({"name", "patient"}),
    SegmentRecord: frozenset({"sample"}),
    Source: frozenset({"file"}),
    VariantFile: frozenset({"file"}),
}
"""Fields that are an identifier, or a list of them."""
_HGVS = frozenset({"transcript", "terms", "hgvs_c", "hgvs_p"})
_FACTS: Mapping[type[Model], frozenset[str]] = {
    Annotation: _HGVS | {"gene"},
    AnnotationCheck: frozenset({"verdict"}),
    AnnotationStatement: _HGVS | {"differs"},
    Breakpoint: frozenset({"contig", "retained"}),
    ClassRecord: frozenset({"hgvs_c", "hgvs_p", "locus"}),
    Consequence: frozenset(Consequence.model_fields),
    Evidence: frozenset({"not_read"}),
    InputFile: frozenset({"sha256", "format"}),
    ObservedVariant: frozenset({"parts", "part_of"}),
    Phase: frozenset({"whole"}),
    ReportedVariant: frozenset({"gene", "hgvs_c", "hgvs_p"}),
    SeenRun: frozenset({"contig", "ref"}),
    SegmentRecord: frozenset({"contig", "gene"}),
    Software: frozenset(Software.model_fields),
    StructuralChange: frozenset({"kind", "inserted"}),
    TumorType: frozenset(TumorType.model_fields),
    VariantRecord: frozenset({"contig", "ref", "alt", "genotype", "gene"}),
}
"""Fields that state places, bases, genes, or a word of mdm2screen's own; every other text may hold an identifier."""
_OWN_NAMES = frozenset({"options", "wgs", "wes"})
_OWN_FILES = "genes/tp53_"
"""What stands in place of the name of a user's file, and how names of files that ship begin."""
_PASSED = "PASS"
_WORDS_OF_GENOMES = frozenset({"tp53", "mdm2", "cdkn2a", "grch37", "grch38", "hg19", "hg38"})
"""Beginnings of file names that are no identifier."""
_WITHOUT_NAMES = ("S011", "S015", "S016")
"""Warnings that no evidence gives again, and that hold no identifier."""


def pseudonym(key: bytes, identifier: str) -> str:
    """The pseudonym of one identifier: the same for the same key. What is a pseudonym already stays."""
    if PSEUDONYM.fullmatch(identifier):
        return identifier
    digest = hmac.new(key, identifier.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()
    return f"ps-{digest[:_SHOWN]}"


def pseudonymised(decision: Decision, key: bytes, protocol: TrialProtocol) -> Decision:
    """The decision with every identifier replaced: patient, samples, file names. ``protocol`` is the one it has.

    Raises UsageError where an identifier is a word by which a file is judged, so that the answer would be another.
    """
    as_read = [Sample(**{name: getattr(sample, name) for name in Sample.model_fields}) for sample in decision.samples]

    def judged(samples: Sequence[Sample], patient: str) -> Decision:
        return eligibility.decide_patient(
            protocol,
            samples,
            patient=patient,
            mdm2_inhibitor=decision.mdm2_inhibitor,
            software=decision.software,
        )

    made = judged(renamed(as_read, key, decision.patient), pseudonym(key, decision.patient))
    if _answer(made) != _answer(judged(as_read, decision.patient)):
        raise UsageError(
            "under pseudonyms the answer would be another: an identifier is a word by which a file is judged",
            remedy="rename the sample or file that is called like a word of the format (LOSS, DEL, PASS)",
        )
    kept = tuple(one for one in decision.warnings if one.code in _WITHOUT_NAMES)
    return eligibility.with_warnings(made, kept)


def renamed(samples: Sequence[Sample], key: bytes, *identifiers: str) -> list[Sample]:
    """Samples with every identifier replaced: those in their own fields, and further ``identifiers``."""
    found = {*identifiers, *_identifiers(samples)}
    in_text = {one for one in found.union(filter(None, map(_beginning, found))) if len(one) >= _SHORTEST_IN_TEXT}
    in_text = {one for one in in_text if not _is_nobodys(one)}
    renaming = _Renaming(key, _in_text({one: _named(key, one) for one in in_text}))
    return [_of_model(sample, renaming) for sample in samples]


class _Renaming(NamedTuple):
    key: bytes
    in_text: Callable[[str], str]

    def name(self, text: str) -> str:
        """What replaces a name."""
        return text if _is_nobodys(text) else _named(self.key, text)


def _answer(decision: Decision) -> tuple[object, ...]:
    central = decision.central_confirmation
    calls = [(call.criterion, call.status, [one.code for one in call.reasons]) for call in decision.calls]
    calls += [(call.criterion, call.status, [one.code for one in call.reasons]) for call in central.calls]
    return decision.eligibility, decision.molecular, central.status, central.flags, calls


def _is_nobodys(name: str) -> bool:
    """Whether a name is one that callers give to everybody, or stands where there is no file of a user."""
    bare = _bare(name).lower()
    return not bare or bare in NAMES_OF_NOBODY or bare in _OWN_NAMES or bare.startswith(_OWN_FILES)


def _bare(name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    return match[1] if match else name


def _named(key: bytes, name: str) -> str:
    """The pseudonym; the number by which samples of one name are told apart stays."""
    bare = _bare(name)
    return pseudonym(key, bare) + name[len(bare) :]


def _identifiers(node: Any, *, is_name: bool = False) -> Iterator[str]:
    """Every name that stands in a field of its own."""
    if isinstance(node, Model):
        for field, value in _texts(node):
            yield from _identifiers(value, is_name=field in _names(node))
    elif isinstance(node, (tuple, list)):
        for member in node:
            yield from _identifiers(member, is_name=is_name)
    elif is_name and isinstance(node, str):
        yield node
        yield _bare(node)


def _beginning(name: str) -> str | None:
    """What stands before a dot of a file name, where it may be an identifier: the shortest that has a digit."""
    parts = name.split(".")
    found = (".".join(parts[:count]) for count in range(1, len(parts)))
    first = next((one for one in found if len(one) >= _SHORTEST_IN_TEXT and re.search(r"\d", one)), None)
    return None if first is None or first.lower() in _WORDS_OF_GENOMES else first


def _names(model: Model) -> frozenset[str]:
    """The fields of a model that are an identifier."""
    if isinstance(model, ClassRecord) and model.origin == model.source.file:
        return frozenset({"origin"})  # a table of the user's; else a word such as ClinVar
    return _NAMES.get(type(model), frozenset())


def _texts(model: Model) -> Iterator[tuple[str, Any]]:
    """The fields that may hold an identifier."""
    facts = _FACTS.get(type(model), ())
    return ((field, getattr(model, field)) for field in type(model).model_fields if field not in facts)


def _in_text(replaced: Mapping[str, str]) -> Callable[[str], str]:
    """A function that replaces identifiers that stand as words in a sentence, the longest first."""
    if not replaced:
        return str
    longest = sorted(replaced, key=lambda one: (-len(one), one))
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest))})(?![^\W_])")
    return lambda text: text if text == _PASSED else pattern.sub(lambda match: replaced[match[0]], text)


def _of_model(model: Any, renaming: _Renaming) -> Any:
    names = _names(model)
    changes = {}
    for field, value in _texts(model):
        new = _replaced(value, renaming, renaming.name if field in names else renaming.in_text)
        if new is not value:
            changes[field] = new
    return model.model_copy(update=changes) if changes else model


def _replaced(node: Any, renaming: _Renaming, of_text: Callable[[str], str]) -> Any:
    """The node with its texts replaced; itself where nothing is."""
    if isinstance(node, Model):
        return _of_model(node, renaming)
    if isinstance(node, tuple):
        members = [_replaced(member, renaming, of_text) for member in node]
        return tuple(members) if _changed(members, node) else node
    if isinstance(node, dict):
        return {_replaced(name, renaming, of_text): _replaced(one, renaming, of_text) for name, one in node.items()}
    if isinstance(node, str) and not isinstance(node, Enum):
        new = of_text(node)
        return node if new == node else new
    return node


def _changed(new: Iterable[Any], old: Iterable[Any]) -> bool:
    return any(one is not other for one, other in zip(new, old, strict=True))


def check_key(key: bytes) -> bytes:
    """A key without the line end an editor adds. Raises ValueError where it is too short."""
    bare = key.rstrip(b"\r\n")
    if len(bare) < KEY_BYTES:
        raise ValueError(f"holds {len(bare)} bytes, and at least {KEY_BYTES} are needed")
    return bare
