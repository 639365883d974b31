"""Versions of a protocol: amendments laid over the first rules, choosing one, and what is refused."""

import datetime
import hashlib
from pathlib import Path

import pytest

import vcf_builder as vb
from mdm2screen.cli import run
from mdm2screen.errors import ProtocolError, UsageError
from mdm2screen.protocol import TrialProtocol, load_shipped, parse, shipped, shipped_text
from mdm2screen.protocol_file import load_protocol
from mdm2screen.screening import screen

FIRST = shipped_text("mantra-2", "2022-06")
LATER = '\n[[amendment]]\nversion = "b"\ndate = 2022-07-01\nstatement = "s"\nsource = "x"\n'
LAST = LATER.replace('"b"', '"c"').replace("07-01", "08-01")
COPIES_10 = 'copies_min = { value = 10, unit = "copies", source = "amendment" }\n'
TEN = f"[amendment.local.mdm2_amplification]\n{COPIES_10}"


def dumped(trial: TrialProtocol, side: str = "local") -> dict[str, dict[str, object]]:
    return {rule.criterion: rule.model_dump() for rule in getattr(trial, side)}


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(ProtocolError) as error:
        parse(text, "mine.toml")
    return error.value.faults


def test_mantra_2_before_and_after_the_interim_analysis() -> None:
    before, after = (load_shipped("mantra-2", version=one) for one in ("2022-06", "2022-10"))
    assert load_shipped("mantra-2") == after
    assert [one.version for one in after.versions] == ["2022-06", "2022-10"]
    assert [one.date.isoformat() for one in after.versions] == ["2022-06-03", "2022-10-26"]
    assert (before.version, before.date, before.status) == ("2022-06", datetime.date(2022, 6, 3), "terminated")
    number = {v.version: dumped(v, "central")["mdm2_amplification"]["copies_min"] for v in (before, after)}
    assert [number[one]["value"] for one in ("2022-06", "2022-10")] == ["unknown", 8]  # type: ignore[index]
    assert dumped(before) == dumped(after)
    unchanged = {"central", "version", "date", "digest"}
    assert before.model_dump(exclude=unchanged) == after.model_dump(exclude=unchanged)


@pytest.mark.parametrize("identifier", shipped())
def test_the_file_up_to_a_version_is_that_version(identifier: str) -> None:
    for one in load_shipped(identifier).versions:
        alone = parse(shipped_text(identifier, one.version), "alone")
        full = load_shipped(identifier, version=one.version)
        assert alone.model_dump(exclude={"digest", "versions"}) == full.model_dump(exclude={"digest", "versions"})
    assert shipped_text(identifier, load_shipped(identifier).version) == shipped_text(identifier)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2022-06-03", "2022-06"),
        ("2022-10-25", "2022-06"),
        ("2022-10-26", "2022-10"),
        ("2099-01-01", "2022-10"),
        (datetime.date(2022, 7, 1), "2022-06"),
        (datetime.datetime(2022, 7, 1, 12, tzinfo=datetime.UTC), "2022-06"),
    ],
)
def test_the_version_in_force_on_a_day(day: str | datetime.date, version: str) -> None:
    assert load_protocol("mantra-2", as_of=day).version == version


def test_a_version_of_an_own_file_stands_behind_its_name(tmp_path: Path) -> None:
    path = tmp_path / "p@1" / "my.toml"
    path.parent.mkdir()
    path.write_text(FIRST + LATER + TEN)
    assert load_protocol(path).version == "b"
    assert load_protocol(f"{path}@2022-06").version == "2022-06"
    assert load_protocol(path, as_of="2022-06-30").version == "2022-06"


def test_an_amendment_replaces_numbers_whole_and_tables_by_field() -> None:
    old = dumped(parse(FIRST, "a"))
    text = FIRST + LATER + TEN + "[amendment.local.tp53_wild_type.callability]\nmin_alt_reads = { value = 3, "
    found = dumped(parse(text + 'unit = "reads", source = "amendment" }\n', "a"))
    assert found["mdm2_amplification"]["copies_min"] == {"value": 10, "unit": "copies", "source": "amendment"}
    assert found["mdm2_amplification"]["fold_min"] == old["mdm2_amplification"]["fold_min"]
    reads, before = found["tp53_wild_type"]["callability"], old["tp53_wild_type"]["callability"]
    assert reads["min_alt_reads"]["value"] == 3  # type: ignore[index]
    assert {**reads, "min_alt_reads": 0} == {**before, "min_alt_reads": 0}  # type: ignore[dict-item]
    # without its source a number is no number, for it never keeps the source of the one before
    bare = FIRST + LATER + "[amendment.local.mdm2_amplification]\ncopies_min = { value = 10 }\n"
    assert any("copies_min.source: Field required" in fault for fault in faults(bare))


