"""DepMap gene matrices: a profile a row, a gene a column (``MDM2 (4193)``), between commas.

Documented at https://forum.depmap.org/t/104. Relative matrices hold log2(ratio + 1), where 1 is neutral; absolute
ones hold copies, where 2 is. Both have one shape and nothing in the file tells them apart, so the scale must be
stated: ``--cn-scale copies`` for an absolute matrix (copies that their producer corrected or not: not known). For a
relative one the segments are to be passed, whose scale is documented.
"""

import re

from mdm2screen.errors import MalformedFileError, ScaleError
from mdm2screen.readers import matrix_scale, named_genes
from mdm2screen.readers.contract import Absence, CnScale, Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table_sample import choose_table_sample
from mdm2screen.records import FileContent, PurityState, Scale

FORMAT = Format(
    name="depmap-genes",
    title="DepMap gene matrix (columns such as MDM2 (4193))",
    answers="copies of both genes in an absolute matrix, with --cn-scale copies",
    cannot="anything in a relative matrix; whether normal cells were taken out; TP53 mutations",
    silence="the gene is not in the matrix: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://forum.depmap.org/t/104",
    takes_scale=True,
)

_GENE = re.compile(r"([A-Za-z0-9_.-]+) \((\d+|nan)\)")


def sniff(head: Head) -> bool:
    """Whether the columns behind the first are genes with their numbers."""
    names = _columns(head)
    return len(names) > 1 and all(_GENE.fullmatch(name) for name in names[1:])


def read(file: SourceFile, options: Options) -> FileContent:
    """Both genes in one profile. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    if options.cn_scale is not CnScale.COPIES:
        raise ScaleError(
            "a matrix of log2(ratio + 1) and one of copies look alike, and nothing tells which this is",
            where=file.name,
            remedy="for an absolute matrix pass --cn-scale copies; for a relative one pass OmicsCNSegmentsProfile.csv",
        )
    names = _columns(Head(file.name, file.head()))
    symbols = {at: match[1] for at, name in enumerate(names) if (match := _GENE.fullmatch(name))}
    wanted = {at: symbol for at, symbol in symbols.items() if named_genes.is_ours(symbol, options)}
    lines = [(number, line) for number, line in file.text_lines() if number > 1 and line.strip()]
    profiles = (line.partition(",")[0].strip('"') for _, line in lines)
    gathering.sample = choose_table_sample(profiles, file, options)
    for number, line in lines:
        fields = [token.strip('"') for token in line.rstrip(",").split(",")]
        if len(fields) > len(names):
            raise MalformedFileError(
                f"has {len(fields)} fields where the header has {len(names)}",
                where=f"{file.name} line {number}",
                remedy="the line may be edited by hand, or hold decimal commas; pass DepMap's own file",
            )
        if fields[0] == gathering.sample:
            matrix_scale.check(fields[1:], options.cn_scale, file, gathering.sample)
        for at, symbol in wanted.items():
            source = file.source(number, symbol)
            if fields[0] != gathering.sample:
                named_genes.drop(gathering, symbol, source, "another sample")
                continue
            value = named_genes.number(fields[at] if at < len(fields) else "", symbol, source)
            gathering.segments.append(
                named_genes.segment(
                    symbol,
                    source,
                    value,
                    Scale.OBSERVED_COPIES,
                    PurityState.UNKNOWN,
                    "DepMap",
                    sample=gathering.sample,
                )
            )
    gathering.total = len(lines) * len(symbols)
    return gathering.finish(needs_build=False, copy_number=True)


def _columns(head: Head) -> tuple[str, ...]:
    return tuple(token.strip('"') for token in next(iter(head.lines), "").split(","))
