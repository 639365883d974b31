"""What a copy-number table says does not depend on how it is packed, ended, named or ordered."""

import gzip
from typing import Any

import pytest
from cn_files import MADE, TABLES, made, over, read_path, read_text
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.errors import BuildError, MalformedFileError, TruncatedFileError
from mdm2screen.readers.contract import Options, is_comment
from mdm2screen.records import Build, FileContent

ALL_TABLES = pytest.mark.parametrize("name", TABLES)


def said(content: FileContent) -> tuple[Any, ...]:
    """What the content says, without where in the file it stands."""
    segments = {s.model_copy(update={"source": None}).model_dump_json() for s in content.segments}
    records = content.file.records
    return segments, content.file.build, content.file.sample, records, content.purities, content.qc


def head_and_rows(text: str) -> tuple[list[str], list[str]]:
    """Header lines, the last of which names the columns, and rows."""
    lines = text.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if not is_comment(line)) + 1
    return lines[:first], lines[first:]


def rename_contigs(text: str, name: str) -> str:
    """The same table with chromosomes under other names."""
    head, rows = head_and_rows(text)
    columns = head[-1].removeprefix("#").lower().replace('"', "").split("\t")
    column = next(i for i, c in enumerate(columns) if c in ("chromosome", "chrom", "contig", "chr"))
    renamed = []
    for row in rows:
        fields = row.split("\t")
        at = column + (len(fields) - len(columns))
        fields[at] = name + fields[at].strip('"').removeprefix("chr")
        renamed.append("\t".join(fields))
    return "".join([*head, *renamed])


@ALL_TABLES
def test_the_format_is_as_expected(name: str) -> None:
    content = read_path(MADE / name)
    assert content.file.format == TABLES[name]
    assert content.copy_number
    assert content.needs_build
    assert content.file.records.used == len(content.segments)


@ALL_TABLES
def test_windows_line_ends(name: str) -> None:
    text = made(name).replace("\n", "\r\n")
    assert said(read_text(text, name=name)) == said(read_path(MADE / name))


@ALL_TABLES
def test_a_byte_order_mark(name: str) -> None:
    assert said(read_text("\ufeff" + made(name), name=name)) == said(read_path(MADE / name))


@ALL_TABLES
def test_trailing_tabs(name: str) -> None:
    head, rows = head_and_rows(made(name))
    for text in ([*head, *(r.replace("\n", "\t\n") for r in rows)], [*head[:-1], head[-1][:-1] + "\t\n", *rows]):
        assert said(read_text("".join(text), name=name)) == said(read_path(MADE / name))


@ALL_TABLES
def test_packed_by_gzip(name: str) -> None:
    assert said(read_text(made(name), name=name + ".gz")) == said(read_path(MADE / name))


@ALL_TABLES
def test_packed_under_a_plain_name(name: str) -> None:
    assert said(read_text(gzip.compress(made(name).encode()), name=name)) == said(read_path(MADE / name))


@ALL_TABLES
@pytest.mark.parametrize("prefix", ["", "chr", "Chr"])
def test_contigs_with_and_without_chr(name: str, prefix: str) -> None:
    assert said(read_text(rename_contigs(made(name), prefix), name=name)) == said(read_path(MADE / name))


@ALL_TABLES
def test_quotes_of_r(name: str) -> None:
    head, rows = head_and_rows(made(name).replace('"', ""))
    quoted = "\t".join(f'"{c}"' for c in head[-1].rstrip("\n").removeprefix("#").split("\t")) + "\n"
    assert said(read_text("".join([*head[:-1], quoted, *rows]), name=name)) == said(read_path(MADE / name))


@ALL_TABLES
@given(data=st.data())
def test_the_order_of_rows(name: str, data: st.DataObject) -> None:
    head, rows = head_and_rows(made(name))
    text = "".join([*head, *data.draw(st.permutations(rows))])
    assert said(read_text(text, name=name)) == said(read_path(MADE / name))


@ALL_TABLES
@given(data=st.data())
def test_the_order_of_columns(name: str, data: st.DataObject) -> None:
    head, rows = head_and_rows(made(name))
    table = [line.rstrip("\n").removeprefix("#").split("\t") for line in [head[-1], *rows]]
    if len(table[0]) != len(table[1]):  # R's row names stand first, without a column name
        table = [table[0], *(row[1:] for row in table[1:])]
    order = data.draw(st.permutations(range(len(table[0]))))
    if TABLES[name] == "cnvkit-genemetrics":  # known by its first column
        order = [0, *(i for i in order if i)]
    elif table[0][order[0]] == "gene":
        order = order[::-1]
    text = "".join(head[:-1]) + "".join("\t".join(row[i] for i in order) + "\n" for row in table)
    assert said(read_text(text, name=name)) == said(read_path(MADE / name))


@ALL_TABLES
def test_the_other_build_is_refused_or_answers_otherwise(name: str) -> None:
    try:
        content = read_path(MADE / name, Options(build=Build.GRCH38))
    except BuildError:
        return
    assert {s.value for s in over(content, "MDM2")}.isdisjoint({s.value for s in over(read_path(MADE / name), "MDM2")})


@ALL_TABLES
def test_a_line_cut_short_is_an_error(name: str) -> None:
    text = made(name)
    last = text.count("\n")
    with pytest.raises(MalformedFileError, match=f"{name} line {last}: has [0-9]+ fields where the header has"):
        read_text(text[: text.rindex("\t")] + "\n", name=name)


@ALL_TABLES
def test_a_packed_file_cut_short_is_an_error(name: str) -> None:
    packed = gzip.compress(made(name).encode())
    with pytest.raises(TruncatedFileError):
        read_text(packed[:-6], name=name)
