"""The rules in force, in the form of other systems, which then block what Cordon blocks."""

import ipaddress
import json
import subprocess

import pytest

from support import client, peers
from support.authority import address_of
from support.fixtures import names_in
from support.orders import order, sample
from support.program import REFUSED
from support.waiting import until

PROTECTED = "help.zone-venue.com"
BINDINGS = ("bind", "unbound")


@pytest.fixture(scope="module")
def exported(new_store):
    """A store with the sample order and a few rules of other kinds in force."""
    store = new_store("zones", own_lists=True)
    store.settings.update(CORDON_PROTECTED=PROTECTED, CORDON_GATE_BLOCK_PAGE="192.0.2.80")
    store.put_in_force(sample(), reason="looked at")
    store.put_in_force(order("ZONE-1", "zone-venue.com", ("app.zone-exact.com", "exact")))
    store.put_in_force(order("ZONE-2", "zone-page.com", answer="address"))
    store.put_in_force(order("ZONE-3", "zone-nodata.com", answer="nodata"))
    store.put_in_force(order("ZONE-4", "zone-observed.com", mode="observe"))
    lifted = store.put_in_force(order("ZONE-5", "zone-lifted.com"))
    store.run("order", "revoke", lifted["id"], "--reason", "over", by="otto")
    store.bring_in(order("ZONE-6", "zone-waiting.com"))
    return store


def in_force():
    """The names and scopes that the store blocks."""
    pairs = {(target["name"], target["scope"]) for target in sample()["targets"]}
    return pairs | {
        ("zone-venue.com", "subtree"), ("app.zone-exact.com", "exact"),
        ("zone-page.com", "subtree"), ("zone-nodata.com", "subtree")}


def must_block():
    """Names that a subscriber must block."""
    for name, scope in sorted(in_force()):
        if name == "zone-page.com":
            continue
        yield name
        if scope == "subtree":
            yield f"www.{name}"
            yield f"a.b.{name}"


def must_leave_alone():
    """Names that a subscriber must leave alone."""
    beside = [
        PROTECTED, f"deeper.{PROTECTED}", "below.app.zone-exact.com", "zone-exact.com",
        "zone-observed.com", "zone-lifted.com", "zone-waiting.com"]
    exact = [f"below.{name}" for name, scope in in_force() if scope == "exact"]
    return [*beside, *exact, *names_in("look-alikes.txt"), *names_in("popular-10k.txt")[:300]]


@pytest.fixture(scope="module")
def zone_file(exported, tmp_path_factory):
    """The policy zone as a file."""
    path = tmp_path_factory.mktemp("rpz") / "policy.zone"
    path.write_text(exported.run("zone", "export", "--to", "rpz", json=False).out)
    return path


@pytest.fixture(scope="module", params=BINDINGS)
def subscriber(request, zone_file, tmp_path_factory, authority):
    """Another resolver that applies the policy zone, and else forwards to the authority."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "bind":
        peer = peers.bind(folder, {"policy.cordon": zone_file}, f"""
  recursion yes; empty-zones-enable no; forward only;
  forwarders {{ 127.0.0.1 port {authority.port}; }};
  response-policy {{ zone "policy.cordon"; }};""")
    else:
        peer = peers.unbound(folder, f"""
  module-config: "respip iterator"
rpz:
  name: policy.cordon
  zonefile: "{zone_file}"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@{authority.port}
