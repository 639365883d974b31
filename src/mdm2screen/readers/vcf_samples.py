"""Which sample column of a VCF is the tumor, and whether a matched normal was called beside it.

What the user says goes before what the header states, and that before what the columns are named. A name that the user
gives is that of one file at least; another of the tumor's files may call the column TUMOR. A column's place says
nothing (Mutect2 sorts them by name, Strelka and DRAGEN write the normal first, VarDict the tumor).
"""

import re
from typing import NamedTuple

from mdm2screen.errors import SampleError
from mdm2screen.readers.contract import Options
from mdm2screen.readers.vcf_header import VcfHeader

_TUMOR_WORDS = frozenset({"tumor", "tumour", "cancer", "metastasis"})
_NORMAL_WORDS = frozenset(
    {"normal", "germline", "blood", "control", "nontumor", "nontumour", "pbmc", "wbc", "buffy", "buccal", "saliva"}
)
# Beside a tumor word they make a normal: "non-tumor", "tumor_adjacent".
_NEGATIONS = frozenset({"non", "adjacent", *_NORMAL_WORDS})

# Options that name the samples in command lines kept in a header: DRAGEN, GATK, Sentieon, DeepSomatic.
_TUMOR_OPTIONS = "RGSM-tumor|tumor-fastq-list-sample-id|tumor[_-]sample(?:[_-]name)?|sample_name_tumor"
_NORMAL_OPTIONS = "RGSM|fastq-list-sample-id|normal[_-]sample(?:[_-]name)?|sample_name_normal"
_COMMAND = re.compile(r"##[^=<]*(?:CommandLine|cmdline)[^=]*=", re.IGNORECASE)
_PLASMA_OPTION = re.compile(r"\s--vc-enable-umi-liquid[ =]true\b")
# A normal among DRAGEN's inputs, beside a tumor: its options for the normal have no "tumor" in their name.
_DRAGEN_NORMAL = re.compile(r"\s--?(?:fastq-list|bam-input|cram-input|fastq-file1|1|RGSM)[ =]")


class _Stated(NamedTuple):
    """Names that header lines give to tumors and to normals; a name need not be a column."""

    tumors: frozenset[str]
    normals: frozenset[str]


def tumor_sample(header: VcfHeader, options: Options) -> str | None:
    """Name of the tumor column; ``None`` where the file has no sample column. Raises SampleError."""
    names = header.samples
    wanted = options.tumor_sample
    if not names or wanted in names:
        return wanted if names else None
    if wanted is None:
        return _stated_tumor(header, names) or _named_tumor(header, names)
    # a tumor's files need not name it alike: Strelka writes TUMOR
    tumors = [name for name in names if _is_tumor(name)]
    if len(tumors) != 1:
        raise SampleError(
            f"has no sample {wanted}; it has: {', '.join(names)}",
            where=header.file.name,
            remedy="pass one of them as --tumor-sample; leave the file out if it is not of the tumor",
        )
    return tumors[0]


def has_matched_normal(header: VcfHeader, tumor: str | None) -> bool:
    """Whether a normal of the patient was called beside the tumor."""
    others = [name for name in header.samples if name != tumor]
    partner = tumor is not None and any(_tumor_of_pair((tumor, other)) == tumor for other in others)
    return (
        bool(_stated(header).normals - {tumor})
        or any(reads_as_normal(name) for name in others)
        or partner
        or any(
            caller.name == "dragen" and any(_DRAGEN_NORMAL.search(command) for command in _commands(header))
            for caller in header.callers.found
        )
    )


def matched_normal_column(header: VcfHeader, tumor: str | None) -> int | None:
    """Column of the patient's normal, where the file holds one other sample and it is that."""
    others = [name for name in header.samples if name != tumor]
    return header.column_of(others[0]) if len(others) == 1 and has_matched_normal(header, tumor) else None


def plasma_settings(header: VcfHeader) -> str | None:
    """The option by which the caller was told that the sample is plasma, if it was (DRAGEN user guide, UMI)."""
    commands = map(_PLASMA_OPTION.search, _commands(header))
    return next((command[0].strip() for command in commands if command), None)


