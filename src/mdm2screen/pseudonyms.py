"""Identifiers replaced by keyed pseudonyms: HMAC-SHA256, cut to 128 bits (RFC 2104, section 5).

The evidence is renamed and judged again, so that no sentence is left that was made of an identifier.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any

from mdm2screen import eligibility
from mdm2screen.decision import Decision, Sample
from mdm2screen.protocol import TrialProtocol
from mdm2screen.sample_warnings import NAMES_OF_NOBODY

KEY_BYTES = 32
"""The least length of a key: that of the hash (RFC 2104, section 3)."""
_SHOWN = 32  # hexadecimal digits, 128 bits
_SHORTEST_IN_TEXT = 4  # a shorter identifier may be a number or a word of a sentence that is none
_NAMES = frozenset({"file", "name", "patient", "sample", "mean_depths", "rearrangement_files"})
"""Fields that are an identifier, or a list of them."""
_TEXTS = frozenset({"notes", "silence", "depths_of_normal", "germline", "build_because", "words", "label", "because"})
"""Fields of free words that may hold one."""
_WITHOUT_NAMES = ("S011",)
"""Warnings that no evidence gives again, and that hold no identifier."""


def pseudonym(key: bytes, identifier: str) -> str:
    """The pseudonym of one identifier: the same for the same key."""
    digest = hmac.new(key, identifier.encode(), hashlib.sha256).hexdigest()
    return f"ps-{digest[:_SHOWN]}"


def pseudonymised(decision: Decision, key: bytes, protocol: TrialProtocol) -> Decision:
    """The decision with every identifier replaced: patient, samples, file names. ``protocol`` is the one it has."""
    known = _identifiers(decision)
    replaced = {one: pseudonym(key, one) for one in known}
    samples = [_sample(sample, replaced) for sample in decision.samples]
    made = eligibility.decide_patient(
        protocol,
        samples,
        patient=pseudonym(key, decision.patient),
        mdm2_inhibitor=decision.mdm2_inhibitor,
        software=decision.software,
    )
    kept = tuple(one for one in decision.warnings if one.code in _WITHOUT_NAMES)
    return made.model_copy(update={"warnings": (*made.warnings, *kept)})


def _identifiers(decision: Decision) -> set[str]:
    """The patient, and each sample and file; names that callers give to everybody are none."""
    found = {decision.patient, *(sample.name for sample in decision.samples)}
    found |= {sample.patient for sample in decision.samples if sample.patient}
    for sample in decision.samples:
        found |= {name for file in sample.inputs for name in (file.name, file.sample) if name}
        copies = (*sample.evidence.mdm2, *sample.evidence.tp53_copies)
        found |= {segment.sample for source in copies for segment in source.segments if segment.sample}
    return {one for one in found if one.lower() not in NAMES_OF_NOBODY}


def _sample(sample: Sample, replaced: dict[str, str]) -> Sample:
    in_text = _in_text(replaced)
    tree = {name: getattr(sample, name) for name in Sample.model_fields}
    dumped = Sample(**tree).model_dump(mode="json")
    return Sample.model_validate(_renamed(dumped, replaced, in_text))


def _in_text(replaced: dict[str, str]) -> Callable[[str], str]:
    """A function that replaces identifiers that stand as words in a sentence, the longest first."""
    long = sorted((one for one in replaced if len(one) >= _SHORTEST_IN_TEXT), key=len, reverse=True)
    if not long:
        return str
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, long))})(?![A-Za-z0-9])")
    return lambda text: pattern.sub(lambda match: replaced[match[0]], text)


def _renamed(node: Any, replaced: dict[str, str], in_text: Callable[[str], str], field: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _renamed(value, replaced, in_text, key) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(value, replaced, in_text, field) for value in node]
    if not isinstance(node, str):
        return node
    if field in _NAMES:
        return replaced.get(node, in_text(node))
    return in_text(node) if field in _TEXTS else node


def check_key(key: bytes) -> bytes:
    """A key without the line end an editor adds. Raises ValueError where it is too short."""
    bare = key.rstrip(b"\r\n")
    if len(bare) < KEY_BYTES:
        raise ValueError(f"holds {len(bare)} bytes, and at least {KEY_BYTES} are needed")
    return bare