def test_amendments_build_on_each_other() -> None:
    text = FIRST + LATER + TEN + LAST + '[amendment.local.mdm2_amplification]\nwithdrawn = ["fold_min"]\n'
    last, before = parse(text, "a"), parse(text, "a", version="b")
    assert dumped(last)["mdm2_amplification"]["copies_min"]["value"] == 10  # type: ignore[index]
    assert dumped(last)["mdm2_amplification"]["fold_min"] is None
    assert dumped(before)["mdm2_amplification"]["fold_min"] is not None


def test_a_criterion_is_added_and_withdrawn_and_the_status_changes() -> None:
    added = '[[amendment.central.tumor_type.exclude]]\ncode = "BLCA"\nsource = "amendment"\n'
    text = FIRST + LATER.replace("source", 'status = "completed"\nsource') + added
    text += LAST + "[amendment.local.tumor_type]\nwithdrawn = true\n"
    middle, last = parse(text, "a", version="b"), parse(text, "a")
    assert list(dumped(middle, "central")) == ["mdm2_amplification", "tp53_wild_type", "tumor_type"]
    assert (middle.status, last.status, parse(text, "a", version="2022-06").status) == (
        "completed",
        "completed",
        "terminated",
    )
    assert list(dumped(middle)) == ["mdm2_amplification", "tp53_wild_type", "tumor_type"]
    assert list(dumped(last)) == ["mdm2_amplification", "tp53_wild_type"]


