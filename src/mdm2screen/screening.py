"""The main path: files in, one decision out."""

import re
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from mdm2screen import __version__, data, eligibility, evidence, oncotree, protocol, readers
from mdm2screen.errors import ProtocolError, SampleError, UsageError
from mdm2screen.numerals import parsed
from mdm2screen.protocol import TrialProtocol
from mdm2screen.readers.contract import CnScale, Options
from mdm2screen.records import Build, FileContent, FishResult, Source, Specimen
from mdm2screen.results import Decision, Software, Status
from mdm2screen.rules.tp53_policy import Tp53Policy

WHOLE_ASSAYS = ("wgs", "wes")
"""Assays that are declared by a word; any other is the path of a target BED."""

# As many signals as copies are thought possible (see the readers); more are no count.
_MOST_SIGNALS = 1000.0
_EXAMPLES = {
    "purity": "a fraction above 0 and at most 1, such as 0.6",
    "ploidy": "mean copies, such as 2.1",
    "fish-ratio": "the ratio of MDM2 to CEP12 signals, such as 6.5",
    "fish-copies": "the mean of MDM2 signals per tumor nucleus, such as 14.2",
}

StrPath = str | PathLike[str]


def screen(
    *files: StrPath,
    cn: StrPath | Iterable[StrPath] = (),
    assay: StrPath | None = None,
    tp53_classes: StrPath | Iterable[StrPath] = (),
    diagnosis: str | None = None,
    build: Build | str | None = None,
    purity: float | str | None = None,
    ploidy: float | str | None = None,
    fish_ratio: float | str | None = None,
    fish_copies: float | str | None = None,
    tumor_sample: str | None = None,
    cn_sample: str | None = None,
    cn_scale: CnScale | str | None = None,
    specimen: Specimen | str | None = None,
    coverage: StrPath | Iterable[StrPath] = (),
    reference: StrPath | None = None,
    assume_sorted: bool = False,
    protocol: TrialProtocol | StrPath = "mantra-2",
    patient: str | None = None,
) -> Decision:
    """Screen one tumor.

    ``files``, ``cn`` and ``coverage`` (depth over TP53: gVCF, mosdepth, BAM ...) are read by content, in any order.
    ``reference`` is the FASTA that a CRAM needs. ``assay`` is ``"wgs"``, ``"wes"`` or a target BED.
    ``tp53_classes`` are tables of classes of TP53 variants: a laboratory's own, the NCI TP53 Database's, a ClinVar VCF.
    ``diagnosis`` is an OncoTree code. ``purity`` is a fraction, ``ploidy`` the mean copies of a tumor cell; both go
    before what files state. ``fish_ratio`` (MDM2/CEP12) and ``fish_copies`` (mean MDM2 signals per tumor nucleus) are a
    FISH result. ``specimen`` is ``"tissue"`` or ``"plasma"``; without it files are read as of tissue.
    ``assume_sorted`` lets a VCF without index be read by bisection; where that finds no TP53 variant that decides, all
    is read after all. ``protocol`` is an identifier, a TOML file or a TrialProtocol. ``patient`` is written into
    the decision as given (default: the tumor sample's name, else the first file's name).

    Raises UsageError, InputError or ProtocolError; never prints, never exits.
    """
    depth_files = [Path(path) for path in _listed(coverage)]
    paths = [*(Path(path) for path in (*files, *_listed(cn))), *depth_files]
    if not paths:
        raise UsageError("no file was given", remedy="pass the tumor's VCF and its copy-number file")
    trial = protocol if isinstance(protocol, TrialProtocol) else load_protocol(protocol)
    options = Options(
        build=_build(build),
        tumor_sample=tumor_sample,
        cn_sample=cn_sample,
        cn_scale=None if cn_scale is None else _scale(cn_scale),
        reference=None if reference is None else Path(reference),
        assume_sorted=assume_sorted,
        **_quality_floors(trial),
    )
    given = evidence.stated_by_user(_stated("purity", purity, highest=1), _stated("ploidy", ploidy, highest=20))
    fish = _fish(fish_ratio, fish_copies)
    tumor_type = None if diagnosis is None else oncotree.lookup(diagnosis)
    whole = _whole_assay(assay)
    if assay is not None and whole is None:
        paths.append(Path(assay))
    contents = read_files(paths, options)
    if assay is not None and whole is None:
        _check_targets(contents[-1])
    _check_options(options, contents)
    _check_coverage(depth_files, paths, contents)
    tables = [Path(path) for path in _listed(tp53_classes)]
    _refuse_twice(tables)
    classes = [readers.read_classes(path, options) for path in tables]

    def decide(contents: list[FileContent]) -> Decision:
        gathered = evidence.gather(
            contents, assay=whole, given=given, fish=fish, tumor_type=tumor_type, specimen=_specimen(specimen)
        )
        return eligibility.decide(
            trial,
            gathered,
            patient=patient or _default_patient(contents),
            inputs=[content.file for content in contents],
            software=Software(version=__version__),
        )

    decision = decide(contents + classes)
    if any(content.order_assumed for content in contents) and not _refutes_tp53(decision, trial):
        again = [readers.read_after_all(*one, options) for one in zip(paths, contents, strict=True)]
        decision = decide(again + classes)
    return decision


