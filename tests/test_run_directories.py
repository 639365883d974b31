"""Output folders of pipelines: what is proposed, what is set aside and why, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vcf_builder as vb
from mdm2screen import run_directories, samplesheet, screen
from mdm2screen.errors import FileAccessError, InputError
from mdm2screen.run_directories import Proposal, as_samplesheet, propose
from mdm2screen.run_directories.proposal import ALIGNMENT_ENDS, VCF_ENDS

SAREK_SHEET = "patient,sex,status,sample,cram,crai\n"


def made(folder: Path, *paths: str) -> Path:
    """A folder with empty files at these paths."""
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return folder


def written(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def cells(proposal: Proposal, patient: str, sample: str | None = None) -> dict[str, str]:
    """The one row of a patient, and sample, without patient, sample and role."""
    (row,) = [r for r in proposal.rows if r["patient"] == patient and sample in (None, r["sample"])]
    assert row["role"] == "local"
    return {column: cell for column, cell in row.items() if column not in ("patient", "sample", "role")}


def aside(proposal: Proposal) -> dict[str, str]:
    return {str(one.path): one.why for one in proposal.unassigned}


def assert_sheet_holds(proposal: Proposal, folder: Path) -> None:
    """The law of all proposals: the sheet gives the rows back, each path lies in the folder, no file is forgotten."""
    patients = samplesheet.parse(as_samplesheet(proposal).encode(), "sheet.csv", folder)
    found = {(one.patient, row.name): row for one in patients for row in one.samples}
    assert found.keys() == {(row["patient"], row["sample"]) for row in proposal.rows}
    used: list[Path] = []
    for row in proposal.rows:
        read = found[row["patient"], row["sample"]]
        given_files = {c: [folder / p for p in row[c].split(";")] for c in samplesheet.FILE_COLUMNS if c in row}
        assert list(read.files) == [*given_files.get("vcf", []), *given_files.get("sv", [])]
        assert read.options.get("cn", []) == given_files.get("cn", [])
        assert read.options.get("coverage", []) == [*given_files.get("coverage", []), *given_files.get("bam", [])]
        used += [path for paths in given_files.values() for path in paths]
    assert all(path.is_file() and path.is_relative_to(folder) for path in used)
    assert len(used) == len(set(used)) or any("tumor_sample" in row for row in proposal.rows)
    listed = {folder / one.path for one in proposal.unassigned}
    assert listed.isdisjoint(used)
    for path in folder.rglob("*"):
        if path.name.endswith((*VCF_ENDS, *ALIGNMENT_ENDS)) and path.is_file():
            assert path in used or path in listed or not listed.isdisjoint(path.parents), path


PAIR = "P1_T.1_vs_P1_N"


def sarek_pair(folder: Path) -> Path:
    calls, notes = f"variant_calling/{{}}/{PAIR}", f"annotation/{{}}/{PAIR}"
    return made(
        folder,
        f"{calls.format('mutect2')}/{PAIR}.mutect2.vcf.gz",
        f"{calls.format('mutect2')}/{PAIR}.mutect2.filtered.vcf.gz",
        f"{calls.format('mutect2')}/{PAIR}.mutect2.filtered.vcf.gz.tbi",
        f"{calls.format('mutect2')}/{PAIR}.mutect2.contamination.table",
        f"{notes.format('mutect2')}/{PAIR}.mutect2.filtered_VEP.ann.vcf.gz",
        f"{notes.format('mutect2')}/{PAIR}.mutect2.filtered_snpEff.ann.vcf.gz",
        f"{calls.format('strelka')}/{PAIR}.strelka.somatic_snvs.vcf.gz",
        f"{calls.format('strelka')}/{PAIR}.strelka.somatic_indels.vcf.gz",
        f"{calls.format('freebayes')}/{PAIR}.freebayes.vcf.gz",
        f"{calls.format('manta')}/{PAIR}.manta.somatic_sv.vcf.gz",
        f"{calls.format('manta')}/{PAIR}.manta.diploid_sv.vcf.gz",
        f"{calls.format('cnvkit')}/P1_T.1.cns",
        f"{calls.format('cnvkit')}/P1_T.1.call.cns",
        f"{calls.format('cnvkit')}/P1_T.1.bintest.cns",
        f"{calls.format('cnvkit')}/P1_T.1.cnr",
        f"{calls.format('ascat')}/{PAIR}.segments.txt",
        f"{calls.format('ascat')}/{PAIR}.purityploidy.txt",
        f"{calls.format('controlfreec')}/{PAIR}.tumor.mpileup.gz_ratio.txt",
        f"{calls.format('controlfreec')}/{PAIR}.normal.mpileup.gz_ratio.txt",
        f"{calls.format('controlfreec')}/{PAIR}.tumor.mpileup.gz_CNVs",
        f"{calls.format('controlfreec')}/{PAIR}.tumor.mpileup.gz_info.txt",
        "variant_calling/haplotypecaller/P1_N/P1_N.haplotypecaller.filtered.vcf.gz",
        "variant_calling/deepvariant/P1_N/P1_N.deepvariant.vcf.gz",
        "variant_calling/strelka/P1_N/P1_N.strelka.variants.vcf.gz",
        "variant_calling/cnvkit/P1_N/P1_N.cns",
        "annotation/haplotypecaller/P1_N/P1_N.haplotypecaller.filtered_VEP.ann.vcf.gz",
        "preprocessing/recalibrated/P1_T.1/P1_T.1.recal.bam",
        "preprocessing/recalibrated/P1_T.1/P1_T.1.recal.bam.bai",
        "preprocessing/recalibrated/P1_N/P1_N.recal.bam",
        "preprocessing/recalibrated/P1_N/P1_N.recal.bam.bai",
        "preprocessing/markduplicates/P1_T.1/P1_T.1.md.cram",
        "reports/mosdepth/P1_T.1/P1_T.1.recal.per-base.bed.gz",
        "reports/mosdepth/P1_T.1/P1_T.1.recal.regions.bed.gz",
        "reports/mosdepth/P1_N/P1_N.recal.per-base.bed.gz",
        "multiqc/multiqc_report.html",
        "pipeline_info/execution_trace.txt",
    )


def test_sarek_a_pair_takes_the_best_of_each_somatic_caller(tmp_path: Path) -> None:
    proposal = propose(sarek_pair(tmp_path))
    assert proposal.pipeline == "nf-core/sarek"
    calls = "variant_calling"
    assert cells(proposal, "P1_T.1") == {
        "vcf": f"annotation/mutect2/{PAIR}/{PAIR}.mutect2.filtered_VEP.ann.vcf.gz;"
        f"{calls}/strelka/{PAIR}/{PAIR}.strelka.somatic_indels.vcf.gz;"
        f"{calls}/strelka/{PAIR}/{PAIR}.strelka.somatic_snvs.vcf.gz",
        "sv": f"{calls}/manta/{PAIR}/{PAIR}.manta.somatic_sv.vcf.gz",
        "cn": f"{calls}/ascat/{PAIR}/{PAIR}.purityploidy.txt;{calls}/ascat/{PAIR}/{PAIR}.segments.txt;"
        f"{calls}/cnvkit/{PAIR}/P1_T.1.cns;"
        f"{calls}/controlfreec/{PAIR}/{PAIR}.tumor.mpileup.gz_info.txt;"
        f"{calls}/controlfreec/{PAIR}/{PAIR}.tumor.mpileup.gz_ratio.txt;"
        f"{calls}/mutect2/{PAIR}/{PAIR}.mutect2.contamination.table",
        "bam": "preprocessing/recalibrated/P1_T.1/P1_T.1.recal.bam",
        "coverage": "reports/mosdepth/P1_T.1/P1_T.1.recal.per-base.bed.gz",
    }
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_says_why_a_file_is_not_used(tmp_path: Path) -> None:
    why = aside(propose(sarek_pair(tmp_path)))
    calls = "variant_calling"
    assert why[f"{calls}/freebayes/{PAIR}/{PAIR}.freebayes.vcf.gz"].startswith("freebayes does not tell somatic from")
    assert "germline" in why[f"{calls}/manta/{PAIR}/{PAIR}.manta.diploid_sv.vcf.gz"]
    assert "goes before" in why[f"{calls}/mutect2/{PAIR}/{PAIR}.mutect2.vcf.gz"]
    assert "goes before" in why[f"annotation/mutect2/{PAIR}/{PAIR}.mutect2.filtered_snpEff.ann.vcf.gz"]
    assert (
        "says more" in why[f"{calls}/cnvkit/{PAIR}/P1_T.1.call.cns"]
        or "say more" in why[f"{calls}/cnvkit/{PAIR}/P1_T.1.call.cns"]
    )
    assert why[f"{calls}/haplotypecaller/P1_N/P1_N.haplotypecaller.filtered.vcf.gz"].endswith("germline variants")
    assert why[f"{calls}/deepvariant/P1_N/P1_N.deepvariant.vcf.gz"].endswith("germline variants")
    assert why[f"{calls}/strelka/P1_N/P1_N.strelka.variants.vcf.gz"].endswith("germline variants")
    assert why[f"{calls}/cnvkit/P1_N/P1_N.cns"] == "P1_N is a normal"
    assert why["preprocessing/recalibrated/P1_N/P1_N.recal.bam"] == "P1_N is a normal"
    assert "reference" in why["preprocessing/markduplicates/P1_T.1/P1_T.1.md.cram"]
    assert "windows" in why["reports/mosdepth/P1_T.1/P1_T.1.recal.regions.bed.gz"]
    assert not [path for path in why if path.endswith((".tbi", ".bai", ".html"))]


def test_sarek_names_patients_by_its_own_tables(tmp_path: Path) -> None:
    made(
        tmp_path,
        *(f"variant_calling/mutect2/{t}_vs_N/{t}_vs_N.mutect2.filtered.vcf.gz" for t in ("T1", "T2")),
        "variant_calling/cnvkit/T3/T3.cns",
        "variant_calling/cnvkit/N/N.cns",
    )
    written(
        tmp_path,
        "csv/recalibrated.csv",
        f"{SAREK_SHEET}P9,XX,0,N,n.cram,n.crai\nP9,XX,1,T1,a,b\nP9,XX,1,T2,a,b\nP8,XX,1,T3,a,b\nP7,XX,1,T4,a,b\n",
    )
    written(tmp_path, "csv/variantcalled.csv", "patient,sample,variantcaller,vcf\nP9,T1_vs_N,mutect2,x.vcf.gz\n")
    proposal = propose(tmp_path)
    assert [(row["patient"], row["sample"]) for row in proposal.rows] == [("P8", "T3"), ("P9", "T1"), ("P9", "T2")]
    assert "T3: no VCF of small variants was found; the row has none" in proposal.notes
    assert "T1: no copy-number file was found; the row has none" in proposal.notes
    assert "T4: nothing that was called of this tumor was found; it has no row" in proposal.notes
    assert not any("patient of its own" in note for note in proposal.notes)
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_tumor_only_and_the_normal_that_looks_like_it(tmp_path: Path) -> None:
    made(
        tmp_path,
        "variant_calling/mutect2/T.only/T.only.mutect2.filtered.vcf.gz",
        "variant_calling/manta/T.only/T.only.manta.tumor_sv.vcf.gz",
        "variant_calling/manta/N/N.manta.diploid_sv.vcf.gz",
        "variant_calling/cnvkit/T.only/T.only.call.cns",
        "variant_calling/cnvkit/somebody/somebody.cns",
        "variant_calling/strelka/T.only/T.only.strelka.variants.vcf.gz",
    )
    proposal = propose(tmp_path)
    assert cells(proposal, "T.only") == {
        "vcf": "variant_calling/mutect2/T.only/T.only.mutect2.filtered.vcf.gz",
        "sv": "variant_calling/manta/T.only/T.only.manta.tumor_sv.vcf.gz",
        "cn": "variant_calling/cnvkit/T.only/T.only.call.cns",
    }
    why = aside(proposal)
    assert why["variant_calling/cnvkit/somebody/somebody.cns"] == "nothing in the tree says that somebody is a tumor"
    assert any("each tumor stands as a patient of its own" in note for note in proposal.notes)
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_tumors_of_a_patient_called_together_share_the_vcf(tmp_path: Path) -> None:
    made(tmp_path, "variant_calling/mutect2/P1/P1.mutect2.filtered.vcf.gz", "variant_calling/cnvkit/T1_vs_N/T1.cns")
    written(tmp_path, "csv/recalibrated.csv", f"{SAREK_SHEET}P1,XX,0,N,,\nP1,XX,1,T1,,\nP1,XX,1,T2,,\n")
    proposal = propose(tmp_path)
    together = "variant_calling/mutect2/P1/P1.mutect2.filtered.vcf.gz"
    assert cells(proposal, "P1", "T2") == {"vcf": together, "tumor_sample": "P1_T2"}
    assert cells(proposal, "P1", "T1")["tumor_sample"] == "P1_T1"
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_an_unfiltered_call_is_taken_and_said(tmp_path: Path) -> None:
    made(tmp_path, "variant_calling/mutect2/A_vs_B/A_vs_B.mutect2.vcf.gz")
    proposal = propose(tmp_path)
    assert cells(proposal, "A")["vcf"].endswith(".mutect2.vcf.gz")
    assert "A_vs_B: Mutect2 was not filtered, so that none of its variants has passed" in proposal.notes


def test_sarek_a_filtered_plain_file_goes_before_an_annotated_unfiltered_one(tmp_path: Path) -> None:
    made(
        tmp_path,
        "variant_calling/mutect2/A_vs_B/A_vs_B.mutect2.filtered.vcf.gz",
        "annotation/mutect2/A_vs_B/A_vs_B.mutect2_VEP.ann.vcf.gz",
    )
    assert cells(propose(tmp_path), "A")["vcf"] == "variant_calling/mutect2/A_vs_B/A_vs_B.mutect2.filtered.vcf.gz"


def test_sarek_a_name_that_splits_two_ways_is_not_split_by_guess(tmp_path: Path) -> None:
    unit = "A_vs_B_vs_C"
    made(
        tmp_path,
        f"variant_calling/mutect2/{unit}/{unit}.mutect2.filtered.vcf.gz",
        "variant_calling/mutect2/D_vs_E/D_vs_E.mutect2.filtered.vcf.gz",
    )
    assert (
        "more than one way"
        in aside(propose(tmp_path))[f"variant_calling/mutect2/{unit}/{unit}.mutect2.filtered.vcf.gz"]
    )
    written(tmp_path, "csv/recalibrated.csv", f"{SAREK_SHEET}P,XX,1,A_vs_B,,\nP,XX,0,C,,\nQ,XX,1,D,,\nQ,XX,0,E,,\n")
    assert [row["sample"] for row in propose(tmp_path).rows] == ["A_vs_B", "D"]


def test_sarek_annotation_of_older_versions_lies_under_the_unit(tmp_path: Path) -> None:
    made(tmp_path, "annotation/A_vs_B/mutect2/A_vs_B.mutect2.filtered_VEP.ann.vcf.gz")
    assert list(cells(propose(tmp_path), "A")) == ["vcf"]


def sarek_calls(folder: Path, *pairs: str) -> Path:
    for pair in pairs:
        tumor = pair.partition("_vs_")[0]
        made(folder, f"variant_calling/mutect2/{pair}/{pair}.mutect2.filtered.vcf.gz")
        made(folder, f"variant_calling/cnvkit/{pair}/{tumor}.cns")
    return folder


def sarek_tables(folder: Path, **rows: str) -> None:
    for name, text in rows.items():
        written(folder, f"csv/{name}.csv", "patient,status,sample\n" + "".join(f"{row}\n" for row in text.split()))


def samples(proposal: Proposal) -> list[tuple[str, str]]:
    return [(row["patient"], row["sample"]) for row in proposal.rows]


@pytest.mark.parametrize("names", [("markduplicates", "recalibrated"), ("recalibrated", "markduplicates")])
def test_sarek_a_sample_of_two_patients_is_left_out(tmp_path: Path, names: tuple[str, str]) -> None:
    sarek_calls(tmp_path, "T1_vs_N1", "T2_vs_N2")
    made(tmp_path, "preprocessing/recalibrated/T1/T1.recal.bam", "preprocessing/recalibrated/T1/T1.recal.bam.bai")
    both = "P,0,N1 Q,1,T2 Q,0,N2"
    sarek_tables(tmp_path, **dict(zip(names, (f"OLDPAT,1,T1 {both}", f"NEWPAT,1,T1 {both}"), strict=True)))
    proposal = propose(tmp_path)
    assert samples(proposal) == [("Q", "T2")]
    why = {path: why for path, why in aside(proposal).items() if "/T1" in path}
    assert len(why) == 3
    for reason in (*why.values(), *(note for note in proposal.notes if "contradicts" in note)):
        assert reason.startswith("csv/ contradicts itself: T1 is of patient ")
        assert {f"OLDPAT in {names[0]}.csv", f"NEWPAT in {names[1]}.csv"} == set(
            re.findall(r"\w+PAT in \w+\.csv", reason)
        )
    assert any("contradicts" in note for note in proposal.notes)
    assert_sheet_holds(proposal, tmp_path)


@pytest.mark.parametrize("contradicted", ["T1", "N1"])
@pytest.mark.parametrize("tables", [("a", "b"), ("b", "a"), ("a", "a")])
def test_sarek_a_sample_of_both_sides_is_left_out(tmp_path: Path, contradicted: str, tables: tuple[str, str]) -> None:
    sarek_calls(tmp_path, "T1_vs_N1", "T2_vs_N2")
    rows = {"a": "P,1,T1 P,0,N1 Q,1,T2 Q,0,N2", "b": "R,1,T9"}
    rows[tables[1]] += f" P,{'01'[contradicted == 'N1']},{contradicted}"
    sarek_tables(tmp_path, **rows)
    proposal = propose(tmp_path)
    assert samples(proposal) == [("Q", "T2")]
    assert f"{contradicted} is a " in aside(proposal)["variant_calling/cnvkit/T1_vs_N1/T1.cns"]
    assert "contradicts itself" in aside(proposal)["variant_calling/mutect2/T1_vs_N1/T1_vs_N1.mutect2.filtered.vcf.gz"]
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_tables_that_agree_are_one(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N1")
    sarek_tables(tmp_path, a="P,1,T1 P,0,N1", b="P,1,T1 P,1,T1 P,0,N1")
    assert samples(propose(tmp_path)) == [("P", "T1")]


def test_sarek_a_normal_of_another_patient_is_not_the_tumors(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N1", "T1_vs_N2")
    made(tmp_path, "variant_calling/muse/T1_vs_N2/T1_vs_N2.muse.vcf.gz", "variant_calling/lofreq/T1/T1.lofreq.vcf.gz")
    sarek_tables(tmp_path, a="P1,1,T1 P1,0,N1 P2,0,N2")
    proposal = propose(tmp_path)
    assert cells(proposal, "P1", "T1") == {
        "vcf": "variant_calling/lofreq/T1/T1.lofreq.vcf.gz;"
        "variant_calling/mutect2/T1_vs_N1/T1_vs_N1.mutect2.filtered.vcf.gz",
        "cn": "variant_calling/cnvkit/T1_vs_N1/T1.cns",
    }
    strangers = [why for path, why in aside(proposal).items() if "_vs_N2" in path]
    assert strangers == ["csv/ has T1 for patient P1, and its normal N2 for P2"] * 3
    assert_sheet_holds(proposal, tmp_path)


def test_sarek_a_pair_that_is_not_used_does_not_set_its_tumor_aside(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N2", "T1")
    sarek_tables(tmp_path, a="P1,1,T1 P2,0,N2")
    assert cells(propose(tmp_path), "P1")["vcf"] == "variant_calling/mutect2/T1/T1.mutect2.filtered.vcf.gz"


def test_sarek_a_tumor_called_as_a_normal_is_not_used(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_T2", "T2_vs_N")
    sarek_tables(tmp_path, a="P,1,T1 P,1,T2 P,0,N")
    proposal = propose(tmp_path)
    assert samples(proposal) == [("P", "T2")]
    assert "and csv/ has it for a tumor" in aside(proposal)["variant_calling/cnvkit/T1_vs_T2/T1.cns"]


def test_sarek_without_tables_a_sample_on_both_sides_of_pairs_is_left_out(tmp_path: Path) -> None:
    proposal = propose(sarek_calls(tmp_path, "A_vs_B", "B_vs_A", "C_vs_D"))
    assert samples(proposal) == [("C", "C")]
    assert "is the tumor of A_vs_B and the normal of B_vs_A" in aside(proposal)["variant_calling/cnvkit/A_vs_B/A.cns"]


def test_sarek_files_of_other_samples_do_not_come_with_a_unit(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N1", "T2_vs_N2", "T1.2_vs_N1")
    strangers = [
        "variant_calling/cnvkit/T1_vs_N1/N1.cns",
        "variant_calling/cnvkit/T1_vs_N1/T2.cns",
        "variant_calling/cnvkit/T1_vs_N1/T1.2.cns",
        "variant_calling/cnvkit/T1_vs_N1/nobody.cns",
        "variant_calling/mutect2/T1_vs_N1/T2_vs_N2.mutect2.filtered.vcf.gz",
        "variant_calling/mutect2/T1_vs_N1/T2_vs_N2.mutect2.contamination.table",
        "variant_calling/ascat/T1_vs_N1/T2_vs_N2.segments.txt",
        "variant_calling/strelka/T1_vs_N1/nobody.strelka.somatic_snvs.vcf.gz",
        "preprocessing/recalibrated/T1/T2.recal.bam",
        "reports/mosdepth/T1/T2.recal.per-base.bed.gz",
    ]
    made(tmp_path, *strangers, "preprocessing/recalibrated/T1/T2.recal.bam.bai")
    proposal = propose(tmp_path)
    for tumor, pair in (("T1", "T1_vs_N1"), ("T2", "T2_vs_N2"), ("T1.2", "T1.2_vs_N1")):
        assert cells(proposal, tumor) == {
            "vcf": f"variant_calling/mutect2/{pair}/{pair}.mutect2.filtered.vcf.gz",
            "cn": f"variant_calling/cnvkit/{pair}/{tumor}.cns",
        }
    why = aside(proposal)
    assert why.keys() == set(strangers)
    assert all(
        why[path].startswith(("lies with T1_vs_N1, and is named ", "lies with T1, and is ")) for path in strangers
    )
    assert why[strangers[0]] == "lies with T1_vs_N1, and is named by N1"
    assert why[strangers[3]] == "lies with T1_vs_N1, and is named otherwise"
    assert_sheet_holds(proposal, tmp_path)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_sarek_tables_that_a_spreadsheet_saved_again_are_read(tmp_path: Path, delimiter: str) -> None:
    sarek_calls(tmp_path, "T1_vs_N1")
    text = "patient,status,sample\nP9,1,T1\nP9,0,N1\n".replace(",", delimiter)
    written(tmp_path, "csv/recalibrated.csv", text)
    proposal = propose(tmp_path)
    assert samples(proposal) == [("P9", "T1")]
    assert not any("csv/" in note for note in proposal.notes)


def test_sarek_tables_that_say_nothing_are_pointed_out(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N1")
    written(tmp_path, "csv/a.csv", "patient,sample\nP9,T1\n")
    written(tmp_path, "csv/b.csv", "patient,status,sample\nP9,tumor,T1\n,1,T1\n")
    notes = propose(tmp_path).notes
    assert "csv/a.csv has not the columns patient, sample, status; it says nothing of samples" in notes
    assert "csv/b.csv: rows without patient, sample and status 0 or 1 are left out (2)" in notes
    assert any(note.startswith("csv/ of sarek names no sample with its patient, so the patient") for note in notes)


def test_sarek_a_tumor_that_its_tables_do_not_name_is_pointed_out(tmp_path: Path) -> None:
    sarek_calls(tmp_path, "T1_vs_N1", "T5_vs_N5")
    sarek_tables(tmp_path, a="P,1,T1 P,0,N1")
    proposal = propose(tmp_path)
    assert samples(proposal) == [("P", "T1"), ("T5", "T5")]
    assert "T5: csv/ does not name its patient; it stands as a patient of its own" in proposal.notes


def test_sarek_a_folder_of_germline_calls_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "variant_calling/haplotypecaller/N/N.haplotypecaller.vcf.gz")
    with pytest.raises(InputError, match=r"looks like nf-core/sarek, but no file in it is a tumor's") as caught:
        propose(tmp_path)
    assert "haplotypecaller calls germline variants" in caught.value.what


def oncoanalyser_group(folder: Path, group: str = "G.1", tumor: str = "T.01", normal: str = "N.01") -> Path:
    return made(
        folder,
        *(
            f"{group}/purple/{tumor}.purple.{end}"
            for end in (
                "somatic.vcf.gz", "somatic.vcf.gz.tbi", "sv.vcf.gz", "sv.germline.vcf.gz", "germline.vcf.gz",
                "cnv.gene.tsv", "cnv.somatic.tsv", "purity.tsv", "purity.range.tsv", "qc",
                "driver.catalog.somatic.tsv", "driver.catalog.germline.tsv", "segment.tsv",
            )
        ),
        f"{group}/pave/{tumor}.sage.somatic.pave.vcf.gz",
        f"{group}/pave/{tumor}.sage.germline.pave.vcf.gz",
        f"{group}/sage/somatic/{tumor}.sage.somatic.vcf.gz",
        f"{group}/sage/germline/{tumor}.sage.germline.vcf.gz",
        f"{group}/esvee/caller/{tumor}.esvee.somatic.vcf.gz",
        f"{group}/esvee/prep/{tumor}.esvee.prep.bam",
        f"{group}/linx/somatic_annotations/{tumor}.linx.driver.catalog.tsv",
        f"{group}/linx/germline_annotations/{tumor}.linx.germline.driver.catalog.tsv",
        f"{group}/alignments/dna/{tumor}.redux.bam",
        f"{group}/alignments/dna/{tumor}.redux.bam.bai",
        f"{group}/alignments/dna/{normal}.redux.bam",
        f"{group}/alignments/dna/{normal}.redux.bam.bai",
        f"{group}/alignments/rna/{tumor}.md.bam",
        f"{group}/amber/{normal}.amber.snp.vcf.gz",
        "pipeline_info/software_versions.yml",
    )  # fmt: skip


def test_oncoanalyser_takes_what_purple_made(tmp_path: Path) -> None:
    oncoanalyser_group(tmp_path)
    written(tmp_path, "pipeline_info/params_2025-01-01_00-00-00.json", '{"mode": "wgts"}')
    proposal = propose(tmp_path)
    assert proposal.pipeline == "nf-core/oncoanalyser"
    assert cells(proposal, "G.1", "T.01") == {
        "vcf": "G.1/purple/T.01.purple.somatic.vcf.gz",
        "sv": "G.1/purple/T.01.purple.sv.vcf.gz",
        "cn": ";".join(
            [
                "G.1/linx/somatic_annotations/T.01.linx.driver.catalog.tsv",
                "G.1/purple/T.01.purple.cnv.gene.tsv",
                "G.1/purple/T.01.purple.cnv.somatic.tsv",
                "G.1/purple/T.01.purple.driver.catalog.somatic.tsv",
                "G.1/purple/T.01.purple.purity.tsv",
                "G.1/purple/T.01.purple.qc",
            ]
        ),
        "bam": "G.1/alignments/dna/T.01.redux.bam",
        "assay": "wgs",
    }
    why = aside(proposal)
    assert why["G.1/alignments/dna/N.01.redux.bam"] == "is of the normal"
    assert why["G.1/alignments/rna/T.01.md.bam"] == "is of RNA"
    assert why["G.1/purple/T.01.purple.germline.vcf.gz"] == "holds germline calls"
    assert "goes before" in why["G.1/pave/T.01.sage.somatic.pave.vcf.gz"]
    assert_sheet_holds(proposal, tmp_path)


@pytest.mark.parametrize("stated", [None, '{"mode": "targeted"}', "not JSON", "[1]", '{"mode": null}'])
def test_oncoanalyser_states_no_assay_that_is_not_proven(tmp_path: Path, stated: str | None) -> None:
    oncoanalyser_group(tmp_path)
    if stated is not None:
        written(tmp_path, "pipeline_info/params_1.json", stated)
    proposal = propose(tmp_path)
    assert "assay" not in cells(proposal, "G.1")
    assert any("into assay" in note for note in proposal.notes)


def test_oncoanalyser_without_purple_takes_pave_and_misses_copy_number(tmp_path: Path) -> None:
    made(tmp_path, "g/sage/somatic/T.sage.somatic.vcf.gz", "g/pave/T.sage.somatic.pave.vcf.gz")
    proposal = propose(tmp_path)
    assert cells(proposal, "g") == {"vcf": "g/pave/T.sage.somatic.pave.vcf.gz"}
    assert "T: no copy-number file was found; the row has none" in proposal.notes


def test_oncoanalyser_two_tumors_of_a_group_are_two_samples(tmp_path: Path) -> None:
    oncoanalyser_group(tmp_path, tumor="T.01")
    oncoanalyser_group(tmp_path, tumor="T.02")
    proposal = propose(tmp_path)
    assert [(row["patient"], row["sample"]) for row in proposal.rows] == [("G.1", "T.01"), ("G.1", "T.02")]
    assert all("T.02" not in cells(proposal, "G.1", "T.01")[column] for column in ("vcf", "cn", "bam"))
    assert_sheet_holds(proposal, tmp_path)


def dragen_tumor(folder: Path, prefix: str = "S.1", place: str = "S.1") -> Path:
    ends = (
        ".hard-filtered.vcf.gz", ".hard-filtered.vcf.gz.tbi", ".hard-filtered.gvcf.gz", ".vcf.gz", ".sv.vcf.gz",
        ".cnv.vcf.gz", ".seg", ".seg.called", ".seg.called.merged", ".cnv.purity.coverage.models.tsv",
        ".tumor.target.counts.gz", "_tumor.bam", "_tumor.bam.bai", "_normal.bam", ".mapping_metrics.csv",
    )  # fmt: skip
    return made(folder, *(f"{place}/{prefix}{end}" for end in ends))


def test_dragen_takes_the_files_of_a_tumor_prefix(tmp_path: Path) -> None:
    dragen_tumor(tmp_path)
    made(tmp_path, *(f"N/N{end}" for end in (".hard-filtered.vcf.gz", ".cnv.vcf.gz", ".bam", ".wgs_coverage.csv")))
    proposal = propose(tmp_path)
    assert proposal.pipeline == "DRAGEN"
    assert [row["sample"] for row in proposal.rows] == ["S.1"]
    assert cells(proposal, "S.1") == {
        "vcf": "S.1/S.1.hard-filtered.vcf.gz",
        "sv": "S.1/S.1.sv.vcf.gz",
        "coverage": "S.1/S.1.hard-filtered.gvcf.gz",
        "cn": "S.1/S.1.cnv.vcf.gz;S.1/S.1.seg.called.merged",
        "bam": "S.1/S.1_tumor.bam",
    }
    why = aside(proposal)
    for path in ("N/N.hard-filtered.vcf.gz", "N/N.cnv.vcf.gz", "N/N.bam"):
        assert why[path] == "no file of N shows that it is a tumor; a germline run names its files alike"
    assert why["S.1/S.1_normal.bam"] == "is of the normal"
    assert "goes before" in why["S.1/S.1.vcf.gz"]
    assert_sheet_holds(proposal, tmp_path)


def test_dragen_prefixes_that_begin_alike_are_kept_apart(tmp_path: Path) -> None:
    dragen_tumor(tmp_path, "S", "run")
    dragen_tumor(tmp_path, "S.2", "run")
    dragen_tumor(tmp_path, "S_tumor", "run")
    proposal = propose(tmp_path)
    assert [row["sample"] for row in proposal.rows] == ["S", "S.2", "S_tumor"]
    for row in proposal.rows:
        paths = ";".join(cells(proposal, row["patient"]).values()).split(";")
        assert all(Path(path).name.removeprefix(row["sample"])[0] in "._" for path in paths)
    assert cells(proposal, "S")["vcf"] == "run/S.hard-filtered.vcf.gz"
    assert_sheet_holds(proposal, tmp_path)


def test_dragen_two_results_of_a_prefix_are_not_chosen_between(tmp_path: Path) -> None:
    dragen_tumor(tmp_path, "S", "first")
    dragen_tumor(tmp_path, "S", "second")
    dragen_tumor(tmp_path, "U", "second")
    proposal = propose(tmp_path)
    assert [row["sample"] for row in proposal.rows] == ["U"]
    assert aside(proposal)["first/S.hard-filtered.vcf.gz"].startswith("results of S lie in 2 folders (first, second)")


def test_dragen_a_germline_run_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "N.hard-filtered.vcf.gz", "N.bam")
    with pytest.raises(InputError, match="a germline run names its files alike"):
        propose(tmp_path)


def test_tso500_of_dragen(tmp_path: Path) -> None:
    made(
        tmp_path,
        "Results/P_1/P_1_CombinedVariantOutput.tsv",
        "Results/P_1/P_1_MetricsOutput.tsv",
        "Results/P_1/P_1_DNA.x/P_1_DNA.x.hard-filtered.vcf",
        "Results/P_1/P_1_DNA.x/P_1_DNA.x.hard-filtered.gvcf.gz",
        "Results/P_1/P_1_DNA.x/P_1_DNA.x.cnv.vcf",
        "Results/P_1/P_1_DNA.x/P_1_DNA.x_DragenExonCNV.vcf",
        "Results/P_1/P_1_RNA/P_1_RNA_SpliceVariants.vcf",
        "Results/P_2/P_2_CombinedVariantOutput.tsv",
        "Logs_Intermediates/CombinedVariantOutput/P_1/P_1_CombinedVariantOutput.tsv",
        "Logs_Intermediates/DragenCaller/P_1_DNA.x/P_1_DNA.x.hard-filtered.vcf",
        "Logs_Intermediates/DragenCaller/P_1_DNA.x/P_1_DNA.x_tumor.bam",
        "Logs_Intermediates/DragenCaller/P_1_DNA.x/P_1_DNA.x_tumor.bam.bai",
        "Logs_Intermediates/DragenCaller/P_1_DNA.x/evidence.P_1_DNA.x.bam",
    )
    proposal = propose(tmp_path)
    assert proposal.pipeline == "TSO 500"
    assert cells(proposal, "P_1", "P_1_DNA.x") == {
        "vcf": "Results/P_1/P_1_DNA.x/P_1_DNA.x.hard-filtered.vcf",
        "coverage": "Results/P_1/P_1_DNA.x/P_1_DNA.x.hard-filtered.gvcf.gz",
        "cn": "Results/P_1/P_1_CombinedVariantOutput.tsv;Results/P_1/P_1_DNA.x/P_1_DNA.x.cnv.vcf",
        "bam": "Logs_Intermediates/DragenCaller/P_1_DNA.x/P_1_DNA.x_tumor.bam",
    }
    assert cells(proposal, "P_2", "P_2") == {"cn": "Results/P_2/P_2_CombinedVariantOutput.tsv"}
    why = aside(proposal)
    assert why["Results/P_1/P_1_DNA.x/P_1_DNA.x_DragenExonCNV.vcf"] == "exons of BRCA1 and BRCA2 alone"
    assert why["Results/P_1/P_1_RNA/P_1_RNA_SpliceVariants.vcf"] == "splice variants of RNA"
    assert why["Logs_Intermediates/DragenCaller"].startswith("from before the last steps of the app (3 VCFs")
    assert any("into assay" in note for note in proposal.notes)
    assert_sheet_holds(proposal, tmp_path)


def test_tso500_of_the_local_app_and_of_ctdna(tmp_path: Path) -> None:
    made(
        tmp_path,
        "Results/A/A_CombinedVariantOutput.tsv",
        "Results/A/A_DNA/A_DNA_MergedSmallVariants.genome.vcf",
        "Results/A/A_DNA/A_DNA_CopyNumberVariants.vcf",
        "Results/B/B_CombinedVariantOutput.tsv",
        "Results/B/B_hard-filtered.gvcf.gz",
        "Results/B/B.cnv.vcf.gz",
        "Results/B/B.cnv.fc.txt",
    )
    proposal = propose(tmp_path)
    assert cells(proposal, "A") == {
        "vcf": "Results/A/A_DNA/A_DNA_MergedSmallVariants.genome.vcf",
        "cn": "Results/A/A_CombinedVariantOutput.tsv;Results/A/A_DNA/A_DNA_CopyNumberVariants.vcf",
    }
    assert cells(proposal, "B") == {
        "vcf": "Results/B/B_hard-filtered.gvcf.gz",
        "cn": "Results/B/B.cnv.fc.txt;Results/B/B.cnv.vcf.gz;Results/B/B_CombinedVariantOutput.tsv",
    }
    assert_sheet_holds(proposal, tmp_path)


def test_tso500_two_dna_samples_of_a_pair_leave_the_combined_output_to_people(tmp_path: Path) -> None:
    made(
        tmp_path,
        "Results/A/A_CombinedVariantOutput.tsv",
        "Results/A/A1/A1.hard-filtered.vcf",
        "Results/A/A2/A2.hard-filtered.vcf",
    )
    proposal = propose(tmp_path)
    assert [row["sample"] for row in proposal.rows] == ["A1", "A2"]
    assert "speaks of one DNA sample" in aside(proposal)["Results/A/A_CombinedVariantOutput.tsv"]


def test_tso500_combined_outputs_that_were_collected_stand_alone(tmp_path: Path) -> None:
    made(
        tmp_path,
        "A_CombinedVariantOutput.tsv",
        "B_CombinedVariantOutput.tsv",
        "C.hard-filtered.vcf",
        "D/D.hard-filtered.vcf",
    )
    proposal = propose(tmp_path)
    assert cells(proposal, "A") == {"cn": "A_CombinedVariantOutput.tsv"}
    assert cells(proposal, "B") == {"cn": "B_CombinedVariantOutput.tsv"}
    assert set(aside(proposal)) == {"C.hard-filtered.vcf", "D/D.hard-filtered.vcf"}


def test_oncoanalyser_one_tumor_in_two_groups_is_pointed_out(tmp_path: Path) -> None:
    for group, tumor in (("G1", "T1"), ("G1_old", "T1"), ("G2", "T2")):
        oncoanalyser_group(tmp_path, group, tumor, f"{tumor}N")
    proposal = propose(tmp_path)
    assert samples(proposal) == [("G1", "T1"), ("G1_old", "T1"), ("G2", "T2")]
    (note,) = [note for note in proposal.notes if "T1" in note]
    assert note.startswith(
        "T1 lies in the groups G1, G1_old, which are patients of their own in the sheet; if one is a copy"
    )


def test_no_layout_is_said_with_what_was_looked_for(tmp_path: Path) -> None:
    made(tmp_path, "a.vcf.gz", "b/c.bam")
    with pytest.raises(InputError) as caught:
        propose(tmp_path)
    for name in ("nf-core/sarek: ", "nf-core/oncoanalyser: ", "DRAGEN: ", "TSO 500: "):
        assert f"\n  - {name}" in str(caught.value)
    assert caught.value.exit_code == 3
    assert "or write a samplesheet" in str(caught.value)


def test_two_layouts_are_both_named(tmp_path: Path) -> None:
    sarek_pair(tmp_path / "one")
    oncoanalyser_group(tmp_path / "two")
    with pytest.raises(InputError, match="holds 2 output folders") as caught:
        propose(tmp_path)
    assert f"nf-core/sarek in {tmp_path / 'one'}" in caught.value.what
    assert f"nf-core/oncoanalyser in {tmp_path / 'two'}" in caught.value.what
    assert propose(tmp_path / "one").pipeline == "nf-core/sarek"


def test_two_output_folders_of_one_pipeline_are_not_mixed(tmp_path: Path) -> None:
    sarek_pair(tmp_path / "one")
    sarek_pair(tmp_path / "two")
    with pytest.raises(InputError, match="pass one of them at a time"):
        propose(tmp_path)


@pytest.mark.parametrize(("path", "what"), [("file", "is a file, not a folder"), ("none", "no such folder")])
def test_what_is_no_folder_is_refused(tmp_path: Path, path: str, what: str) -> None:
    made(tmp_path, "file")
    with pytest.raises(FileAccessError, match=what):
        propose(tmp_path / path)


def test_a_loop_of_links_ends_and_a_dead_link_is_listed(tmp_path: Path) -> None:
    sarek_pair(tmp_path)
    (tmp_path / "variant_calling" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "variant_calling" / "mutect2" / "gone.vcf.gz").symlink_to(tmp_path / "nothing")
    proposal = propose(tmp_path)
    assert aside(proposal)["variant_calling/again"] == "leads to a folder that was looked at already"
    assert aside(proposal)["variant_calling/mutect2/gone.vcf.gz"].startswith("is a link that leads nowhere")
    assert_sheet_holds(proposal, tmp_path)


def test_a_link_to_itself_is_listed(tmp_path: Path) -> None:
    sarek_pair(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert aside(propose(tmp_path))["self"].startswith("is a link that leads nowhere")


@pytest.mark.parametrize("broken", [b"patient,status,sample\n\xff,1,T", b"\0", b'"' + b"x" * 200_000])
def test_a_broken_table_of_sarek_says_nothing(tmp_path: Path, broken: bytes) -> None:
    sarek_pair(tmp_path)
    written(tmp_path, "csv/recalibrated.csv", "")
    (tmp_path / "csv" / "recalibrated.csv").write_bytes(broken)
    assert [row["sample"] for row in propose(tmp_path).rows] == ["P1_T.1"]


def test_a_link_to_a_file_is_a_result_like_any_other(tmp_path: Path) -> None:
    made(tmp_path, "elsewhere.vcf.gz")
    place = tmp_path / "out" / "variant_calling" / "mutect2" / "A_vs_B"
    place.mkdir(parents=True)
    (place / "A_vs_B.mutect2.filtered.vcf.gz").symlink_to(tmp_path / "elsewhere.vcf.gz")
    assert "vcf" in cells(propose(tmp_path / "out"), "A")


def test_nextflows_work_directory_is_not_looked_at(tmp_path: Path) -> None:
    sarek_pair(tmp_path / "results")
    sarek_pair(tmp_path / "work" / "3f" / "0c1d")
    proposal = propose(tmp_path)
    assert aside(proposal)["work"] == "is Nextflow's work directory; results are published elsewhere"
    assert all(row["vcf"].startswith("results/annotation/") or "annotation" in row["vcf"] for row in proposal.rows)


def test_a_tree_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mdm2screen.run_directories.tree._MOST_FILES", 10)
    sarek_pair(tmp_path)
    with pytest.raises(InputError, match="more than 10 files: no pipeline's output"):
        propose(tmp_path)


@pytest.mark.parametrize("tumor", ["A;B", "A\nB", "NA", " A", "x" * 129, "A\\B"])
def test_a_name_that_no_sheet_can_hold_is_listed(tmp_path: Path, tumor: str) -> None:
    for name in (tumor, "fine"):
        made(tmp_path, f"variant_calling/mutect2/{name}_vs_N/{name}_vs_N.mutect2.filtered.vcf.gz")
    proposal = propose(tmp_path)
    assert [row["sample"] for row in proposal.rows] == ["fine"]
    why = aside(proposal)[f"variant_calling/mutect2/{tumor}_vs_N/{tumor}_vs_N.mutect2.filtered.vcf.gz"]
    assert re.search("holds a semicolon|samplesheet cannot hold|cannot stand in a samplesheet|looks like a path", why)
    assert_sheet_holds(proposal, tmp_path)


def test_a_sheet_written_elsewhere_finds_the_files(tmp_path: Path) -> None:
    run = oncoanalyser_group(tmp_path / "run")
    sheets = made(tmp_path / "sheets" / "of today", "x").resolve()
    text = as_samplesheet(propose(run), beside=sheets)
    (patient,) = samplesheet.parse(text.encode(), "sheet.csv", sheets)
    assert all(path.is_file() for path in patient.samples[0].files)


def test_purity_diagnosis_and_assay_are_left_to_the_laboratory(tmp_path: Path) -> None:
    header, row = as_samplesheet(propose(dragen_tumor(tmp_path))).splitlines()
    given_cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert list(given_cells) == list(samplesheet.COLUMNS)
    for column in ("purity", "ploidy", "diagnosis", "assay", "specimen", "build", "collected", "mdm2_inhibitor"):
        assert given_cells[column] == ""


def test_a_proposed_sheet_is_screened(tmp_path: Path) -> None:
    calls = tmp_path / "variant_calling"
    for tool in ("mutect2", "strelka", "cnvkit"):
        (calls / tool / "T_vs_N").mkdir(parents=True)
    mutated = vb.record("17", *vb.R175H["GRCh37"])
    vb.vcf(calls / "mutect2" / "T_vs_N" / "T_vs_N.mutect2.filtered.vcf.gz", vb.record("17", 7579472, "G", "C"))
    vb.vcf(calls / "strelka" / "T_vs_N" / "T_vs_N.strelka.somatic_snvs.vcf.gz", mutated)
    vb.amplified_cns(calls / "cnvkit" / "T_vs_N" / "T.cns")
    sheet = as_samplesheet(propose(tmp_path))
    (patient,) = samplesheet.parse(sheet.encode(), "sheet.csv", tmp_path)
    (row,) = patient.samples
    row.options["build"] = "GRCh37"
    decision = screen(*row.files, patient=patient.patient, **row.options)
    by_criterion = {call.criterion: call.status for call in decision.calls}
    assert by_criterion["mdm2_amplification"] == "MET"
    assert by_criterion["tp53_wild_type"] == "NOT_MET", "what one of two callers found counts"


_names = st.text(st.sampled_from("AB1._-vs ,\"'#="), min_size=1, max_size=8).filter(
    lambda name: name.strip(".") != "" and not name.startswith(".")
)


def proposed(folder: Path, pipeline: str) -> Proposal | None:
    """The proposal; ``None`` where the pipeline was recognised and none of its samples can stand in a sheet."""
    try:
        return propose(folder)
    except InputError as refused:
        if f"looks like {pipeline}" not in str(refused):
            raise
        return None


@given(tumors=st.sets(_names, min_size=1, max_size=4), normal=_names)
def test_every_proposal_holds_whatever_samples_are_called(
    tmp_path_factory: pytest.TempPathFactory, tumors: set[str], normal: str
) -> None:
    folder = tmp_path_factory.mktemp("run")
    for tumor in tumors:
        unit = f"{tumor}_vs_{normal}"
        made(
            folder,
            f"variant_calling/mutect2/{unit}/{unit}.mutect2.filtered.vcf.gz",
            f"variant_calling/cnvkit/{unit}/{tumor}.cns",
        )
    if (proposal := proposed(folder, "nf-core/sarek")) is not None:
        assert_sheet_holds(proposal, folder)


@given(names=st.sets(_names, min_size=1, max_size=3))
def test_every_proposal_of_dragen_holds_whatever_samples_are_called(
    tmp_path_factory: pytest.TempPathFactory, names: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("run")
    for name in names:
        dragen_tumor(folder, name, "all")
    if (proposal := proposed(folder, "DRAGEN")) is not None:
        assert_sheet_holds(proposal, folder)
        assert proposal == propose(folder)


_ids = st.sampled_from(["A", "B.1", "A_vs_B", "B_T", "A.B"])
_ends = st.sampled_from(
    [
        ".mutect2.filtered.vcf.gz", ".mutect2.vcf.gz", ".strelka.somatic_snvs.vcf.gz", ".manta.somatic_sv.vcf.gz",
        ".cns", ".call.cns", ".segments.txt", "_ratio.txt", "_CNVs", ".contamination.table", ".vcf.gz",
        ".recal.bam", ".recal.bam.bai", ".cram", ".bam", "_tumor.bam", "_tumor.bam.bai",
        ".purple.somatic.vcf.gz", ".purple.purity.tsv", ".sage.somatic.vcf.gz", ".redux.bam", ".redux.bam.bai",
        ".hard-filtered.vcf.gz", ".hard-filtered.gvcf.gz", ".cnv.vcf.gz", ".seg.called.merged",
        "_CombinedVariantOutput.tsv", "_MergedSmallVariants.genome.vcf", "_DragenExonCNV.vcf",
    ]
)  # fmt: skip
_places = {
    "sarek": ["variant_calling/mutect2/{0}_vs_{1}", "variant_calling/cnvkit/{0}", "annotation/strelka/{0}_vs_{1}",
              "preprocessing/recalibrated/{0}", "variant_calling/freebayes/{0}", "variant_calling/manta/{0}"],
    "oncoanalyser": ["{1}/purple", "{1}/sage/somatic", "{1}/alignments/dna", "{1}/esvee/caller"],
    "dragen": [".", "{0}", "run"],
    "tso500": ["Results/{0}", "Results/{1}/{0}", "Logs_Intermediates/DragenCaller/{0}"],
}  # fmt: skip


@pytest.mark.parametrize("pipeline", _places)
@given(data=st.data())
def test_no_file_is_forgotten_whatever_lies_where(
    tmp_path_factory: pytest.TempPathFactory, pipeline: str, data: st.DataObject
) -> None:
    places = st.sampled_from(_places[pipeline])
    folder = tmp_path_factory.mktemp("run")
    for place, one, other, end in data.draw(st.lists(st.tuples(places, _ids, _ids, _ends), min_size=1, max_size=30)):
        made(folder, f"{place.format(one, other)}/{one}{end}")
    try:
        proposal = propose(folder)
    except InputError:
        return
    assert_sheet_holds(proposal, folder)


def test_each_pipeline_is_listed_once() -> None:
    names = [one.name for one in run_directories._PIPELINES]
    assert len(names) == len(set(names)) == 4
