"""Finding the raw VCF lines over the genes. How a line is read is not decided here.

Ways, in order: an index that proves to be the file's own; else every byte searched, which no disorder of the file can
mislead; BCF is decoded by cyvcf2 and its records counted. Where the user says that the file is sorted, bisection goes
first. No library judges completeness: pysam and cyvcf2 were both seen to lose records in silence.
"""

import re
from pathlib import Path

from mdm2screen import genes
from mdm2screen.readers import vcf_bcf, vcf_bisect, vcf_index
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_located import LAST, MDM2, PAST_THE_END, TP53, Located
from mdm2screen.readers.vcf_search import Search

# A header that declares one of these may hold a record of another chromosome that reaches into TP53.
_REARRANGEMENTS = re.compile(r"##(INFO=<ID=(SVTYPE|CHR2|MATEID)|ALT=<ID=(BND|TRA|CTX))\b")
_WAYS = {"bgzf": "every block unpacked and searched", "gzip": "every line searched", "plain": "every line searched"}


def locate(file: SourceFile, asked: tuple[genes.Locus, ...] = genes.GENES, *, assume_sorted: bool = False) -> Located:
    """The lines over the genes. Raises TruncatedFileError or MalformedFileError; never loses a line in silence.

    With ``assume_sorted`` a record that stands out of order may be lost, and the result says so (``order_assumed``).
    """
    further = tuple(gene for gene in asked if gene not in genes.GENES)
    if file.head()[:3] == b"BCF":
        found = Located(way="every record decoded (BCF)", further=further)
        search = Search(file, found, numbered=False)
        search.read(vcf_bcf.header_and_records(file))
        search.settle(ended=True)
        return found
    index, note = _fresh_index(file)
    if index is not None:
        try:
            return _by_index(file, index, further)
        except vcf_index.UnusableIndexError as exc:
            note = f"the index {index.name} was not used: {exc}"
    if assume_sorted:
        try:
            if further:
                raise vcf_bisect.UnboundedError("the protocol asks for a gene on another chromosome too")
            return vcf_bisect.locate(file)
        except vcf_bisect.UnboundedError as exc:
            note = f"--assume-sorted was not followed: {exc}"
    found = Located(way=_WAYS[file.packing], note=note, further=further)
    search = Search(file, found)
    search.read(file.pieces())
    search.settle(ended=file.ends_with_newline())
    return found


def _fresh_index(file: SourceFile) -> tuple[Path | None, str | None]:
    """The index beside a BGZF file, if it is not older than the file."""
    if file.packing != "bgzf":
        return None, None
    note = None
    for suffix in (".tbi", ".csi"):
        index = file.path.with_name(file.path.name + suffix)
        if index.is_file():
            if index.stat().st_mtime_ns >= file.path.stat().st_mtime_ns:
                return index, None
            note = f"the index {index.name} was not used: it is older than the file"
    return None, note


def _by_index(file: SourceFile, index: Path, further: tuple[genes.Locus, ...]) -> Located:
    """Every line of the two chromosomes. Raises UnusableIndexError where that proves too little.

    All of them, because an index does not know how far every symbolic record reaches.
    """
    stretches = vcf_index.stretches(index, file)
    found = Located(way=f"by index {index.name}", further=further)
    search = Search(file, found, numbered=False)
    search.read(file.header_lines())
    if any(_REARRANGEMENTS.match(line) for _, line in found.header):
        raise vcf_index.UnusableIndexError("the header declares rearrangements, which may reach TP53 from anywhere")
    vcf_index.check_beginnings(file, stretches)
    contigs = {MDM2, TP53} | found.further_contigs
    wanted = [one for one in stretches if genes.contig_name(one.contig) in contigs or one is stretches[-1]]
    for stretch in wanted:
        search.read(vcf_index.content(file, stretch))
    if search.names != {one.contig for one in wanted}:
        raise vcf_index.UnusableIndexError("it is of another file")
    search.settle(ended=True)
    found.total = None
    if any(found.follows_tp53(genes.contig_name(one.contig)) for one in stretches):
        found.furthest = PAST_THE_END
    if not found.small_variants or found.furthest <= LAST[TP53]:
        raise vcf_index.UnusableIndexError("the two chromosomes alone do not show that the list is whole")
    return found
