"""BCF as VCF text, decoded by cyvcf2 and counted against the file's own records.

cyvcf2 and pysam end their iteration at a record that does not decode, as if the file ended there.
"""

import struct
from collections.abc import Iterator
from contextlib import closing

from mdm2screen.errors import TruncatedFileError
from mdm2screen.readers.source_file import SourceFile


def header_and_records(file: SourceFile) -> Iterator[bytes]:
    """Lines of VCF text, each with its line end. Raises TruncatedFileError where cyvcf2 gives fewer than there are."""
    import cyvcf2

    file.check_complete()
    there = _count_records(file)
    given = 0
    try:
        with closing(cyvcf2.VCF(str(file.path))) as reader:
            yield f"{reader.raw_header.rstrip(chr(10) + chr(0))}\n".encode()
            for variant in reader:
                yield f"{variant}".rstrip("\n").encode() + b"\n"
                given += 1
    except Exception as exc:  # cyvcf2 raises a bare Exception for some
        raise _undecodable(file, given, there) from exc
    if given != there:
        raise _undecodable(file, given, there)


def _undecodable(file: SourceFile, given: int, there: int) -> TruncatedFileError:
    return TruncatedFileError(
        f"only {given} of {there} records could be decoded",
        where=file.name,
        remedy="convert it with 'bcftools view -Ov' and pass the VCF; bcftools will name the faulty record",
    )


def _count_records(file: SourceFile) -> int:
    """Records by walking their lengths (BCF2, VCF specification section 6.3)."""
    with file.unpacked() as stream:
        start = stream.read(9)
        if len(start) < 9 or len(stream.read(size := struct.unpack_from("<I", start, 5)[0])) < size:
            raise _cut_bcf(file)
        count = 0
        while lengths := stream.read(8):
            if len(lengths) < 8:
                raise _cut_bcf(file)
            size = sum(struct.unpack("<II", lengths))
            if len(stream.read(size)) < size:
                raise _cut_bcf(file)
            count += 1
    return count


def _cut_bcf(file: SourceFile) -> TruncatedFileError:
    return TruncatedFileError(
        "the last record is incomplete", where=file.name, remedy="copy the file again from where it was made"
    )
