"""Tabix and CSI indexes: where each chromosome lies in a BGZF file.

An index beside a file may have been made from another file, and would then hide records in silence. It is trusted only
if its chromosomes fill this very file without a gap, to its last byte, each begins where a line of its name does, and
those that are read (the last one too, behind which nothing begins) hold whole lines of their own names alone.
Layouts: hts-specs, tabix and CSIv1.
"""

import gzip
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mdm2screen.readers.bgzf import Blocks
from mdm2screen.readers.source_file import SourceFile


class Stretch(NamedTuple):
    """A contig as written, and its first and last byte (exclusive) in the unpacked content."""

    contig: str
    begin: int
    end: int


class UnusableIndexError(Exception):
    """The index does not fit the file, or does not suffice."""


def stretches(index: Path, file: SourceFile) -> list[Stretch]:
    """Where each contig lies, in file order. Raises UnusableIndexError where the index is of another file."""
    try:
        found = sorted(_parse(gzip.decompress(index.read_bytes()), file.blocks), key=lambda one: one.begin)
    except (OSError, EOFError, zlib.error, struct.error, ValueError, KeyError) as exc:
        raise UnusableIndexError("it cannot be read, or is of another file") from exc
    ends = [one.end for one in found]
    if not found or [one.begin for one in found[1:]] != ends[:-1] or ends[-1] != file.blocks.size:
        raise UnusableIndexError("it is of another file")
    return found


def content(file: SourceFile, stretch: Stretch) -> Iterator[bytes]:
    """The lines of a contig in pieces. Raises UnusableIndexError where the stretch does not hold whole lines of it."""
    begin, end, skip = _blocks_of(file, stretch.begin, stretch.end)
    left = stretch.end - stretch.begin
    first, last = True, b""
    for piece in file.pieces(begin, end):
        part = piece[skip : skip + left]
        if first and part and not part.startswith(f"{stretch.contig}\t".encode()[: len(part)]):
            raise UnusableIndexError("it is of another file")
        skip = max(0, skip - len(piece))
        left -= len(part)
        if part:
            first, last = False, part
            yield part
    if left or not last.endswith(b"\n"):
        raise UnusableIndexError("it does not give every line of the file")


def check_beginnings(file: SourceFile, found: list[Stretch]) -> None:
    """Raise UnusableIndexError unless a line of its own name begins with each stretch.

    A record more or less anywhere before moves the beginnings, also where by chance no block of the file moved.
    """
    for one in found:
        wanted = f"\n{one.contig}\t".encode()
        begin, end, skip = _blocks_of(file, one.begin - 1, one.begin - 1 + len(wanted))
        if b"".join(file.pieces(begin, end))[skip : skip + len(wanted)] != wanted:
            raise UnusableIndexError("it is of another file")


def _blocks_of(file: SourceFile, begin: int, end: int) -> tuple[int, int, int]:
    """First byte of the blocks that hold a part of the content, the byte behind them, and what to skip in the first."""
    offsets, unpacked = list(file.blocks.starts), list(file.blocks.starts.values())
    first, behind = max(0, bisect_right(unpacked, begin) - 1), bisect_left(unpacked, end)
    return offsets[first], offsets[behind] if behind < len(offsets) else file.bytes, begin - unpacked[first]


def _parse(content: bytes, blocks: Blocks) -> Iterator[Stretch]:
    """Stretches of an unpacked index; KeyError where an offset is no block of the file."""
    read = _Cursor(content)
    magic = read.raw(4)
    if magic == b"TBI\1":
        (contigs,) = read("<i")
        names = _names(read)
        depth, csi = 5, False
    elif magic == b"CSI\1":
        _, depth, extra = read("<3i")
        if not extra:
            raise ValueError("an index without names is one of a BCF")
        names = _names(read)
        (contigs,) = read("<i")
        csi = True
    else:
        raise ValueError("neither tabix nor CSI")
    counts_bin = ((1 << (depth + 1) * 3) - 1) // 7 + 1  # holds numbers of records, no place
    for name in names[:contigs]:
        offsets = read.offsets(_CSI_BIN if csi else _TABIX_BIN, counts_bin)
        if not csi:
            (windows,) = read("<i")
            read(f"<{windows}Q")
        if offsets:
            places = [blocks.starts[offset >> 16] + (offset & 0xFFFF) for offset in offsets]
            yield Stretch(name, min(places), max(places))


def _names(read: "_Cursor") -> list[str]:
    """Names of the contigs: after six numbers of layout, which for a VCF are always the same, and their length."""
    length = read("<7i")[-1]
    return [name.decode() for name in read.raw(length).split(b"\0")[:-1]]


# How a bin begins: its number, in CSI a place that is not needed here, and how many pairs of offsets follow.
_TABIX_BIN, _CSI_BIN = struct.Struct("<Ii"), struct.Struct("<I8xi")
_OFFSET = 8  # bytes


class _Cursor:
    """Reads a binary text piece by piece."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def raw(self, size: int) -> bytes:
        """The next bytes. Raises ValueError where there are fewer."""
        piece = self._content[self._at : self._at + size]
        if size < 0 or len(piece) < size:
            raise ValueError("the index is cut")
        self._at += size
        return piece

    def __call__(self, layout: str) -> tuple[int, ...]:
        """The next numbers. Raises ValueError where there are fewer."""
        return struct.unpack(layout, self.raw(struct.calcsize(layout)))

    def offsets(self, layout: struct.Struct, counts_bin: int) -> set[int]:
        """Where the chunks of all bins begin and end; an index has as many bins as a file has blocks, and more.

        Raises struct.error or ValueError where the index is cut.
        """
        (bins,) = self("<i")
        content, at, found = self._content, self._at, set[int]()
        for _ in range(bins):
            number, chunks = layout.unpack_from(content, at)
            if chunks < 0:
                raise ValueError("a number of chunks is below zero")
            at += layout.size
            if number != counts_bin:
                found.update(struct.unpack_from(f"<{2 * chunks}Q", content, at))
            at += 2 * chunks * _OFFSET
        if not self._at <= at <= len(content):
            raise ValueError("the index is cut")
        self._at = at
        return found
