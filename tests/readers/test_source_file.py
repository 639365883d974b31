"""How a file is packed, whether it is whole, and what its first bytes and its lines are."""

import gzip
import hashlib
import os
import random
import socket
from pathlib import Path

import pytest

import vcf_builder as vb
from mdm2screen.errors import FileAccessError, MalformedFileError, TruncatedFileError
from mdm2screen.readers import source_file
from mdm2screen.readers.source_file import SourceFile

TEXT = "".join(f"line {number} of the file\n" for number in range(1, 2001)).encode()


def written(path: Path, content: bytes) -> SourceFile:
    path.write_bytes(content)
    return SourceFile(path)


def lines(file: SourceFile) -> list[bytes]:
    return [line for _, line in file.lines()]


def packed_three_ways(tmp_path: Path, content: bytes) -> dict[str, SourceFile]:
    return {
        "plain": written(tmp_path / "plain", content),
        "gzip": SourceFile(vb.gzipped(tmp_path / "gzip", content)),
        "bgzf": SourceFile(vb.bgzf(tmp_path / "bgzf", content)),
    }


def test_packing_is_told_by_the_first_bytes_and_not_by_the_name(tmp_path: Path) -> None:
    for packing, file in packed_three_ways(tmp_path, TEXT).items():
        assert file.packing == packing
        file.path.rename(tmp_path / "misnamed.txt.gz")
        assert SourceFile(tmp_path / "misnamed.txt.gz").packing == packing


def test_an_extra_field_that_is_not_bgzf_is_plain_gzip(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT, mtime=0)
    with_extra = whole[:3] + bytes([whole[3] | 4]) + whole[4:10] + b"\x06\x00XY\x02\x00ab" + whole[10:]
    file = written(tmp_path / "extra.gz", with_extra)
    assert file.packing == "gzip"
    assert lines(file) == TEXT.splitlines()


def test_every_packing_gives_the_same_lines_and_head(tmp_path: Path) -> None:
    for file in packed_three_ways(tmp_path, TEXT).values():
        assert list(file.text_lines()) == list(enumerate(TEXT.decode().splitlines(), start=1))
        assert file.head() == TEXT


@pytest.mark.parametrize("block", [1, 7, 300])
def test_lines_that_go_over_block_borders_are_whole(tmp_path: Path, block: int) -> None:
    content = TEXT[:3000]
    assert lines(SourceFile(vb.bgzf(tmp_path / "small.gz", content, block=block))) == content.splitlines()


def test_the_head_is_one_mebibyte_however_the_file_is_packed(tmp_path: Path) -> None:
    content = random.Random(17).randbytes(3 << 20).hex().encode()
    for packing, file in packed_three_ways(tmp_path, content).items():
        assert file.head() == content[: 1 << 20], packing


def test_a_head_that_unpacks_to_a_thousand_times_its_size_is_cut_off(tmp_path: Path) -> None:
    file = SourceFile(vb.gzipped(tmp_path / "zeros.gz", b"0" * (64 << 20)))
    assert file.head() == b"0" * (1 << 20)


def test_all_members_of_a_gzip_file_are_read(tmp_path: Path) -> None:
    cut = TEXT.index(b"line 900")
    file = written(tmp_path / "two.gz", gzip.compress(TEXT[:cut]) + gzip.compress(b"") + gzip.compress(TEXT[cut:]))
    assert lines(file) == TEXT.splitlines()
    assert file.head() == TEXT


def test_bgzf_files_joined_end_to_end_are_read_whole(tmp_path: Path) -> None:
    one = vb.bgzf(tmp_path / "one.gz", TEXT).read_bytes()
    file = written(tmp_path / "both.gz", one + one)
    assert lines(file) == TEXT.splitlines() * 2


