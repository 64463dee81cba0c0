"""Reports: what an authority, a database and peers are told, judged by their own readers."""

import json
import subprocess

from support.program import REFUSED
from support.tools import python_with
from test_conduct import post, ruled, store  # noqa: F401  (fixtures)


def sanctioned(store):
    """An account that was warned, and then restricted."""
    store.run("platform", "set", "chat", "--territory", "DE,FR", by="ada")
    for _ in range(2):
        line = store.write(json.dumps(post("moon", lang="de")) + "\n")
        store.run("conduct", "ingest", "--platform", "chat", line, by="chat")
    return store.run("sanction", "list").lines


def make(store, kind, *more):
    return store.run("report", "make", "--kind", kind, "chat", *more, by="ines").out


def test_the_authority_is_told_once_with_proof_and_gives_a_receipt(store):
    sanctions = sanctioned(store)
    report = json.loads(make(store, "authority"))
    assert [told["sanction"]["kind"] for told in report["sanctions"]] == ["warn", "restrict"]
    for told in report["sanctions"]:
        assert told["account"]["id"] == "moon"
        assert told["infractions"] and told["infractions"][0]["evidence"]
        proof = told["proof"]
        proved = store.run("record", "prove", str(proof["entry"])).out
        assert proof["entry"] > 0 and len(proof["leaf_hash"]) == 64 and proved
    again = store.run(
        "report", "make", "--kind", "authority", "chat", by="ines", expect=REFUSED)
    assert "nothing to report" in again.err
    listed = store.run("report", "list").one
    assert listed["id"] == report["report"] and len(listed["sanctions"]) == len(sanctions)
    received = store.run(
        "report", "receive", report["report"], "--receipt", "CAC-7", by="ines").one
    assert received["receipt"] == "CAC-7"
    table = make(store, "authority", "--table", "--sanction", report["sanctions"][0]["sanction"][
        "number"]).splitlines()
    assert len(table) == 2 and table[0].startswith("report,platform,account")
    assert store.run("record", "verify").one["verified"]


def test_a_statement_of_reasons_tells_of_the_restriction_and_of_nobody(store):
    sanctioned(store)
    lines = make(store, "dsa").splitlines()
    assert len(lines) == 1, "a warning restricts nothing, and is not told"
    statement = json.loads(lines[0])
    assert statement["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert statement["territorial_scope"] == ["DE", "FR"]
    assert statement["automated_decision"] == "AUTOMATED_DECISION_FULLY"
    assert "moon" not in lines[0].lower()


XARF = """
import json, sys, xarf
for line in sys.stdin:
    report = json.loads(line)
    result = xarf.parse(report)
    assert not result.errors and not result.warnings, (result.errors, result.warnings)
    print(report["url"])
"""


def test_hosts_take_what_they_are_told(store):
    sanctioned(store)
    refused = store.run("report", "make", "--kind", "xarf", "chat", by="ines", expect=REFUSED)
    assert "notice.reporter" in refused.err
    store.settings.update({
        "CORDON_MAIL_FROM": "abuse@forum.example", "CORDON_NOTICE_REPORTER": "Forum Ltd",
        "CORDON_NOTICE_CONTACT": "abuse@forum.example", "CORDON_NOTICE_RULE": "Sample Act s. 1"})
    lines = make(store, "xarf")
    assert lines.splitlines() and lines == make(store, "xarf") and "moon" not in lines.split(
        '"evidence"')[0]
    read = subprocess.run(
        [python_with("xarf==1.0.0"), "-c", XARF], input=lines, capture_output=True, text=True)
    assert read.returncode == 0 and read.stdout.split() == ["https://exchange.example/"] * len(
        lines.splitlines()), read.stderr


def test_peers_take_what_they_are_told(store, tmp_path):
    sanctioned(store)
    python = python_with("stix2-validator==3.3.2", "pymisp==2.5.34.4")
    bundle, event = tmp_path / "bundle.json", tmp_path / "event.json"
    bundle.write_text(make(store, "stix"))
    event.write_text(make(store, "misp"))
    judged = subprocess.run(
        [python.parent / "stix2_validator", bundle], capture_output=True, text=True)
    assert judged.returncode == 0 and "Valid" in judged.stdout, judged.stdout
    read = subprocess.run(
        [python, "-c",
         "import json, sys, pymisp; e = pymisp.MISPEvent();"
         "e.from_dict(**json.load(open(sys.argv[1]))['Event']); print(len(e.attributes))", event],
        capture_output=True, text=True)
    assert read.returncode == 0 and int(read.stdout) >= 3, read.stderr
