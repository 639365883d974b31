"""BGZF: gzip blocks of at most 64 KiB, each with its length, closed by an empty block (SAM specification, section 4.1).

The chain of the blocks is followed by their own lengths, whatever a library makes of it.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from mdm2screen.errors import TruncatedFileError

MAGIC = b"\x1f\x8b"
HEADER = 18
"""Bytes of a block before its deflate stream."""
END_BLOCK = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
_TRAILING_SIZE = 4  # the last bytes of a block: its length unpacked
_FIELDS = struct.Struct("<2sxB8x2s2xH")  # magic, flags, name of the extra field, length of the block less one
_SIZE = struct.Struct("<I")
_LONGEST = 1 << 16
_READ = 1 << 18


class Blocks(NamedTuple):
    """The byte of the file at which each block begins, with its byte in the content; ``size`` of the content."""

    starts: dict[int, int]
    size: int


class Run(NamedTuple):
    """Whole blocks that follow each other, and how many bytes they unpack to."""

    packed: bytes
    size: int


def is_block(start: bytes) -> bool:
    """Whether these bytes begin with the header of a block."""
    return len(start) >= HEADER and _length(start, 0) > 0


def _length(held: bytes, at: int) -> int:
    """Length in bytes of the block whose header stands at ``at``; 0 where none stands there."""
    magic, flags, extra, length = _FIELDS.unpack_from(held, at)
    return int(length) + 1 if magic == MAGIC and flags & 4 and extra == b"BC" else 0


def walk(stream: BinaryIO, size: int, name: str) -> Blocks:
    """Follow the chain to an end block at the end of the file. Raises TruncatedFileError where it breaks."""
    starts: dict[int, int] = {}
    unpacked = 0
    check_end(stream, size, name)
    offset = 0
    for packed, length in runs(stream, 0, size, 0, name):
        starts[offset] = unpacked
        offset += len(packed)
        unpacked += length
    return Blocks(starts, unpacked)


def runs(stream: BinaryIO, begin: int, end: int, enough: int, name: str) -> Iterator[Run]:
    """The blocks from byte ``begin`` to ``end`` of the file, gathered until they unpack to ``enough`` bytes.

    Raises TruncatedFileError where the chain breaks.
    """
    stream.seek(begin)
    offset, held = begin, b""  # ``held`` begins at byte ``offset`` of the file
    first = at = size = 0
    while True:
        length = _length(held, at) if len(held) - at >= HEADER else HEADER
        if not length:
            raise cut(name, f"no BGZF block at byte {offset + at}")
        if at + length > len(held):
            more = stream.read(min(_READ, end - offset - len(held)))
            if not more:
                break
            offset, held, first, at = offset + first, held[first:] + more, 0, at - first
            continue
        at += length
        size += _SIZE.unpack_from(held, at - _TRAILING_SIZE)[0]
        if size >= enough:
            yield Run(held[first:at], size)
            first, size = at, 0
    if at < len(held):
        whole = len(held) - at >= HEADER
        raise cut(name, "the last block is incomplete" if whole else f"no BGZF block at byte {offset + at}")
    if first < at:
        yield Run(held[first:at], size)


def next_block(stream: BinaryIO, offset: int, size: int) -> int | None:
    """The first block from byte ``offset`` of the file on, told by its header and the block behind it."""
    stream.seek(offset)
    held = stream.read(2 * _LONGEST)
    at = held.find(MAGIC)
    while at >= 0:
        if is_block(held[at : at + HEADER]):
            behind = at + _length(held, at)
            if offset + behind == size or is_block(held[behind : behind + HEADER]):
                return offset + at
        at = held.find(MAGIC, at + 1)
    return None


def check_end(stream: BinaryIO, size: int, name: str) -> None:
    """Raise TruncatedFileError where the file does not close with the end block."""
    stream.seek(max(0, size - len(END_BLOCK)))
    if stream.read() != END_BLOCK:
        raise cut(name, "the end block is missing: records at the end may be lost")


def cut(name: str, what: str) -> TruncatedFileError:
    """The error of a file that is not whole."""
    return TruncatedFileError(
        f"the BGZF file is cut: {what}",
        where=name,
        remedy="copy the file again from where it was made; if it was written so, rewrite it with bgzip",
    )