def test_a_byte_order_mark_is_removed_from_the_first_line_only(tmp_path: Path) -> None:
    for file in packed_three_ways(tmp_path, b"\xef\xbb\xbffirst\n\xef\xbb\xbfsecond\n").values():
        assert lines(file) == [b"first", b"\xef\xbb\xbfsecond"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_of_windows_and_unix(tmp_path: Path, end: bytes) -> None:
    assert lines(written(tmp_path / "ends", b"a\tb" + end + b"" + end + b"c" + end)) == [b"a\tb", b"", b"c"]


def test_carriage_returns_alone_are_one_line_that_no_reader_can_mistake_for_many(tmp_path: Path) -> None:
    assert lines(written(tmp_path / "mac", b"a\rb\rc\r")) == [b"a\rb\rc"]


def test_bytes_that_are_no_utf8_do_not_stop_the_reading(tmp_path: Path) -> None:
    file = written(tmp_path / "latin", "Müller\nTP53\n".encode("latin-1"))
    assert [text for _, text in file.text_lines()] == ["M�ller", "TP53"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_refused_where_it_says_so(tmp_path: Path, encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    for file in packed_three_ways(tmp_path, (mark + "##fileformat=VCFv4.2\n").encode(encoding)).values():
        with pytest.raises(MalformedFileError, match="UTF-16"):
            file.head()


@pytest.mark.parametrize("garbage", [b"#", b"\x1f\x8b", b"some text after the stream\n" * 40])
def test_what_stands_after_a_packed_stream_is_an_error(tmp_path: Path, garbage: bytes) -> None:
    for name in ("gzip", "bgzf"):
        file = packed_three_ways(tmp_path, TEXT)[name]
        file = written(tmp_path / "longer", file.path.read_bytes() + garbage)
        with pytest.raises(TruncatedFileError):
            lines(file)


def test_every_cut_of_a_gzip_file_is_an_error(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT[:600], mtime=0)
    for size in range(18, len(whole)):
        with pytest.raises(TruncatedFileError, match="cut or damaged"):
            lines(written(tmp_path / "cut.gz", whole[:size]))


def test_every_cut_of_a_bgzf_file_is_an_error(tmp_path: Path) -> None:
    whole = vb.bgzf(tmp_path / "whole.gz", TEXT[:2000], block=500).read_bytes()
    for size in range(18, len(whole)):
        file = written(tmp_path / "cut.gz", whole[:size])
        with pytest.raises(TruncatedFileError, match="the BGZF file is cut"):
            file.check_complete()
        with pytest.raises(TruncatedFileError):
            lines(file)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_damaged_byte_in_a_block_is_an_error(tmp_path: Path, place: str) -> None:
    whole = bytearray(vb.bgzf(tmp_path / "whole.gz", TEXT).read_bytes())
    at = {"first": 40, "middle": len(whole) // 2, "last": len(whole) - 60}[place]
    whole[at] ^= 0x55
    with pytest.raises(TruncatedFileError):
        lines(written(tmp_path / "damaged.gz", bytes(whole)))


def test_a_file_of_the_end_block_alone_is_whole_and_holds_nothing(tmp_path: Path) -> None:
    file = written(tmp_path / "end.gz", vb.BGZF_END)
    file.check_complete()
    assert (file.packing, lines(file), file.head()) == ("bgzf", [], b"")
    assert file.blocks.size == 0


def test_blocks_say_where_each_begins_in_the_content(tmp_path: Path) -> None:
    file = SourceFile(vb.bgzf(tmp_path / "blocks.gz", TEXT, block=1000))
    assert list(file.blocks.starts.values()) == [*range(0, len(TEXT), 1000), len(TEXT)]
    assert file.blocks.size == len(TEXT)
    for start, unpacked in file.blocks.starts.items():
        with file.unpacked(start) as stream:
            assert stream.read(100) == TEXT[unpacked : unpacked + 100]


def test_the_end_of_the_last_line_is_known_once_it_was_read(tmp_path: Path) -> None:
    for content, ended in ((TEXT, True), (TEXT[:-1], False), (b"only\r", True)):
        for file in packed_three_ways(tmp_path, content).values():
            list(file.lines())
            assert file.ends_with_newline() is ended


def test_the_digest_is_that_of_the_bytes_on_disk(tmp_path: Path) -> None:
    for file in packed_three_ways(tmp_path, TEXT).values():
        content = file.path.read_bytes()
        assert file.sha256 == hashlib.sha256(content).hexdigest()
        assert file.bytes == len(content)


def test_the_digest_of_a_large_file_is_taken_beside_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_file, "_LARGE", 1000)
    file = written(tmp_path / "large", TEXT)
    file.digest_beside()
    file.digest_beside()
    assert file.sha256 == hashlib.sha256(TEXT).hexdigest()


def test_a_file_that_goes_away_under_the_digest_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_file, "_LARGE", 1000)
    file = written(tmp_path / "gone", TEXT)
    file.path.unlink()
    file.digest_beside()
    with pytest.raises(FileNotFoundError):
        _ = file.sha256


@pytest.mark.parametrize(
    ("start", "words"), [(b"%PDF-1.7 and so on", "PDF"), (b"PK\x03\x04 and so on", "zip archive or spreadsheet")]
)
def test_containers_are_refused_by_what_they_are(tmp_path: Path, start: bytes, words: str) -> None:
    with pytest.raises(FileAccessError, match=words):
        written(tmp_path / "report.vcf", start)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="the file is empty"):
        written(tmp_path / "empty.vcf", b"")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"Surname;Given name\n", "text of no known form"),
        (b"Sur\x00name", "binary data"),
        (b"BAI\x01\x02", "the index of a BAM"),
        (b"\x89PNG\r\n", "a PNG image"),
    ],
)
def test_content_is_named_by_its_kind_and_never_shown(tmp_path: Path, start: bytes, kind: str) -> None:
    kinds = {packing: file.kind() for packing, file in packed_three_ways(tmp_path, start * 9).items()}
    assert kinds == {"plain": kind, "gzip": f"{kind}, packed as gzip", "bgzf": f"{kind}, packed as bgzf"}


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "calls.vcf")
    with pytest.raises(FileAccessError, match="is no regular file") as caught:
        SourceFile(tmp_path / "calls.vcf")
    assert caught.value.exit_code == 3


def test_a_device_and_a_socket_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        for path in (Path("s"), Path(os.devnull)):
            with pytest.raises(FileAccessError, match="is no regular file"):
                SourceFile(path)


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(written(tmp_path / "a.vcf", TEXT).path)
    assert SourceFile(tmp_path / "link").head() == TEXT


def test_a_place_in_the_file_is_named_by_its_name_alone(tmp_path: Path) -> None:
    file = written(tmp_path / "a.vcf", TEXT)
    assert str(file.source(3, "17:5 A>C")) == "a.vcf line 3 (17:5 A>C)"


def test_bytes_that_are_no_text_are_not_called_text(tmp_path: Path) -> None:
    path = tmp_path / "junk"
    for content, kind in (
        (b"\x02\x8f\xe1\x17", "binary data"),
        ("Käse\tx\r\n".encode("latin-1"), "text of no known form"),
    ):
        path.write_bytes(content)
        assert SourceFile(path).kind() == kind
