"""Whether samples that are joined rest on files of their own: a file that comes again is no second test."""

from collections.abc import Sequence

from mdm2screen.decision import Role, Sample
from mdm2screen.errors import InputError
from mdm2screen.evidence import Evidence

_SHOWN = 5
_TELLING = 2
"""So many numbers that are not whole must agree before equal values say that a file was packed or named anew."""


def check(samples: Sequence[Sample]) -> None:
    """Raise InputError where a central sample holds evidence of a local one, or two of a side rest on one file."""
    for place, sample in enumerate(samples):
        for other in samples[:place]:
            shared = _shared(other, sample)
            if shared and other.role is sample.role:
                names = " and ".join(dict.fromkeys((other.name, sample.name)))
                raise InputError(
                    f"{', '.join(shared)} stands in two {sample.role} results ({names}): they are of one sample",
                    remedy="pass one result for each sample, the one with the right purity and files",
                )
            if shared:
                central = next(one for one in (sample, other) if one.role is Role.CENTRAL)
                raise InputError(
                    f"the central result of {central.name} rests on files of the local one ({', '.join(shared)})",
                    remedy="pass what the central laboratory measured itself",
                )


def _shared(one: Sample, other: Sample) -> list[str]:
    """Names of files that both rest on: any in two samples of a side, else those with evidence, or all there are."""
    known = {(file.sha256, file.sample) for file in one.inputs if file.of_patient}
    files = [file for file in other.inputs if file.of_patient]
    same = [file.name for file in files if (file.sha256, file.sample) in known]
    if one.role is not other.role and len(same) < len(files):
        same = [name for name in same if name in _of_evidence(other.evidence)]
    values = set(_values(one.evidence).values())
    same += [name for name, numbers in _values(other.evidence).items() if numbers in values]
    return list(dict.fromkeys(same))[:_SHOWN]


def _of_evidence(evidence: Evidence) -> set[str]:
    """Files that speak of a gene's copies or of variants."""
    copies = (*evidence.mdm2, *evidence.tp53_copies, *evidence.cdkn2a)
    return {source.file for source in copies if source.segments} | {file.file for file in evidence.variant_files}


def _values(evidence: Evidence) -> dict[str, tuple[tuple[int, int, float], ...]]:
    """The numbers of each copy-number file along chromosome 12, where they are telling."""
    found = {}
    for source in evidence.mdm2:
        records = (*source.segments, *source.context)
        numbers = tuple(sorted({(one.start, one.end, one.value) for one in records if one.value is not None}))
        if len({value for _, _, value in numbers if value % 1}) >= _TELLING:
            found[source.file] = numbers
    return found
