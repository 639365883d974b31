"""Packed content in pieces, unpacked in a thread beside the reader (isal gives the interpreter free meanwhile)."""

import io
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from itertools import islice, takewhile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from isal import igzip, igzip_lib

from mdm2screen.readers import bgzf

if TYPE_CHECKING:
    from concurrent.futures import Future

_ISAL = cast(type[Exception], igzip_lib.IsalError)
DAMAGED: tuple[type[Exception], ...] = (EOFError, zlib.error, igzip.BadGzipFile, _ISAL)
"""What is raised where a packed stream ends early or is damaged."""
PIECE = 1 << 20
"""Bytes of content that are worth a turn of the thread."""
# Below this many packed bytes a thread costs more to load than it saves.
_WORTH_A_THREAD = 1 << 24
_AHEAD = 4  # pieces held in memory at most; one thread keeps up with the reader, and two were seen to hinder it


def stream_of(raw: BinaryIO) -> IO[bytes]:
    """The content of all gzip members from here on, checked against their checksums as they end."""
    return cast(IO[bytes], igzip.IGzipFile(fileobj=raw))


def of_plain(raw: BinaryIO) -> Generator[bytes, None, None]:
    """The content as it is."""
    while piece := raw.read(PIECE):
        yield piece


def of_gzip(raw: BinaryIO, size: int) -> Generator[bytes, None, None]:
    """Content of a gzip file of ``size`` bytes, all members of it, each with its checksum."""
    with stream_of(raw) as stream:
        endless = iter(partial(partial, stream.read, PIECE), None)
        with closing(_in_turn(endless, beside=size >= _WORTH_A_THREAD)) as pieces:
            yield from takewhile(len, pieces)


def of_bgzf(raw: BinaryIO, begin: int, end: int, name: str) -> Generator[bytes, None, None]:
    """Content of the BGZF blocks from byte ``begin`` to ``end``, each with its checksum and length."""
    work = (partial(_unpack, run) for run in bgzf.runs(raw, begin, end, PIECE, name))
    return _in_turn(work, beside=end - begin >= _WORTH_A_THREAD)


def _unpack(run: bgzf.Run) -> bytes:
    with stream_of(io.BytesIO(run.packed)) as stream:
        content = stream.read(run.size + 1)
    if len(content) != run.size:
        raise EOFError("a block is not as long as it says")
    return content


def _in_turn(work: Iterator[Callable[[], bytes]], *, beside: bool) -> Generator[bytes, None, None]:
    """What each piece of work gives, in order; ``beside``: a thread does the next ones ahead."""
    if not beside:
        for one in work:
            yield one()
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        ahead: deque[Future[bytes]] = deque(pool.submit(one) for one in islice(work, _AHEAD))
        try:
            while ahead:
                yield ahead.popleft().result()
                ahead.extend(pool.submit(one) for one in islice(work, 1))
        finally:
            for left in ahead:
                left.cancel()