def _refutes_tp53(decision: Decision, trial: TrialProtocol) -> bool:
    """Whether TP53 is not wild-type by what was found: nothing that was not read could change that."""
    criteria = {rule.criterion for rule in trial.local if isinstance(rule, Tp53Policy)}
    return any(call.criterion in criteria and call.status is Status.NOT_MET for call in decision.calls)


def _quality_floors(trial: TrialProtocol) -> dict[str, int]:
    """The floors of the protocol's TP53 criterion for counting reads, as far as it states them."""
    policy = next((rule.callability for rule in trial.local if isinstance(rule, Tp53Policy)), None)
    if policy is None:
        return {}
    floors = {
        "min_base_quality": policy.min_base_quality.known,
        "min_mapping_quality": policy.min_mapping_quality.known,
    }
    return {name: round(value) for name, value in floors.items() if value is not None}


def _check_targets(content: FileContent) -> None:
    """Raise UsageError where the file that was given as the assay is no BED."""
    if content.file.format != "bed":
        raise UsageError(
            f"--assay {content.file.name} is no target BED but {content.file.format}",
            remedy="pass wgs, wes or the BED of the panel's targets",
        )


def _check_options(options: Options, contents: list[FileContent]) -> None:
    """Raise UsageError or SampleError for an option that no file has a use for."""
    found = {content.file.format for content in contents}
    _check_tumor_sample(options.tumor_sample, contents)
    if options.reference is not None and "alignment" not in found:
        raise UsageError("--reference was given, but no CRAM", remedy="no other format needs it; leave it out")
    if options.assume_sorted and "vcf" not in found:
        raise UsageError("--assume-sorted was given, but no VCF", remedy="no other format is searched; leave it out")
    if options.cn_scale is not None and found.isdisjoint(one.name for one in readers.formats() if one.takes_scale):
        raise UsageError(
            "--cn-scale was given, but no file that takes one (.seg, gene matrices)",
            remedy="other formats state their own scale; leave it out",
        )


def _check_tumor_sample(wanted: str | None, contents: Iterable[FileContent]) -> None:
    """Raise SampleError where VCFs have columns, and none of all files has the one that the user names."""
    named = [content.file for content in contents if content.file.sample is not None]
    columns = dict.fromkeys(f"{one.sample} ({one.name})" for one in named if one.format == "vcf")
    if wanted is not None and columns and all(one.sample != wanted for one in named):
        raise SampleError(
            f"no file has a sample {wanted}; the tumor seems to be {', '.join(columns)}",
            where="--tumor-sample",
            remedy="pass the name as it stands in a file, or leave the option out",
        )


def _check_coverage(given: Iterable[Path], paths: list[Path], contents: list[FileContent]) -> None:
    """Raise UsageError where a file that was given as coverage says nothing of depth."""
    for path in given:
        content = contents[paths.index(path)]
        if not (content.measures_depth or content.mean_depth):
            where = "--assay" if content.file.format == "bed" else "a plain argument"
            raise UsageError(
                f"--coverage {path.name} holds no depth over TP53; it is {content.file.format}",
                remedy=f"pass it as {where}, and as coverage a gVCF, a depth table, a BAM or a CRAM",
            )


