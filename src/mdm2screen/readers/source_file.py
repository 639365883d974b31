"""A file on disk: how it is packed, whether it is complete, its digest, its text.

Completeness is judged here and nowhere else: a gzip member must end with its checksum, a BGZF file with its
empty end block (SAM specification, section 4.1.2), whatever a library makes of it.
"""

import hashlib
import re
import stat
import threading
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import IO, BinaryIO, Literal

from isal import isal_zlib

from mdm2screen.errors import FileAccessError, MalformedFileError, TruncatedFileError
from mdm2screen.readers import bgzf, unpacking
from mdm2screen.records import Source

Packing = Literal["plain", "gzip", "bgzf"]

_LINE_ENDS = (b"\n", b"\r")
_HEAD_BYTES = 1 << 20
_CHUNK = 1 << 16  # packed bytes: each block of a BGZF file copies what is left of a chunk
_LARGE = 1 << 24  # bytes: below, a thread is not worth its start
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Control characters that stand in no text."""
_KINDS = {
    b"BAM\x01": "a BAM",
    b"BAI\x01": "the index of a BAM",
    b"TBI\x01": "a tabix index",
    b"CSI\x01": "a CSI index",
    b"CRAM": "a CRAM",
    b"BCF": "a BCF",
    b"PAR1": "a Parquet table",
    b"\x89HDF": "HDF5",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x1f\x8b": "gzip in gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"(\xb5/\xfd": "Zstandard",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "RTF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
}
"""First bytes of what is not read, or was not in this place."""
_REFUSED = {
    b"%PDF": ("a PDF report", "pass the data file behind the report (VCF, segments, XML or JSON)"),
    b"PK\x03\x04": ("a zip archive or spreadsheet", "export the sheet as tab-separated text, or unzip it first"),
}


class SourceFile:
    """A file given by a user. Opening it checks that it exists, is a regular file, and holds something."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        try:
            if path.is_dir():
                raise FileAccessError("is a directory, not a file", where=str(path), remedy="pass the file in it")
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # to open a pipe would wait for ever, and it can be read but once
                raise FileAccessError(
                    "is no regular file (a pipe, device or socket)",
                    where=str(path),
                    remedy="write its content into a file and pass that; files are read more than once",
                )
            self.bytes = status.st_size
            with path.open("rb") as stream:
                start = stream.read(bgzf.HEADER)
        except FileNotFoundError as exc:
            raise FileAccessError("no such file", where=str(path), remedy="check the path") from exc
        except PermissionError as exc:
            raise FileAccessError("may not be read", where=str(path), remedy="check its permissions") from exc
        if not start:
            raise FileAccessError("the file is empty", where=self.name, remedy="make it again or copy it again")
        for magic, (what, remedy) in _REFUSED.items():
            if start.startswith(magic):
                raise FileAccessError(f"{what} cannot be read", where=self.name, remedy=remedy)
        self.packing: Packing = _packing(start)
        self._packed_text_ended = True
        self._digesting: threading.Thread | None = None
        self._digests: list[str] = []
        self._is_text = not start.startswith((b"BCF", b"CRAM"))

    def source(self, line: int | None = None, locus: str | None = None) -> Source:
        """Where a statement of this file stands."""
        return Source(file=self.name, line=line, locus=locus)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes on disk."""
        if self._digesting is not None:
            self._digesting.join()
        return self._digests.pop() if self._digests else self._digest()

    def digest_beside(self) -> None:
        """Begin the digest of a large file in a thread, so that it is there when the file is read."""
        if self.bytes >= _LARGE and self._digesting is None:
            # a daemon: an error found meanwhile is not held back until the file is read to its end
            self._digesting = threading.Thread(target=self._digest_ahead, daemon=True)
            self._digesting.start()

    def _digest_ahead(self) -> None:
        with suppress(OSError):  # ``sha256`` will meet it again, where it can be raised
            self._digests.append(self._digest())

    def _digest(self) -> str:
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def check_complete(self) -> None:
        """Raise TruncatedFileError unless a BGZF file is an unbroken chain of blocks with its end block."""
        if self.packing == "bgzf":
            _ = self.blocks

    @cached_property
    def blocks(self) -> bgzf.Blocks:
        """The blocks of a BGZF file. Raises TruncatedFileError unless they are an unbroken chain with its end block."""
        with self.path.open("rb") as stream:
            return bgzf.walk(stream, self.bytes, self.name)

    def head(self) -> bytes:
        """The first unpacked bytes, at most one mebibyte; what is broken further on is not seen here.

        Raises MalformedFileError where they are UTF-16.
        """
        beginning = self._beginning
        if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise MalformedFileError(
                "the file is UTF-16 text", where=self.name, remedy="save it as UTF-8 (plain text) and try again"
            )
        return beginning

    def kind(self) -> str:
        """What the content is by its first bytes, in words for a message: never the content, it may name a patient."""
        beginning = self._beginning
        kind = next((kind for magic, kind in _KINDS.items() if beginning.startswith(magic)), None)
        if kind is None:
            kind = "binary data" if _NO_TEXT.search(beginning) else "text of no known form"
        packed = "" if self.packing == "plain" else f", packed as {self.packing}"
        return kind + packed

    @cached_property
    def _beginning(self) -> bytes:
        if self.packing == "plain":
            with self.path.open("rb") as stream:
                return stream.read(_HEAD_BYTES)
        unpacker = isal_zlib.decompressobj(wbits=31)
        unpacked = bytearray()
        with self.path.open("rb") as stream:
            try:
                while len(unpacked) < _HEAD_BYTES and (chunk := unpacker.unused_data or stream.read(_CHUNK)):
                    if unpacker.eof:
                        unpacker = isal_zlib.decompressobj(wbits=31)
                    unpacked += unpacker.decompress(chunk, _HEAD_BYTES - len(unpacked))
                    if unpacker.unconsumed_tail:
                        break
            except unpacking.DAMAGED as exc:
                raise self._broken(exc) from exc
        return bytes(unpacked)

    @contextmanager
    def unpacked(self, block: int = 0) -> Iterator[IO[bytes]]:
        """The content as a binary stream, from byte ``block`` of the file on, in a BGZF file that of a block.

        Raises TruncatedFileError where the packed stream ends early or is damaged.
        """
        with self.path.open("rb") as raw:
            raw.seek(block)
            if self.packing == "plain":
                yield raw
                return
            with unpacking.stream_of(raw) as stream:
                try:
                    yield stream
                except unpacking.DAMAGED as exc:
                    raise self._broken(exc) from exc

    def pieces(self, begin: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The content in pieces; of a BGZF file from the block at byte ``begin`` to the one before byte ``end``.

        A BGZF file read to its end is proven whole, with the checksum of each block. Raises TruncatedFileError.
        """
        last = b""
        try:
            with (
                self.path.open("rb") as raw,
                closing(self._unpacked_pieces(raw, begin, self.bytes if end is None else end)) as pieces,
            ):
                for piece in pieces:
                    if piece:  # the end block holds nothing
                        last = piece
                        yield piece
        except unpacking.DAMAGED as exc:
            raise self._broken(exc) from exc
        if end is None:
            self._packed_text_ended = last.endswith(_LINE_ENDS)

    def _unpacked_pieces(self, raw: BinaryIO, begin: int, end: int) -> Generator[bytes, None, None]:
        if self.packing == "plain":
            return unpacking.of_plain(raw)
        if self.packing == "gzip":
            return unpacking.of_gzip(raw, self.bytes)
        bgzf.check_end(raw, self.bytes, self.name)
        return unpacking.of_bgzf(raw, begin, end, self.name)

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Lines with their 1-based number, without line end and byte-order mark, up to a proven end of file.

        Raises TruncatedFileError where the packed stream ends early.
        """
        self.check_complete()
        line = b"\n"
        with self.unpacked() as stream:
            for number, line in enumerate(stream, start=1):
                yield number, _clean(line, number)
        self._packed_text_ended = line.endswith(_LINE_ENDS)

    def header_lines(self) -> Iterator[bytes]:
        """The first lines that begin with ``#``, with their line ends; what is broken further on is not seen here."""
        with self.unpacked() as stream:
            yield from takewhile(lambda line: line.startswith(b"#"), stream)

    def text_lines(self) -> Iterator[tuple[int, str]]:
        """``lines`` as text; bytes that are no UTF-8 (names in old headers) become a replacement character."""
        for number, line in self.lines():
            yield number, line.decode("utf-8", errors="replace")

    def content(self) -> bytes:
        """The whole content, for formats that say themselves where they end (XML, JSON); no line end is asked of it.

        Raises TruncatedFileError where the packed stream ends early.
        """
        self.check_complete()
        self._is_text = False
        with self.unpacked() as stream:
            return stream.read()

    def ends_with_newline(self) -> bool:
        """Whether text ends with a line end; of a packed file this is known only once ``lines`` was read through."""
        if self.packing != "plain" or not self._is_text:
            return self._packed_text_ended
        with self.path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) in _LINE_ENDS

    def _broken(self, exc: Exception) -> TruncatedFileError:
        return TruncatedFileError(
            f"the compressed stream is cut or damaged ({exc})",
            where=self.name,
            remedy="copy the file again from where it was made, and compare checksums",
        )


def _packing(start: bytes) -> Packing:
    if not start.startswith(bgzf.MAGIC):
        return "plain"
    return "bgzf" if bgzf.is_block(start) else "gzip"


def _clean(line: bytes, number: int) -> bytes:
    if number == 1 and line.startswith(b"\xef\xbb\xbf"):
        line = line[3:]
    return line.rstrip(b"\r\n")
