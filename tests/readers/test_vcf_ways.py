"""Every way to find the lines over the genes against a plain reading of the text, on made files of every disorder.

A way returns the same lines, byte for byte, or says why it cannot. The truth is judged without the package. Pieces and
parts are made as small as the files, so that borders fall within lines and within the genes.
"""

from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vcf_builder as vb
from made_vcfs import SPELLINGS, data_lines, files, folder, indexed, position, records, truth
from mdm2screen.errors import InputError, MalformedFileError, TruncatedFileError
from mdm2screen.readers import bgzf, unpacking, vcf_bisect, vcf_search
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_locate import locate
from mdm2screen.readers.vcf_located import Located

TINY = st.sampled_from([1, 60, 150, 400, 2000])
BLOCK = st.sampled_from([17, 60, 250, 3000])
Way = Callable[[Path, bytes, int], Path]


def plain(path: Path, content: bytes, _block: int) -> Path:
    path.write_bytes(content)
    return path


def with_index(path: Path, content: bytes, block: int) -> Path:
    vb.bgzf(path, content, block=block)
    if data_lines(content.decode()):
        try:
            indexed(path)
        except OSError:  # it indexes no file that is not sorted
            path.with_name(path.name + ".tbi").unlink(missing_ok=True)
    return path


PACKED: dict[str, Way] = {
    "plain": plain,
    "gzip": lambda path, content, _block: vb.gzipped(path, content),
    "bgzf": lambda path, content, block: vb.bgzf(path, content, block=block),
    "indexed": with_index,
}


class Small:
    """Sets the sizes within a ``with``."""

    def __init__(self, part: int, piece: int, threads: int) -> None:
        self._patches = [
            mock.patch.object(vcf_search, "_PART", part),
            mock.patch.object(unpacking, "PIECE", piece),
            mock.patch.object(unpacking, "_WORTH_A_THREAD", 0 if threads else 1 << 40),
            mock.patch.object(vcf_bisect, "_STEP", piece),
            mock.patch.object(vcf_bisect, "_CLOSE_ENOUGH", part),
            mock.patch.object(bgzf, "_READ", max(piece, 30)),
        ]

    def __enter__(self) -> None:
        for patch in self._patches:
            patch.start()

    def __exit__(self, *_: object) -> None:
        for patch in self._patches:
            patch.stop()


def lines_of(located: Located) -> list[str]:
    return [line for _, line in located.lines]


def all_ways(text: str, block: int) -> dict[str, Located]:
    """What each way finds; of the one with an index the numbers of lines are not known."""
    with folder() as name:
        return {
            way: locate(SourceFile(write(Path(name) / f"{way}.vcf", text.encode(), block)))
            for way, write in PACKED.items()
        }


def check(text: str, block: int) -> None:
    expected = truth(text)
    numbered = [(n, line) for n, line in enumerate(text.splitlines(), start=1)]
    for way, located in all_ways(text, block).items():
        assert lines_of(located) == expected, way
        if "index" not in located.way:
            assert all(one in numbered for one in located.lines), way
            assert located.total == len(data_lines(text)), way


@st.composite
def filled(draw: st.DrawFn, *, rearranged: bool | None = None) -> str:
    """A file with long runs of small variants, so that whole parts lie on one chromosome."""
    lines: list[str] = []
    for line in draw(files(rearranged=rearranged)).splitlines(keepends=True):
        lines.append(line)
        if line[0] != "#" and draw(st.booleans()):
            contig, pos = line.split("\t")[:2]
            lines += [f"{vb.record(contig, int(pos) + n, 'A', 'G')}\n" for n in range(draw(st.integers(1, 12)))]
    return "".join(lines)


@settings(deadline=None, max_examples=300)
@given(text=filled(), block=BLOCK, part=TINY, piece=TINY, threads=st.integers(0, 1))
def test_every_way_finds_the_lines_of_a_plain_reading(
    text: str, block: int, part: int, piece: int, threads: int
) -> None:
    with Small(part, piece, threads):
        check(text, block)


@settings(deadline=None, max_examples=300)
@given(text=filled(), added=records("17", SPELLINGS["chr"], rearranged=False), data=st.data())
def test_a_displaced_record_is_found_wherever_it_stands(text: str, added: str, data: st.DataObject) -> None:
    """Also within a run of another chromosome, whose first and last line say nothing of it."""
    lines = text.splitlines(keepends=True)
    first = len(lines) - len(data_lines(text))
    place = data.draw(st.integers(first, len(lines)))
    text = "".join([*lines[:place], added + "\n", *lines[place:]])
    with Small(data.draw(TINY), data.draw(TINY), data.draw(st.integers(0, 1))):
        check(text, data.draw(BLOCK))


@settings(deadline=None, max_examples=150)
@given(text=files(sort=False), block=BLOCK, part=TINY, piece=TINY)
def test_no_order_at_all_hides_nothing(text: str, block: int, part: int, piece: int) -> None:
    with Small(part, piece, 0):
        check(text, block)


