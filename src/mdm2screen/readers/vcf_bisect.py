"""Lines over the two genes by bisection, where the user says that the file is sorted.

Nothing but the user's word says that no record lies elsewhere: what is found is there, what is not found may be.
The order of chromosomes is the header's. How far to look back is what the header bounds: where it declares nothing that
lets a record reach further than its REF, a megabase; else the whole chromosome.
"""

import io
import re
from collections.abc import Iterator
from functools import partial

from mdm2screen import genes
from mdm2screen.readers import bgzf
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_located import LAST, MDM2, TP53, Located
from mdm2screen.readers.vcf_search import WINDOWS, Search, whole_lines

WAY = "bisected, taken to be sorted as --assume-sorted says"

Key = tuple[int, int]
"""Place of the chromosome in the header, and POS."""

_BEFORE_ALL: Key = (-1, 0)
_FAR = 1 << 40
_BEHIND_ALL: Key = (_FAR, 0)
# Bases that the REF of a record written in bases is taken to have at most: no caller writes out a megabase.
_LONGEST_REF = 1_000_000
# What lets a record speak of more bases than its REF, or of copies.
_REACHES = re.compile(r"##(INFO=<ID=(END|SVLEN|CN|FOLD_CHANGE_LOG|RAW_CN)|FORMAT=<ID=(LEN|CN|SM|FC)|ALT=<ID=\w+)\b")
_REARRANGED = re.compile(r"##INFO=<ID=(SVTYPE|CHR2|MATEID)\b")
# Bisection ends within a block of BGZF, which is the least that can be unpacked.
_CLOSE_ENOUGH = 1 << 16
_STEP = 1 << 17


class UnboundedError(Exception):
    """Bisection would not find every record, even in a sorted file."""


def locate(file: SourceFile) -> Located:
    """The lines over the genes, if the file is sorted. Raises UnboundedError or InputError."""
    if file.packing == "gzip":
        raise UnboundedError("a gzip file can only be read from its beginning")
    if file.packing == "bgzf":
        with file.path.open("rb") as stream:
            bgzf.check_end(stream, file.bytes, file.name)
    found = Located(way=WAY, order_assumed=True)
    search = Search(file, found, numbered=False)
    search.read(file.header_lines())
    texts = [text for _, text in found.header]
    if any(map(_REARRANGED.match, texts)):
        raise UnboundedError("the header declares rearrangements, which may reach TP53 from anywhere")
    if not {MDM2, TP53} <= found.declared.keys():
        raise UnboundedError("the header does not say in which order the chromosomes stand")
    reaches = any(map(_REACHES.match, texts))
    bisection = _Bisection(file, found.declared)
    for contig in sorted((MDM2, TP53), key=found.declared.__getitem__):
        low = 0 if reaches else min(WINDOWS[contig])[0] - _LONGEST_REF
        high = _FAR if reaches and contig == MDM2 else LAST[contig]
        search.read(bisection.lines(contig, low, high))
    search.settle(ended=True)
    found.total = None
    return found


class _Bisection:
    """Finds stretches of a sorted file."""

    def __init__(self, file: SourceFile, declared: dict[str, int]) -> None:
        self._file = file
        self._declared = declared
        self._places: dict[bytes, int] = {}

    def lines(self, contig: str, low: int, high: int) -> Iterator[bytes]:
        """Whole lines of ``contig``, at least those from position ``low`` to ``high``."""
        place = self._declared[contig]
        begin, last = self._before((place, low)), _BEFORE_ALL
        with self._file.unpacked(begin) as stream:
            if begin:
                stream.readline()
            for text, first, end in whole_lines(iter(partial(stream.read, _STEP), b"")):
                wanted = []
                for line in io.BytesIO(text[first:end]):
                    key = self._key(line)
                    if key < last:
                        raise UnboundedError("the file is not sorted")
                    last = key
                    if key[0] == place:
                        wanted.append(line)
                yield b"".join(wanted)
                if last > (place, high):
                    return

    def _before(self, wanted: Key) -> int:
        """A byte of the file behind which the first whole line lies before ``wanted``, or the beginning."""
        low, high = 0, self._file.bytes
        while high - low > _CLOSE_ENOUGH:
            middle = (low + high) // 2
            begin = self._next_start(middle, high)
            if begin is not None and self._first_key(begin) < wanted:
                low = begin
            else:
                high = middle
        return low

    def _next_start(self, offset: int, end: int) -> int | None:
        """The first byte from ``offset`` on at which reading can begin; ``None`` where that lies behind ``end``."""
        if self._file.packing == "plain":
            return offset
        with self._file.path.open("rb") as stream:
            found = bgzf.next_block(stream, offset, self._file.bytes)
        return found if found is not None and found < end else None

    def _first_key(self, begin: int) -> Key:
        with self._file.unpacked(begin) as stream:
            stream.readline()
            return self._key(stream.readline())

    def _key(self, line: bytes) -> Key:
        """Where a line stands; before all for a line of the header, behind all where there is none."""
        if line.startswith(b"#") or (line and not line.strip()):
            return _BEFORE_ALL
        if not line:
            return _BEHIND_ALL
        name, position = (*line.split(b"\t", 2), b"")[:2]
        if name not in self._places:
            contig = genes.contig_name(name.decode("utf-8", errors="replace"))
            if contig not in self._declared:
                raise UnboundedError(f"the header does not declare chromosome {contig}")
            self._places[name] = self._declared[contig]
        if not position.isdigit():
            raise UnboundedError(f"POS {position.decode('utf-8', errors='replace')!r} is no whole number")
        return self._places[name], int(position)
