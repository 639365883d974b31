"""Which sample of a table of many is the tumor."""

from collections.abc import Iterable
from difflib import get_close_matches

from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile

_LISTED = 10


def _listing(names: list[str], wanted: str | None) -> str:
    """Names for a message: the nearest to what was asked for, else the first; a cohort holds hundreds."""
    near = get_close_matches(wanted, names, n=_LISTED, cutoff=0.4) if wanted else []
    shown = near or names[:_LISTED]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def choose_table_sample(names: Iterable[str], file: SourceFile, options: Options) -> str | None:
    """The sample of a table that names samples; ``None`` where it names none. Raises SampleError."""
    available = sorted(set(names))
    wanted = options.cn_sample or (options.tumor_sample if options.tumor_sample in available else None)
    listing = _listing(available, wanted)
    if wanted is not None and available and wanted not in available:
        raise SampleError(
            f"has no sample {wanted}; it has: {listing}", where=file.name, remedy="pass one of them as --cn-sample"
        )
    if wanted is None and len(available) > 1:
        raise SampleError(
            f"holds {len(available)} samples: {listing}",
            where=file.name,
            remedy="say which is the tumor: --cn-sample NAME",
        )
    return wanted or next(iter(available), None)