def _stated_tumor(header: VcfHeader, names: tuple[str, ...]) -> str | None:
    """The tumor as header lines state it. Raises SampleError where they state several."""
    stated = _stated(header)
    found = [name for name in names if name in stated.tumors]
    others = [name for name in names if name not in stated.normals]
    if not found and len(names) > len(others) == 1:
        found = others
    if len(found) > 1:
        raise SampleError(
            f"the header names several tumors: {', '.join(found)}",
            where=header.file.name,
            remedy="say which: --tumor-sample NAME",
        )
    if found and reads_as_normal(found[0]):
        raise SampleError(
            f"the header names {found[0]} as the tumor, which reads as a normal",
            where=header.file.name,
            remedy="look at how the caller was run, and say which is the tumor: --tumor-sample NAME",
        )
    return found[0] if found else None


def _stated(header: VcfHeader) -> _Stated:
    texts = [text for _, text in header.lines]
    tumors = {text.partition("=")[2].strip() for text in texts if text.startswith("##tumor_sample=")}
    normals = {text.partition("=")[2].strip() for text in texts if text.startswith("##normal_sample=")}
    for _, key, fields in header.structured:
        if key == "SAMPLE":
            _add_sample(fields, tumors, normals)
        if key == "PEDIGREE" and (normal := fields.get("Original") or fields.get("Normal")):
            tumors |= {fields.get("Derived", ""), fields.get("ID", ""), fields.get("Tumor", "")}
            normals.add(normal)
    for command in _commands(header):
        tumors |= _named_by(_TUMOR_OPTIONS, command)
        normals |= _named_by(_NORMAL_OPTIONS, command)
    return _Stated(frozenset(tumors - {""}), frozenset(normals - {""}))


def _add_sample(fields: dict[str, str], tumors: set[str], normals: set[str]) -> None:
    """One ``##SAMPLE`` line: the role is its ID (GATK 3), or the genomes of the column named by its ID (VCF 4.1)."""
    identifier, genomes = fields.get("ID", ""), _words(fields.get("Genomes", ""))
    if _is_tumor(identifier) or genomes & _TUMOR_WORDS:
        tumors |= {fields.get("SampleName", ""), identifier}
    elif reads_as_normal(identifier) or genomes & _NORMAL_WORDS:
        normals |= {fields.get("SampleName", ""), identifier}


def _commands(header: VcfHeader) -> list[str]:
    return [text for _, text in header.lines if _COMMAND.match(text)]


def _named_by(options: str, command: str) -> set[str]:
    return {name.strip("'") for name in re.findall(rf"\s--(?:{options})[ =]+\\?[\"]?([^\s\"\\>]+)", command)}


def _named_tumor(header: VcfHeader, names: tuple[str, ...]) -> str:
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
            where=header.file.name,
            remedy="pass the tumor's file; if it is the tumor, say so with --tumor-sample NAME",
        )
    raise SampleError(
        f"holds {len(names)} samples and nothing says which is the tumor: {', '.join(names)}",
        where=header.file.name,
        remedy="say which: --tumor-sample NAME",
    )


def _tumor_of_pair(names: tuple[str, ...]) -> str | None:
    """The one of two names that differ in one letter alone, T beside N (normal) or R (reference), at a word's end."""
    if len(names) != 2 or len(names[0]) != len(names[1]):
        return None
    differing = [place for place, (one, other) in enumerate(zip(*names, strict=True)) if one != other]
    if len(differing) != 1 or names[0][differing[0] + 1 :][:1].isalpha():
        return None
    by_letter = {name[differing[0]].upper(): name for name in names}
    return by_letter.get("T") if by_letter.keys() & {"N", "R"} else None


def _is_tumor(name: str) -> bool:
    words = _words(name)
    return bool(words & _TUMOR_WORDS) and not words & _NEGATIONS


def reads_as_normal(name: str) -> bool:
    """Whether a sample's name says that it is no tumor."""
    return bool(_words(name) & _NORMAL_WORDS) and not _is_tumor(name)


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.split(r"[^A-Za-z]+", name) if word}