@pytest.mark.parametrize(
    ("amendment", "found"),
    [
        (LATER, "amendment 1 (b): changes nothing: what was published without a change of rules stands in [[history]]"),
        (LATER + 'statos = "x"\n', "amendment 1 (b): statos: unknown key; did you mean status"),
        (LATER + 'id = "x"\n' + TEN, "amendment 1 (b): id: unknown key"),
        (LATER.replace('"b"', '"2022-06"') + TEN, "amendment 1 (2022-06): version: 2022-06 stands twice"),
        (
            LATER.replace("2022-07-01", "2022-06-03") + TEN,
            "amendment 1 (b): date: 2022-06-03 is not behind 2022-06-03, the date of 2022-06",
        ),
        (
            LATER + TEN.replace("copies_min", "copies_mim"),
            "amendment 1 (b): local 1 (mdm2_amplification): copies_mim: unknown key; did you mean copies_min",
        ),
        (
            LATER + TEN.replace("mdm2_ampl", "mdm2_amlp"),
            "amendment 1 (b): local 4 (mdm2_amlpification): no such rule; did you mean mdm2_amplification",
        ),
        (
            LATER + "[amendment.local.tumor_type]\nwithdrawn = 3\n",
            "amendment 1 (b): local.tumor_type.withdrawn: must be",
        ),
        (
            LATER + "[amendment.central.tumor_type]\nwithdrawn = true\n",
            "amendment 1 (b): central.tumor_type: is withdrawn, but was not there",
        ),
        (
            LATER + "[amendment.local.tumor_type]\nwithdrawn = true\nreview = []\n",
            "amendment 1 (b): local.tumor_type: is withdrawn, but cannot change what it withdraws",
        ),
        (
            LATER + '[amendment.local.tumor_type]\nwithdrawn = ["includes"]\n',
            "amendment 1 (b): local.tumor_type: includes is withdrawn, but was not there",
        ),
        (LATER + '[amendment.local.tumor_type]\nrule = "x"\n', "amendment 1 (b): local.tumor_type.rule: unknown key"),
        (LATER + '[[amendment.local]]\nrule = "x"\n', "amendment 1 (b): local: must be tables [amendment.local.CRIT"),
        (LATER.replace("statement", "statment") + TEN, "amendment 1 (b): statement: Field required"),
        (LATER.replace('"b"', '"b c"') + TEN, "amendment 1 (b c): version: String should match pattern"),
        ('\n[amendment]\nversion = "b"\n', "amendment: must be a list of [[amendment]] tables"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused(amendment: str, found: str) -> None:
    assert any(fault.startswith(found) for fault in faults(FIRST + amendment)), faults(FIRST + amendment)


def test_every_version_is_validated_and_a_fault_is_told_once_where_it_arose() -> None:
    wrong = FIRST.replace("value = 12", "value = -12", 1)
    twice = LATER + "[amendment.local.tumor_type]\nreview = []\n" + LAST + "[amendment.local]\nwrong = {}\n"
    found = faults(wrong + twice)
    assert len(found) == 2
    assert found[0].startswith("local 1 (mdm2_amplification): copies_min")
    assert found[1].startswith("amendment 2 (c): local 4 (wrong): no such rule")


def test_the_first_version_needs_its_statement_too() -> None:
    text = FIRST.replace('statement = "local', 'statment = "local', 1)
    assert faults(text) == ("statement: Field required", "statment: unknown key; did you mean statement")


def test_history_is_no_version() -> None:
    assert [str(one.date) for one in load_shipped("mantra-2").history] == ["2025-08-11"]


def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, *options: str) -> tuple[int, str]:
    path = vb.vcf(tmp_path / "t.vcf.gz", vb.record("17", 7579472, "G", "C"))
    code = run(["check", str(path), *options])
    return code, capsys.readouterr().err


def test_errors_of_versions_say_what_there_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said = refused(capsys, tmp_path, "--protocol", "mantra-2@2023")
    assert code == 4
    assert "mantra-2 has no version '2023'; known: 2022-06 (2022-06-03), 2022-10 (2022-10-26)" in said
    code, said = refused(capsys, tmp_path, "--as-of", "2022-01-01")
    assert code == 4
    assert "no rules of mantra-2 were published by 2022-01-01; the first are version 2022-06 of 2022-06-03" in said
    code, said = refused(capsys, tmp_path, "--protocol", "mantra-2@2022-06", "--as-of", "2022-07-01")
    assert code == 2
    assert "--as-of 2022-07-01 was given, but mantra-2@2022-06 names a version" in said
    code, said = refused(capsys, tmp_path, "--as-of", "July")
    assert code == 2
    assert "--as-of July is no day" in said
    code, said = refused(capsys, tmp_path, "--protocol", "mantra-9@2022-06")
    assert code == 4
    assert "no protocol is called 'mantra-9'" in said


def test_the_decision_names_the_version_and_a_protocol_object_takes_no_day(tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "t.vcf.gz", vb.record("17", 7579472, "G", "C"))
    assert screen(path).protocol.version == "2022-10"
    assert screen(path, as_of="2022-07-01").protocol.version == "2022-06"
    assert screen(path, protocol="mantra-2@2022-06").warnings == ()
    with pytest.raises(UsageError, match="a TrialProtocol is of one version"):
        screen(path, protocol=load_shipped("mantra-2"), as_of="2022-07-01")


def test_what_is_amended_later_changes_no_digest_of_an_earlier_version() -> None:
    text = shipped_text("mantra-2")
    first = parse(shipped_text("mantra-2", "2022-06"), "first.toml")
    assert first.digest == parse(text, "m.toml", version="2022-06").digest
    assert first.digest != parse(text, "m.toml").digest
    assert parse(text, "m.toml").digest == hashlib.sha256(text.encode()).hexdigest()


DIGESTS = {
    ("brightline-2", "2024-01"): "897eea9f4833c00ee400218382082c427150e54055ef9df1746f5a0560d0ca71",
    ("jp-intimal-sarcoma", "2019-09"): "149c392e9730ab6f64c0e94daa6180bba240e263f355cd088c0cf10d6a277127",
    ("mantra-2", "2022-06"): "2b5e97d4861fea92f7155d97a0f627a2628ed371670fe86b7de3f160365cd526",
    ("mantra-2", "2022-10"): "8ee245ac5b3a0d2464d7650fa394d7ffd7547108fa687595e182146eeb2e0e0b",
    ("mantra-4", "2022-05"): "d44a83c214c6a944cddb6ecbee31973e2b846bd19ffe6b5738e1b4e19d54bb29",
}
"""Every version that ships."""


def test_a_version_that_ships_is_never_changed() -> None:
    found = {
        (name, version.version): load_shipped(name, version=version.version).digest
        for name in shipped()
        for version in load_shipped(name).versions
    }
    changed = [
        f"{name}@{version}" for (name, version), digest in DIGESTS.items() if found.get((name, version)) != digest
    ]
    assert not changed, (
        f"{', '.join(changed)}: decisions that were made under a shipped version cannot be confirmed or compared any "
        "more when a number or a word of it changes; add an [[amendment]] with a version and a date of its own"
    )
    assert found.keys() == DIGESTS.keys(), "write the digest of a new version into this table"
