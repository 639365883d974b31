"""Every byte of a VCF searched for lines over the genes; a line is split only where its beginning can matter.

Content comes in pieces. A piece in which every line begins with the same chromosome, none of the two, is done with
once its tabs are counted and no mark of a far place was found in it. All that is passed over is proven to lie
elsewhere, so that the order of the file does not matter.
"""

import io
import re
from collections.abc import Iterable, Iterator

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError, TruncatedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_located import LAST, MDM2, PAST_THE_END, TP53, Located
from mdm2screen.readers.vcf_record import VcfLine
from mdm2screen.records import Build

_CONTIGS = frozenset({MDM2, TP53})
WINDOWS = {
    gene.loci[Build.GRCH38].contig: [(locus.start, locus.end) for locus in gene.loci.values()] for gene in genes.GENES
}
"""First and last base of each gene on every build, by chromosome."""
_KNOWN = frozenset({*genes.CHROMOSOME_LENGTHS[Build.GRCH38], "MT"})
# Below this many columns a line cannot be a VCF record.
_MIN_COLUMNS = 8
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LITERAL = re.compile(rb"(?:.*,)?[ACGTN]+(?:,.*)?", re.IGNORECASE)
# Where CHR2 is not declared it is looked for beside symbolic alleles alone, which no caller writes it without.
_DECLARES_MATES = re.compile(r"##INFO=<(?:.*,)?ID=CHR2\b")
# Bytes of lines that are looked at together: they stay in the processor's own memory.
_PART = 1 << 16
# Where VCF dialects write copy number (see vcf_copy_number).
_COPY_KEYS = frozenset({"CN", "SM", "FC"})
_COPY_ALLELES = ("<DEL", "<DUP", "<CN", "<LOSS", "<GAIN", "<AMP", "<LOH")
_COPY_INFO = re.compile(r"(^|;)(CN|FOLD_CHANGE_LOG|RAW_CN)=")


