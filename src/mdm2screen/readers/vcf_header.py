"""What a VCF header says: version, build, samples, which column is the tumor, how purity was treated."""

import re
from dataclasses import dataclass
from functools import cached_property

from mdm2screen import genes
from mdm2screen.errors import MalformedFileError, SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import BuildClaim

_FIXED = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_FIRST_SAMPLE = len(_FIXED) + 1  # after FORMAT
_TUMOR_WORDS = frozenset({"tumor", "tumour", "cancer", "metastasis"})
_NORMAL_WORDS = frozenset({"normal", "germline", "blood", "control", "nontumor", "nontumour"})
# Beside a tumor word they make a normal: "non-tumor", "tumor_adjacent".
_NEGATIONS = frozenset({"non", "adjacent", *_NORMAL_WORDS})


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

    @property
    def allele_specific_copies(self) -> bool:
        """Whether INFO/CN counts the copies of one allele, as it does from VCF 4.4 on."""
        version = re.match(r"##fileformat=VCFv(\d+)\.(\d+)", self.lines[0][1])
        return version is not None and (int(version[1]), int(version[2])) >= (4, 4)

    def declares(self, kind: str, identifier: str) -> bool:
        """Whether ``##kind=<ID=identifier`` stands in the header."""
        return any(key == kind and fields.get("ID") == identifier for _, key, fields in self.structured)

    def build_claims(self) -> list[BuildClaim]:
        """What contig lines and ``##reference`` say of the genome build."""
        claims: list[BuildClaim] = []
        for number, key, fields in self.structured:
            if key == "contig":
                source = self.file.source(number)
                length = fields.get("length", "")
                claims += genes.claims_of_contig(
                    fields.get("ID", ""), int(length) if length.isdigit() else None, source
                )
                claims += genes.claims_of_text(fields.get("assembly", ""), source)
        for number, line in self.lines:
            if line.startswith("##reference="):
                claims += genes.claims_of_text(line, self.file.source(number))
        return claims

    def tumor_sample(self, options: Options) -> str | None:
        """Name of the tumor column; ``None`` where the file has no sample column. Raises SampleError."""
        names = self.samples
        wanted = options.tumor_sample
        if wanted is not None and names and wanted not in names:
            raise SampleError(
                f"has no sample {wanted}; it has: {', '.join(names)}",
                where=self.file.name,
                remedy="pass one of them as --tumor-sample",
            )
        if wanted is not None or not names:
            return wanted if names else None
        return self._stated_tumor(names) or self._named_tumor(names)

    def _stated_tumor(self, names: tuple[str, ...]) -> str | None:
        """The tumor as header lines state it. Raises SampleError where they state several."""
        stated = {text.partition("=")[2].strip() for _, text in self.lines if text.startswith("##tumor_sample=")}
        normals = {text.partition("=")[2].strip() for _, text in self.lines if text.startswith("##normal_sample=")}
        for _, key, fields in self.structured:
            if key == "SAMPLE" and _is_tumor(fields.get("ID", "")):
                stated |= {fields.get("SampleName", ""), fields["ID"]}
            if key == "PEDIGREE" and (fields.get("Original") or fields.get("Normal")):
                stated |= {fields.get("Derived", ""), fields.get("ID", ""), fields.get("Tumor", "")}
        found = [name for name in names if name in stated]
        others = [name for name in names if name not in normals]
        if not found and len(names) > len(others) == 1:
            found = others
        if len(found) > 1:
            raise SampleError(
                f"the header names several tumors: {', '.join(found)}",
                where=self.file.name,
                remedy="say which: --tumor-sample NAME",
            )
        if found and _words(found[0]) & _NORMAL_WORDS and not _is_tumor(found[0]):
            raise SampleError(
                f"the header names {found[0]} as the tumor, which reads as a normal",
                where=self.file.name,
                remedy="look at how the caller was run, and say which is the tumor: --tumor-sample NAME",
            )
        return found[0] if found else None

    def _named_tumor(self, names: tuple[str, ...]) -> str:
        """The tumor by its column's name, or the only column. Raises SampleError on doubt."""
        tumors = [name for name in names if _is_tumor(name)]
        normals = [name for name in names if name not in tumors and _words(name) & (_TUMOR_WORDS | _NORMAL_WORDS)]
        others = [name for name in names if name not in normals]
        if len(tumors) == 1 and others == tumors:
            return tumors[0]
        if paired := _tumor_of_pair(names):
            return paired
        if len(names) == 1 and not normals:
            return names[0]
        if len(names) == 2 and len(others) == 1:
            return others[0]
        if not others:
            raise SampleError(
                f"holds no tumor: the only sample is named {', '.join(names)}, which reads as a normal",
                where=self.file.name,
                remedy="pass the tumor's file; if it is the tumor, say so with --tumor-sample NAME",
            )
        raise SampleError(
            f"holds {len(names)} samples and nothing says which is the tumor: {', '.join(names)}",
            where=self.file.name,
            remedy="say which: --tumor-sample NAME",
        )


def _tumor_of_pair(names: tuple[str, ...]) -> str | None:
    """The one of two names that differ in their last letter alone, T beside N (normal) or R (reference)."""
    if len(names) != 2 or names[0][:-1] != names[1][:-1]:
        return None
    by_letter = {name[-1:].upper(): name for name in names}
    return by_letter.get("T") if by_letter.keys() & {"N", "R"} else None


def _is_tumor(name: str) -> bool:
    words = _words(name)
    return bool(words & _TUMOR_WORDS) and not words & _NEGATIONS


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.split(r"[^A-Za-z]+", name) if word}


def reads_as_normal(name: str) -> bool:
    """Whether a sample's name says that it is no tumor."""
    return bool(_words(name) & _NORMAL_WORDS) and not _is_tumor(name)
