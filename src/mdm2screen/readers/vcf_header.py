"""What a VCF header says: version, build, samples, callers, how purity was treated."""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen import builds
from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.vcf_callers import Callers
from mdm2screen.records import BuildClaim

_FIXED = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_FIRST_SAMPLE = len(_FIXED) + 1  # after FORMAT


@dataclass(frozen=True)
class VcfHeader:
    """Header lines as (1-based line number, text); the last one is ``#CHROM``."""

    file: SourceFile
    lines: tuple[tuple[int, str], ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns. Raises MalformedFileError where the ``#CHROM`` line is absent or not tabbed."""
        number, line = self.lines[-1] if self.lines else (1, "")
        found = tuple(line.split("\t"))
        if found[:8] != _FIXED:
            spaces = tuple(line.split()[:8]) == _FIXED
            raise MalformedFileError(
                "the #CHROM line is separated by blanks, not tabs" if spaces else "the VCF has no #CHROM line",
                where=f"{self.file.name} line {number}",
                remedy="write the file again with the caller or bcftools",
            )
        return found

    @property
    def samples(self) -> tuple[str, ...]:
        """Names of the sample columns. Raises MalformedFileError where one stands twice."""
        names = self.columns[_FIRST_SAMPLE:]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise MalformedFileError(
                f"sample {', '.join(twice)} stands twice in the #CHROM line",
                where=self.file.name,
                remedy="rename the columns (bcftools reheader)",
            )
        return names

    def column_of(self, sample: str) -> int:
        """Index of a sample's column; a sample may be named as a fixed column is (``ALT``, ``REF``)."""
        return _FIRST_SAMPLE + self.samples.index(sample)

    @cached_property
    def meta(self) -> dict[str, str]:
        """Unstructured ``##key=value`` lines, the first of each key, keys in lower case."""
        found: dict[str, str] = {}
        for _, line in self.lines:
            key, equals, value = line.removeprefix("##").partition("=")
            if equals and not value.startswith("<"):
                found.setdefault(key.lower(), value.strip().strip('"'))
        return found

    @cached_property
    def structured(self) -> tuple[tuple[int, str, dict[str, str]], ...]:
        """``##KEY=<...>`` lines as (line number, key, attributes)."""
        found = []
        for number, line in self.lines:
            match = re.match(r"##(\w+)=<(.*)>", line)
            if match:
                pairs = re.findall(r'(\w+)=("[^"]*"|[^,]*)', match[2])
                found.append((number, match[1], {key: value.strip('"') for key, value in pairs}))
        return tuple(found)

    @cached_property
    def callers(self) -> Callers:
        """The programs that called the variants."""
        return Callers.of(text for _, text in self.lines)

    @property
    def allele_specific_copies(self) -> bool:
        """Whether INFO/CN counts the copies of one allele, as it does from VCF 4.4 on."""
        version = re.match(r"##fileformat=VCFv(\d+)\.(\d+)", self.lines[0][1])
        return version is not None and (int(version[1]), int(version[2])) >= (4, 4)

    def declares(self, kind: str, identifier: str) -> bool:
        """Whether ``##kind=<ID=identifier`` stands in the header."""
        return any(key == kind and fields.get("ID") == identifier for _, key, fields in self.structured)

    def is_integer(self, identifier: str) -> bool:
        """Whether a field of FORMAT or INFO is declared as a whole number."""
        declared = (fields for _, key, fields in self.structured if key in ("FORMAT", "INFO"))
        return any(f.get("ID") == identifier and f.get("Type") == "Integer" for f in declared)

    def build_claims(self) -> list[BuildClaim]:
        """What contig lines and ``##reference`` say of the genome build."""
        claims: list[BuildClaim] = []
        for number, key, fields in self.structured:
            if key == "contig":
                source = self.file.source(number)
                length = fields.get("length", "")
                claims += builds.claims_of_contig(
                    fields.get("ID", ""), int(length) if length.isdigit() else None, source
                )
                claims += builds.claims_of_text(fields.get("assembly", ""), source)
        for number, line in self.lines:
            if line.startswith("##reference="):
                claims += builds.claims_of_text(line, self.file.source(number))
        return claims