""")
    # Some read the policy zone after they began to answer.
    until(lambda: not client.ask(peer.port, "zone-nodata.com").answer, "the policy zone is read")
    yield peer
    peer.close()


def test_the_policy_zone_passes_binds_own_check(zone_file):
    checked = subprocess.run(
        [peers.program("named-checkzone"), "policy.cordon", zone_file], capture_output=True,
        text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "OK" in checked.stdout


def test_a_subscriber_blocks_every_name_in_force(subscriber):
    names = list(must_block())
    found = client.ask_many(subscriber.port, names)
    wrong = [n for n in names if bytes(map(int, address_of(n).split("."))) in found[n]
             or found[n][6:8] != b"\0\0"]
    assert not wrong, f"{len(wrong)} names are not blocked, such as {wrong[:5]}"


def test_a_subscriber_leaves_all_other_names_alone(subscriber):
    names = must_leave_alone()
    found = client.ask_many(subscriber.port, names)
    wrong = [n for n in names if bytes(map(int, address_of(n).split("."))) not in found[n]]
    assert not wrong, f"{len(wrong)} names do not resolve, such as {wrong[:5]}"


def test_a_subscriber_answers_the_block_pages_address_where_the_order_says_so(subscriber):
    for name in ("zone-page.com", "www.zone-page.com"):
        assert client.addresses(client.ask(subscriber.port, name)) == ["192.0.2.80"]


def test_above_a_protected_name_a_subscriber_does_not_deny_existence(subscriber):
    answer = client.ask(subscriber.port, "zone-venue.com")
    assert (client.rcode(answer), answer.answer) == ("NOERROR", [])


def test_the_zone_can_have_another_name(exported, tmp_path):
    out = exported.run("zone", "export", "--to", "rpz", "--zone", "rpz.example.org", json=False)
    path = tmp_path / "zone"
    path.write_text(out.out)
    checked = subprocess.run(
        [peers.program("named-checkzone"), "rpz.example.org", path], capture_output=True,
        text=True, timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_serial_of_the_zone_rises_with_each_change_of_the_rules(new_store):
    store = new_store("serial")

    def serial():
        text = store.run("zone", "export", "--to", "rpz", json=False).out
        return int(next(line for line in text.splitlines() if " SOA " in line).split()[5])

    serials = [serial()]
    line = store.put_in_force(order("SERIAL-1", "serial-venue.com"))
    serials.append(serial())
    for verb in ("suspend", "resume", "revoke"):
        store.run("order", verb, line["id"], "--reason", "so be it", by="otto")
        serials.append(serial())
    assert serials == sorted(set(serials)), serials
    store.bring_in(order("SERIAL-2", "serial-other.com"))
    assert serial() == serials[-1], "an order that waits changes no rule"


def test_the_hosts_file_names_each_blocked_name_once_for_each_kind_of_address(exported):
    out = exported.run("zone", "export", "--to", "hosts", json=False).out
    found = []
    for line in out.splitlines():
        content = line.partition("#")[0].split()
        if content:
            assert len(content) == 2, line
            found.append((ipaddress.ip_address(content[0]).version, content[1]))
    names = {name for name, _ in in_force()}
    assert {name for _, name in found} == names
    assert len(found) == len(set(found)) == 2 * len(names)


def test_the_json_form_holds_each_rule_with_what_it_rests_on(exported):
    made = json.loads(exported.run("zone", "export", "--to", "json").out)
    rules = made["rules"]
    blocking = {(rule["name"], rule["scope"]) for rule in rules if rule["mode"] == "block"}
    assert blocking == in_force()
    observing = [rule["name"] for rule in rules if rule["mode"] == "observe"]
    assert observing == ["zone-observed.com"]
    for rule in rules:
        assert rule.keys() >= {"name", "scope", "answer", "order", "reference", "until"}
    assert made["count"] == len(rules)


def test_an_empty_record_exports_an_empty_zone_that_loads(store, tmp_path):
    path = tmp_path / "zone"
    path.write_text(store.run("zone", "export", "--to", "rpz", json=False).out)
    checked = subprocess.run(
        [peers.program("named-checkzone"), "policy.cordon", path], capture_output=True, text=True,
        timeout=60, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(store.run("zone", "export", "--to", "json").out)["rules"] == []


def test_an_unknown_form_is_refused_with_those_that_are_known(store):
    said = store.run("zone", "export", "--to", "floppy", expect=REFUSED).err
    for form in ("json", "hosts", "rpz"):
        assert form in said