class Search:
    """Fills a ``Located`` from the content of a file."""

    def __init__(self, file: SourceFile, found: Located, *, numbered: bool = True) -> None:
        """``numbered``: the records come from the first one on, so that their line numbers are known."""
        self._file = file
        self._found = found
        self._numbered = numbered
        self._number = 0
        self._records = 0
        self._tabs = 0
        self._contig = ""
        self._start = b""  # chromosome of the last record, as written, with its tab
        self._known = False
        self._last = b""
        self._mates_declared = False
        self.names: set[str] = set()

    def read(self, pieces: Iterable[bytes]) -> None:
        """Search all pieces. Raises MalformedFileError."""
        for text, begin, end in whole_lines(pieces):
            self._read(text, begin, end)

    def settle(self, *, ended: bool) -> None:
        """Judge the list as a whole, once all is read. Raises MalformedFileError or TruncatedFileError."""
        found = self._found
        found.total = self._records
        found.ended = ended
        if not ended and found.lines and found.lines[-1][1] == _text(self._last):
            _check_last(self._file, *found.lines[-1])
        if self._records and not self._known:
            raise MalformedFileError(
                "no record lies on a chromosome under a name that is known here",
                where=self._file.name,
                remedy="rename the chromosomes to chr1 ... chrY (bcftools annotate --rename-chrs)",
            )

    def _read(self, text: bytes, begin: int, end: int) -> None:
        if not self._number and not begin and text.startswith(_BYTE_ORDER_MARK):
            begin = len(_BYTE_ORDER_MARK)
        stream = io.BytesIO(text)
        stream.seek(begin)
        while begin < end:
            lines = stream.readlines(min(_PART, end - begin))
            behind = stream.tell()
            if not self._passed_over(lines, text, begin, behind):
                self._read_around_a_change(lines, text, begin, behind)
            begin = behind

    def _read_around_a_change(self, lines: list[bytes], text: bytes, begin: int, end: int) -> None:
        """Lines that are not of one chromosome: those before the first of another, that one, and those behind it."""
        start = self._start
        of_another = (number for number, line in enumerate(lines) if not start or not line.startswith(start))
        change = next(of_another, len(lines))
        at = begin + sum(map(len, lines[:change]))
        self._read_together_or_each(lines[:change], text, begin, at if change < len(lines) else end)
        for line in lines[change : change + 1]:
            self._read_line(line)
            self._read_together_or_each(lines[change + 1 :], text, at + len(line), end)

    def _read_together_or_each(self, lines: list[bytes], text: bytes, begin: int, end: int) -> None:
        if lines and not self._passed_over(lines, text, begin, end):
            for line in lines:
                self._read_line(line)

    def _passed_over(self, lines: list[bytes], text: bytes, begin: int, end: int) -> bool:
        """Take lines together, ``text[begin:end]``, where no other place than their own is spoken of; else false.

        All lie on the chromosome of the last record, and have their tabs. On the two chromosomes each is asked where it
        lies.
        """
        start, count = self._start, len(lines)
        further = self._contig in self._found.further_contigs
        if not start or further or not self._found.small_variants or not lines[-1].startswith(start):
            return False
        # where the first and the last in the order of bytes begin so, all between them do
        if not min(lines).startswith(start) or not max(lines).startswith(start):
            return False
        if text.count(b"\t", begin, end) != count * self._tabs or not lines[-1].endswith(b"\n"):
            return False
        symbolic = text.find(b"<", begin, end) >= 0
        if text.find(b"[", begin, end) >= 0 or text.find(b"]", begin, end) >= 0:
            return False
        if (symbolic or self._mates_declared) and text.find(b"CHR2=", begin, end) >= 0:
            return False
        if self._contig in _CONTIGS:
            if symbolic or text.find(b"END=", begin, end) >= 0 or text.find(b"LEN", begin, end) >= 0:
                return False
            self._read_spelled(lines)
            return True
        self._count(count)
        return True

    def _count(self, passed: int) -> None:
        self._number += passed
        self._records += passed

    def _read_spelled(self, lines: list[bytes]) -> None:
        """Lines of one of the two chromosomes, none of which says that it reaches further than its REF."""
        windows, furthest, passed = WINDOWS[self._contig], 0, 0
        lowest, highest = min(windows)[0], LAST[self._contig]
        for line in lines:
            _, place, _, ref, alt, _ = line.split(b"\t", 5)
            pos = int(place) if place.isdigit() else 0
            behind = pos + (len(ref) or 1)
            far = pos > highest or behind <= lowest or all(pos > end or behind <= begin for begin, end in windows)
            if far and pos and alt != b".":
                passed += 1
                furthest = pos if pos > furthest else furthest
                continue
            self._count(passed)
            passed = 0
            self._read_line(line)
        self._count(passed)
        if self._contig == TP53:
            self._found.furthest = max(self._found.furthest, furthest)

    def _read_line(self, line: bytes) -> None:
        self._number += 1
        self._last = line
        begun = bool(self._start) and line.startswith(self._start)
        if not begun and line.startswith(b"#"):
            self._add_header(line)
            return
        if not begun and not _text(line).strip():
            return
        self._check_columns(line)
        if not begun:
            self._begin_contig(line)
        self._records += 1
        if not self._found.small_variants:
            self._found.small_variants = self._is_literal(line)
        mark = b"[" in line or b"]" in line or ((self._mates_declared or b"<" in line) and b"CHR2=" in line)
        wanted = (mark or self._contig in _CONTIGS) and self._touches(line, mark=mark)
        if wanted or (self._contig in self._found.further_contigs and self._is_of_further(line)):
            self._found.lines.append((self._number if self._numbered else None, _text(line)))

    def _begin_contig(self, line: bytes) -> None:
        found = self._found
        name = line.partition(b"\t")[0]
        text = name.decode("utf-8", errors="replace")
        self._start, self._contig = name + b"\t", genes.contig_name(text)
        self._known = self._known or self._contig in _KNOWN
        self.names.add(text)
        found.contigs.add(self._contig)
        if found.follows_tp53(self._contig):
            found.furthest = PAST_THE_END

    def _is_literal(self, line: bytes) -> bool:
        alt = line.split(b"\t", 5)[4]
        return _LITERAL.fullmatch(alt) is not None and self._line(line).is_literal

    def _touches(self, line: bytes, *, mark: bool) -> bool:
        """Whether a record speaks of a base of either gene on any build. Raises MalformedFileError."""
        contig, found = self._contig, self._found
        record = self._line(line)
        if contig == TP53:
            found.furthest = max(found.furthest, record.pos)
        if contig == MDM2 and _has_copies(record):
            return True
        if contig in _CONTIGS and record.pos <= LAST[contig]:
            return any(genes.in_windows(*place) for place in record.places)
        return mark and any(genes.in_windows(*place) for place in record.mates)

    def _is_of_further(self, line: bytes) -> bool:
        """Whether a record speaks of the copies of a further gene; a spelled allele does not."""
        if not line.split(b"\t", 5)[4].startswith((b".", b"<")):
            return False
        record = self._line(line)
        speaks = record.fields[4].startswith(_COPY_ALLELES) or _has_copies(record)
        return speaks and any(genes.in_windows(*place, self._found.further) for place in record.places)

    def _line(self, line: bytes) -> VcfLine:
        return VcfLine(self._file, self._number if self._numbered else None, tuple(_text(line).split("\t")), None)

    def _add_header(self, line: bytes) -> None:
        if self._records:
            raise MalformedFileError(
                "a header line stands after the first record: files were joined end to end",
                where=self._where(line),
                remedy="join VCFs with 'bcftools concat', or pass each on its own",
            )
        text = _text(line)
        self._found.header.append((self._number, text))
        self._mates_declared = self._mates_declared or _DECLARES_MATES.match(text) is not None
        self._tabs = self._found.columns - 1

    def _check_columns(self, line: bytes) -> None:
        tabs = line.count(b"\t")
        if tabs != self._tabs or tabs + 1 < _MIN_COLUMNS:
            raise MalformedFileError(
                f"has {tabs + 1} columns where the #CHROM line has {self._found.columns}",
                where=self._where(line),
                remedy="the line may be cut or edited by hand; make or copy the file again",
            )

    def _where(self, line: bytes) -> str:
        if self._numbered:
            return f"{self._file.name} line {self._number}"
        return f"{self._file.name} ({':'.join(_text(line).split()[:2])})"