def read_files(paths: Iterable[Path], options: Options) -> list[FileContent]:
    """Every file read, in the order given. Raises InputError; UsageError where a file is given twice."""
    paths = list(paths)
    _refuse_twice(paths)
    return [readers.read(path, options) for path in paths]


def _refuse_twice(paths: list[Path]) -> None:
    """Raise UsageError where a file is given twice."""
    twice = sorted({path.name for path in paths if [p.resolve() for p in paths].count(path.resolve()) > 1})
    if twice:
        raise UsageError(f"{', '.join(twice)} is given twice", remedy="pass every file once")


def load_protocol(reference: StrPath) -> TrialProtocol:
    """A protocol by identifier, or from a TOML file. Raises ProtocolError."""
    path = Path(reference)
    if path.suffix.lower() != ".toml":
        return protocol.load_shipped(str(reference))
    try:
        return protocol.parse(path.read_text(encoding="utf-8-sig"), path.name)
    except FileNotFoundError as exc:
        raise ProtocolError("no such protocol file", where=path.name) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ProtocolError(f"cannot be read: {exc}", where=path.name) from exc


def demo_patients() -> tuple[str, ...]:
    """Names of the made patients that ship with the package."""
    return tuple(data.toml("demo/demo.toml"))


def screen_demo(name: str) -> Decision:
    """Screen one of the made patients that ship with the package."""
    folder = Path(data.__file__).parent / "demo"
    settings = dict(data.toml("demo/demo.toml")[name])
    files = [folder / file for file in settings.pop("files")]
    settings.pop("shows", None)
    return screen(*files, patient=name, **settings)


def _listed(files: StrPath | Iterable[StrPath]) -> list[StrPath]:
    return [files] if isinstance(files, (str, PathLike)) else list(files)


def _whole_assay(assay: StrPath | None) -> str | None:
    """``wgs`` or ``wes``; ``None`` for a path. Raises UsageError for a word that is neither."""
    if assay is None:
        return None
    word = str(assay).lower()
    if word in WHOLE_ASSAYS:
        return word
    if re.fullmatch(r"\w+", word) and not Path(assay).exists():
        raise UsageError(
            f"--assay {assay} is neither wgs, wes nor a file",
            remedy="pass wgs, wes or the BED of the panel's targets",
        )
    return None


def _build(build: Build | str | None) -> Build | None:
    names = {"hg19": Build.GRCH37, "hg38": Build.GRCH38, **{b.lower(): b for b in Build}}
    if build is None:
        return None
    found = names.get(str(build).lower())
    if found is None:
        raise UsageError(f"--build {build} is not known", remedy="pass GRCh37 (hg19) or GRCh38 (hg38)")
    return found


def _scale(scale: str) -> CnScale:
    try:
        return CnScale(scale)
    except ValueError:
        known = ", ".join(CnScale)
        raise UsageError(f"--cn-scale {scale} is not known", remedy=f"pass one of {known}") from None


def _specimen(specimen: Specimen | str | None) -> Specimen | None:
    try:
        return None if specimen is None else Specimen(str(specimen).lower())
    except ValueError:
        known = " or ".join(Specimen)
        raise UsageError(f"--specimen {specimen} is not known", remedy=f"pass {known}") from None


def _stated(name: str, value: float | str | None, *, highest: float) -> float | None:
    """A number above zero as the user states it. Raises UsageError."""
    if value is None:
        return None
    text = str(value)
    try:
        number = parsed(text)
    except ValueError:
        number = float("nan")
    if not 0 < number <= highest:
        is_percent = name == "purity" and (number > 1 or text.rstrip().endswith("%"))
        percent = " (a percentage? 60 percent is written 0.6)" if is_percent else ""
        raise UsageError(f"--{name} {value} cannot be used{percent}", remedy=f"pass {_EXAMPLES[name]}")
    return number


def _fish(ratio: float | str | None, copies: float | str | None) -> FishResult | None:
    """FISH as the user states it. Raises UsageError."""
    stated = {
        "ratio": _stated("fish-ratio", ratio, highest=_MOST_SIGNALS),
        "copies": _stated("fish-copies", copies, highest=_MOST_SIGNALS),
    }
    if set(stated.values()) == {None}:
        return None
    return FishResult(**stated, source=Source(file="options"))


def _default_patient(contents: list[FileContent]) -> str:
    return next((c.file.sample for c in contents if c.file.sample), contents[0].file.name)
