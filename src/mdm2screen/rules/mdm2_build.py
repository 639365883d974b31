"""MDM2 on the other genome build, for files whose build the user alone states.

The builds put MDM2 394 kb apart, so that on the wrong one a neighbouring segment is read. That an amplification lies
exactly where MDM2 is on the other build does not happen without cause. The other way round nothing can be said: an
amplification of MDM2 often ends, or is not covered, 394 kb away.
"""

from collections.abc import Callable

from mdm2screen import copy_number
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.genes import MDM2
from mdm2screen.records import Build
from mdm2screen.results import Status
from mdm2screen.rules.amplicon import RAISED
from mdm2screen.rules.gene_copies import GeneCall, low
from mdm2screen.rules.mdm2_answer import copies_words


def on_other_build(source: GeneCopyNumber, judge: Callable[[GeneCopyNumber], GeneCall]) -> str | None:
    """In words, that MDM2 is or may be amplified in this file if it is on the other build; ``None`` where it is not."""
    if source.build is None or source.build_is_proven:
        return None
    other = next(build for build in Build if build is not source.build)
    records = (*source.segments, *source.context)
    over = tuple(r for r in records if r.gene is None and MDM2.overlaps(other, r.contig, r.start, r.end))
    call = judge(source.model_copy(update={"build": other, "segments": over, "context": ()}))
    if call.doubt is not None or not (call.status is Status.MET or _may_be_amplified(call)):
        return None
    return f"on {other} MDM2 has {copies_words(call)} in {source.file}, and nothing in it proves {source.build}"


def _may_be_amplified(call: GeneCall) -> bool:
    """Whether the value is raised and purity or ploidy alone leave it open; a ceiling, or wide bins, tell nothing."""
    record = call.deciding
    if record is None or call.status is Status.NOT_MET or record.at_least:
        return False
    return copy_number.linear_ratio(low(record), record.scale) - 1 >= RAISED