def whole_lines(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, int, int]]:
    """The same content as stretches of whole lines (text, begin, end); what follows the last line end comes alone.

    A line that lies in several pieces is a stretch of its own, so that nothing else is copied.
    """
    held: list[bytes] = []
    for piece in pieces:
        begin, end = 0, piece.rfind(b"\n") + 1
        if end and held:
            begin = piece.index(b"\n") + 1
            line = b"".join((*held, piece[:begin]))
            held = []
            yield line, 0, len(line)
        if begin < end:
            yield piece, begin, end
        if end < len(piece):
            held.append(piece[end:])
    if held:
        line = b"".join(held)
        yield line, 0, len(line)


def _text(line: bytes) -> str:
    return line.rstrip(b"\r\n").decode("utf-8", errors="replace")


def _has_copies(record: VcfLine) -> bool:
    """Whether a record may hold a copy number: the whole of MDM2's chromosome is context to MDM2."""
    alt, info, keys = record.fields[4], record.fields[7], "".join(record.fields[8:9]).split(":")
    symbolic = alt == "." or alt.startswith("<")
    return symbolic and (not _COPY_KEYS.isdisjoint(keys) or _COPY_INFO.search(info) is not None)


def _check_last(file: SourceFile, number: int | None, line: str) -> None:
    """Raise TruncatedFileError where a last line over a gene, without line end, lacks fields of its last column.

    Cut within that column a line keeps all its columns: a genotype 0/1 may read 0, and 14 copies 1.
    """
    columns = line.split("\t")
    if len(columns) == _MIN_COLUMNS:
        return
    keys, sample = columns[_MIN_COLUMNS].split(":"), columns[-1].split(":")
    if len(sample) < len(keys) or (keys == ["GT"] and sample[0].isalnum()) or columns[4].startswith("<"):
        raise TruncatedFileError(
            "the last line has no line end and lacks fields, or may lack the end of its last number: the file is cut",
            where=f"{file.name} line {number}",
            remedy="copy the file again from where it was made; if it is whole, end its last line",
        )
