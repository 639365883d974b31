"""The main path: files in, one decision out."""

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Unpack

from mdm2screen import data, eligibility, evidence, genes, oncotree, readers, sample_options
from mdm2screen.decision import Decision, PriorTreatment, Role, Sample
from mdm2screen.errors import SampleError, UsageError
from mdm2screen.evidence import Evidence
from mdm2screen.protocol import TrialProtocol
from mdm2screen.protocol_file import load_protocol
from mdm2screen.readers.contract import Options
from mdm2screen.records import FileContent
from mdm2screen.results import Software, Status
from mdm2screen.rules import RULES, Rule
from mdm2screen.rules.tp53_policy import Tp53Policy
from mdm2screen.sample_options import SampleOptions, StrPath, listed
from mdm2screen.version import __version__


def screen(
    *files: StrPath,
    protocol: TrialProtocol | StrPath = "mantra-2",
    as_of: datetime.date | str | None = None,
    patient: str | None = None,
    mdm2_inhibitor: PriorTreatment | datetime.date | str | None = None,
    **options: Unpack[SampleOptions],
) -> Decision:
    """Screen one tumor.

    ``files`` are read by content, in any order; what speaks of the sample is described in ``SampleOptions``.
    ``protocol`` is an identifier, a TOML file (both also with ``@VERSION``) or a TrialProtocol; ``as_of`` is a day
    (ISO 8601) whose version of it is taken, without it the latest. ``patient`` is written into the decision as given
    (default: the tumor sample's name, else the first file's name). ``mdm2_inhibitor`` is the first day of an earlier
    treatment, ``"yes"`` or ``"no"``.

    Raises UsageError, InputError or ProtocolError; never prints, never exits.
    """
    trial = load_protocol(protocol, as_of=as_of)
    prior = sample_options.prior_treatment(mdm2_inhibitor)
    patient = sample_options.patient(patient)
    sample = read_sample(*files, protocol=trial, **options).model_copy(update={"patient": patient})
    return eligibility.decide_patient(
        trial, [sample], patient=patient or sample.name, mdm2_inhibitor=prior, software=sample.software
    )


def read_sample(
    *files: StrPath,
    protocol: TrialProtocol | StrPath = "mantra-2",
    role: Role | str = Role.LOCAL,
    name: str | None = None,
    **given: Unpack[SampleOptions],
) -> Sample:
    """Read all files of one sample; nothing is judged. ``name`` is the sample's (default: as the files name it).

    The protocol's floors for base and mapping quality hold where reads are counted. Raises UsageError, InputError or
    ProtocolError.
    """
    trial = load_protocol(protocol)
    side = sample_options.role(role)
    depth_files = listed(given.get("coverage", ()))
    paths = [*map(Path, files), *listed(given.get("cn", ())), *depth_files]
    if not paths:
        raise UsageError("no file was given", remedy="pass the tumor's VCF and its copy-number file")
    reference = given.get("reference")
    options = Options(
        build=sample_options.build(given.get("build")),
        tumor_sample=given.get("tumor_sample"),
        cn_sample=given.get("cn_sample"),
        cn_scale=sample_options.scale(given.get("cn_scale")),
        reference=None if reference is None else Path(reference),
        genes=_genes(trial),
        assume_sorted=sample_options.yes_or_no("assume_sorted", given.get("assume_sorted")),
        **_quality_floors(trial, side),
    )
    purity = sample_options.stated("purity", given.get("purity"), highest=1)
    ploidy = sample_options.stated("ploidy", given.get("ploidy"), highest=sample_options.MOST_PLOIDY)
    diagnosis, assay = given.get("diagnosis"), given.get("assay")
    collected = sample_options.day("collected", given.get("collected"))
    fish = sample_options.fish(given.get("fish_ratio"), given.get("fish_copies"))
    specimen = sample_options.specimen(given.get("specimen"))
    tumor_type = None if diagnosis is None else oncotree.lookup(diagnosis)
    whole = sample_options.whole_assay(assay)
    if assay is not None and whole is None:
        paths.append(Path(assay))
    contents = read_files(paths, options)
    if assay is not None and whole is None:
        _check_targets(contents[-1])
    _check_options(options, contents)
    _check_coverage(depth_files, paths, contents)
    tables = listed(given.get("tp53_classes", ()))
    _refuse_twice(tables)
    classes = [readers.read_classes(path, options) for path in tables]
    stated = evidence.stated_by_user(purity, ploidy)

    def gathered(contents: list[FileContent]) -> Evidence:
        return evidence.gather(
            [*contents, *classes],
            assay=whole,
            given=stated,
            fish=fish,
            tumor_type=tumor_type,
            specimen=specimen,
            not_read=_not_read(options),
        )

    found = gathered(contents)
    if any(content.order_assumed for content in contents) and not _refutes_tp53(found, trial, side):
        contents = [readers.read_after_all(*one, options) for one in zip(paths, contents, strict=True)]
        found = gathered(contents)
    read = [content.file for content in (*contents, *classes)]
    return Sample(
        name=name or _default_name(contents),
        role=side,
        collected=collected,
        inputs=tuple(sorted(read, key=lambda file: (file.name, file.sha256))),
        evidence=found,
        software=Software(version=__version__),
    )


def _refutes_tp53(found: Evidence, trial: TrialProtocol, side: Role) -> bool:
    """Whether TP53 is not wild-type by what was found: nothing that was not read could change that."""
    policies = [rule for rule in _rules(trial, side) if isinstance(rule, Tp53Policy)]
    return any(rule.evaluate(found).status is Status.NOT_MET for rule in policies)


def _rules(trial: TrialProtocol, side: Role) -> tuple[Rule, ...]:
    return trial.central if side is Role.CENTRAL else trial.local


def _genes(*trials: TrialProtocol) -> tuple[genes.Locus, ...]:
    """The genes whose copies the protocols ask for."""
    rules = [rule for trial in trials for rule in (*trial.local, *trial.central)]
    asked = (*genes.GENES, *(gene for rule in rules for gene in rule.copies_of))
    return tuple({gene.symbol: gene for gene in asked}.values())


def _not_read(options: Options) -> list[str]:
    """Genes that some criterion could ask for, and this protocol does not."""
    asked = {gene.symbol for gene in options.genes}
    return sorted({gene.symbol for rule in RULES.values() for gene in rule.copies_of} - asked)


def _quality_floors(trial: TrialProtocol, side: Role) -> dict[str, int]:
    """The floors of the protocol's TP53 criterion for counting reads, as far as it states them."""
    policy = next((rule.callability for rule in _rules(trial, side) if isinstance(rule, Tp53Policy)), None)
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
        raise UsageError("--assume-sorted was given, but no VCF", remedy="no other format needs it; leave it out")
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
    times = Counter(path.resolve() for path in paths)
    twice = sorted({path.name for path in paths if times[path.resolve()] > 1})
    if twice:
        raise UsageError(f"{', '.join(twice)} is given twice", remedy="pass every file once")


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


def _default_name(contents: list[FileContent]) -> str:
    return next((c.file.sample for c in contents if c.file.sample), contents[0].file.name)