@settings(deadline=None, max_examples=150)
@given(text=filled(), block=BLOCK, part=TINY, piece=TINY)
def test_chromosome_17_at_the_end_is_found(text: str, block: int, part: int, piece: int) -> None:
    lines = text.splitlines(keepends=True)
    last = [line for line in lines if line.startswith(("17\t", "chr17\t", "NC_000017"))]
    text = "".join([*(line for line in lines if line not in last), *last])
    with Small(part, piece, 0):
        check(text, block)


@settings(deadline=None, max_examples=150)
@given(text=filled(), block=BLOCK, data=st.data())
def test_a_lost_line_end_is_never_passed_over(text: str, block: int, data: st.DataObject) -> None:
    """Two lines in one: the second record, perhaps of TP53, would be taken for columns of the first."""
    count, lines = len(data_lines(text)), text.splitlines(keepends=True)
    if count < 2:
        return
    place = data.draw(st.integers(len(lines) - count, len(lines) - 2))
    lines[place] = lines[place].rstrip("\n")
    joined = "".join(lines)
    with Small(data.draw(TINY), data.draw(TINY), 0), folder() as name:
        for way in ("plain", "gzip", "bgzf"):
            path = PACKED[way](Path(name) / f"{way}.vcf", joined.encode(), block)
            with pytest.raises(MalformedFileError, match="columns where the #CHROM line has 10"):
                locate(SourceFile(path))


@settings(deadline=None, max_examples=100)
@given(text=filled(), block=BLOCK, indexing=st.booleans(), data=st.data())
def test_a_cut_at_any_block_border_and_a_lost_end_block_are_refused(
    text: str, block: int, indexing: bool, data: st.DataObject
) -> None:
    with folder() as name:
        path = PACKED["indexed" if indexing else "bgzf"](Path(name) / "made.vcf.gz", text.encode(), block)
        whole, borders = path.read_bytes(), list(SourceFile(path).blocks.starts)[1:]
        for border in borders if len(borders) < 12 else data.draw(st.sets(st.sampled_from(borders), max_size=12)):
            path.write_bytes(whole[:border])
            for assume in (False, True):
                with pytest.raises(TruncatedFileError, match="the end block is missing"):
                    locate(SourceFile(path), assume_sorted=assume)


@settings(deadline=None, max_examples=100)
@given(text=filled(), block=BLOCK, threads=st.integers(0, 1), data=st.data())
def test_a_damaged_byte_is_refused_or_harmless(text: str, block: int, threads: int, data: st.DataObject) -> None:
    """Bytes of a header that no reader needs (time, system) may change."""
    with folder() as name, Small(data.draw(TINY), data.draw(TINY), threads):
        path = vb.bgzf(Path(name) / "made.vcf.gz", text.encode(), block=block)
        whole = bytearray(path.read_bytes())
        whole[data.draw(st.integers(18, len(whole) - 29))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(whole)
        try:
            found = lines_of(locate(SourceFile(path)))
        except InputError:
            return
        assert found == truth(text)


@settings(deadline=None, max_examples=100)
@given(before=filled(rearranged=False), after=filled(rearranged=False), block=BLOCK)
def test_an_index_of_the_file_that_stood_there_before_hides_nothing(before: str, after: str, block: int) -> None:
    with folder() as name:
        path = with_index(Path(name) / "made.vcf.gz", before.encode(), block)
        index = path.with_name("made.vcf.gz.tbi")
        vb.bgzf(path, after.encode(), block=block)
        if index.exists():
            index.touch()
        assert lines_of(locate(SourceFile(path))) == truth(after)


# --assume-sorted


def in_declared_order(text: str) -> str:
    """The same file, sorted as its header declares the chromosomes."""
    order = [line.split("=")[2].rstrip(">\n") for line in text.splitlines() if line.startswith("##contig")]
    lines = [line for line in text.splitlines(keepends=True) if line[0] == "#"]
    records_ = sorted(data_lines(text), key=lambda line: (order.index(line.split("\t")[0]), position(line)))
    return "".join([*lines, *(f"{line}\n" for line in records_)])


@settings(deadline=None, max_examples=200)
@given(text=filled(), block=BLOCK, part=TINY, piece=TINY, way=st.sampled_from(["plain", "gzip", "bgzf"]))
def test_bisection_finds_every_line_of_a_sorted_file(text: str, block: int, part: int, piece: int, way: str) -> None:
    text = in_declared_order(text)
    with Small(part, piece, 0), folder() as name:
        path = PACKED[way](Path(name) / "made.vcf", text.encode(), block)
        located = locate(SourceFile(path), assume_sorted=True)
    assert lines_of(located) == truth(text)
    rearranged = "##INFO=<ID=SVTYPE" in text
    assert located.order_assumed == (way != "gzip" and not rearranged)
    assert (located.note is None) == located.order_assumed


@settings(deadline=None, max_examples=200)
@given(text=files(sort=False), block=BLOCK, part=TINY, way=st.sampled_from(["plain", "bgzf"]))
def test_what_bisection_misses_in_disorder_is_never_called_whole(text: str, block: int, part: int, way: str) -> None:
    with Small(part, part, 0), folder() as name:
        located = locate(SourceFile(PACKED[way](Path(name) / "made.vcf", text.encode(), block)), assume_sorted=True)
    assert located.order_assumed or lines_of(located) == truth(text)
    assert set(lines_of(located)) <= set(truth(text))
