"""The walk of an order: imported, refused to its importer, confirmed, blocked, and undone again."""

import json
import re
import subprocess
import time

import pytest

from support import client
from support.authority import address_of
from support.fixtures import names_in
from support.orders import moment, order, sample
from support.program import BINARY, DONE, REFUSED, REPOSITORY, environment

class Walk:
    """The sample order on its way, and what each step said."""

    def __init__(self, store, server):
        self.store, self.server = store, server
        self.order = sample()
        self.imported = store.bring_in(self.order)
        self.id = self.imported["id"]
        confirm = ("order", "confirm", self.id)
        self.before = client.ask(server.port, f"www.{self.order['targets'][0]['name']}")
        self.by_importer = store.run(*confirm, by="ines", expect=None)
        self.without_reason = store.run(*confirm, by="otto", expect=None)
        self.confirmed = store.run(*confirm, "--reason", "looked at", by="otto", expect=None)

    @property
    def hosts(self):
        """Every name that must be blocked, with its scope."""
        for target in self.order["targets"]:
            yield target["name"], target["scope"]
            if target["scope"] == "subtree":
                yield "www." + target["name"], "subtree"


@pytest.fixture(scope="module")
def walk(new_store, authority):
    store = new_store("walk", own_lists=True)
    with store.serve(upstream=authority.address) as server:
        yield Walk(store, server)


# MARK: The sample order


def test_an_import_counts_every_target(walk):
    counts = walk.imported["counts"]
    assert sum(counts.values()) == len(walk.order["targets"])
    assert walk.imported["state"] == "assessed"
    assert walk.imported["reference"] == walk.order["reference"]


def test_an_order_that_nobody_confirmed_blocks_nothing(walk):
    assert not client.is_blocked(walk.before)
    assert client.rcode(walk.before) == "NOERROR"


def test_the_officer_who_imported_cannot_confirm(walk):
    assert walk.by_importer.code == REFUSED
    assert "second officer" in walk.by_importer.err


def test_the_refused_confirmation_is_on_the_record(walk):
    attempts = [
        line for line in walk.store.history(walk.id)
        if line["by"] == "ines" and "confirm was refused" in line["what"]
    ]
    assert len(attempts) == 1, walk.store.history(walk.id)


def test_held_names_wait_for_a_second_person_with_a_written_reason(walk):
    assert walk.without_reason.code == REFUSED
    assert "wait for a person" in walk.without_reason.err
    assert walk.confirmed.code == DONE, str(walk.confirmed)
    assert walk.confirmed.one["state"] == "in-force"
    assert walk.confirmed.one["enforced"] == len(walk.order["targets"])


def test_every_host_is_blocked_with_the_orders_reference(walk):
    for name, scope in walk.hosts:
        answer = client.ask(walk.server.port, name)
        assert [code for code, _ in client.errors(answer)] == [16], f"{name}: {answer}"
        assert walk.order["reference"] in client.errors(answer)[0][1], f"{name}: {answer}"
        assert not answer.answer, f"{name}: {answer}"
        expected = "NXDOMAIN" if scope == "subtree" else "NOERROR"
        assert client.rcode(answer) == expected, f"{name}: {answer}"


def test_dig_shows_the_reference_for_every_host(walk):
    hosts = [name for name, _ in walk.hosts]
    batch = walk.store.write("".join(f"{name} A\n" for name in hosts), ".txt")
    dig = subprocess.run(
        ["dig", "@127.0.0.1", "-p", str(walk.server.port), "+tries=3", "-f", str(batch)],
        capture_output=True, text=True, timeout=120, check=False)
    assert dig.returncode == 0, dig.stderr
    shown = re.findall(r"EDE: 16 \(Censored\): \((.*)\)", dig.stdout)
    assert len(shown) == len(hosts), dig.stdout[:2000]
    assert all(walk.order["reference"] in text for text in shown), shown[:5]
    asked = re.findall(r"^;(\S+)\.\s+IN\s+A$", dig.stdout, re.M)
    assert asked == hosts


def assert_all_forwarded(walk, authority, names):
    found = client.ask_many(walk.server.port, names)
    wrong = [n for n in names if bytes(map(int, address_of(n).split("."))) not in found[n]]
    assert not wrong, f"{len(wrong)} of {len(names)} names are not resolved, such as {wrong[:5]}"
    unasked = [name for name in names if authority.count(name) == 0]
    assert not unasked, f"{len(unasked)} names were not forwarded, such as {unasked[:5]}"


def test_ten_thousand_popular_names_are_all_forwarded(walk, authority):
    names = names_in("popular-10k.txt")
    assert len(names) == 10_000
    assert_all_forwarded(walk, authority, names)


def test_look_alikes_are_all_forwarded(walk, authority):
    names = names_in("look-alikes.txt")
    assert len(names) >= 300
    assert_all_forwarded(walk, authority, names)
    assert_all_forwarded(walk, authority, ["notbinance.com", "binance.com.example-site.org"])


# MARK: A change counts for the next query


def timed(deed):
    """How long a deed took, in seconds."""
    start = time.monotonic()
    deed()
    return time.monotonic() - start


def test_suspend_resume_and_revoke_count_for_the_next_query(walk):
    store, port = walk.store, walk.server.port
    name = "lifted-venue.com"
    line = store.put_in_force(order("LIFT-1", name))

    def decide(verb, by):
        store.run("order", verb, line["id"], "--reason", "a court asked for it", by=by)

    assert client.blocked(port, name)
    decide("suspend", "ines")
    assert client.addresses(client.ask(port, name)) == [address_of(name)]
    decide("resume", "otto")
    assert client.blocked(port, name)
    took = timed(lambda: decide("revoke", "ines"))
    assert client.addresses(client.ask(port, name)) == [address_of(name)]
    assert took < 1, f"revoking took {took:.2f} s; the order gives it 1 s"


def test_what_was_done_to_an_order_is_in_its_history(walk):
    line = walk.store.put_in_force(order("HISTORY-1", "history-venue.com"))
    for verb in ("suspend", "resume", "revoke"):
        walk.store.run("order", verb, line["id"], "--reason", f"for {verb}", by="otto")
    history = walk.store.history(line["id"])
    said = " / ".join(entry["what"] for entry in history)
    for part in ("received", "assessed", "confirmed", "in force", "suspended: for suspend",
                 "resumed: for resume", "revoked: for revoke"):
        assert part in said, said
    entries = [entry["entry"] for entry in history]
    assert entries == sorted(set(entries))


def test_suspending_without_a_reason_is_refused(walk):
    line = walk.store.put_in_force(order("REASON-1", "reason-venue.com"))
    for verb in ("suspend", "revoke"):
        result = walk.store.run("order", verb, line["id"], by="otto", expect=REFUSED)
        assert "reason" in result.err
    assert client.blocked(walk.server.port, "reason-venue.com")


# MARK: Explaining


def test_explain_says_who_blocks_a_name_on_what_basis_and_until_when(walk):
    target = walk.order["targets"][0]["name"]
    said = walk.store.run("explain", f"www.{target}").one
    assert said["decision"] == "blocked"
    told = said["order"]
    assert {name: told[name] for name in ("id", "reference", "authority", "basis")} == {
        "id": walk.id, "reference": walk.order["reference"],
        "authority": walk.order["authority"], "basis": walk.order["basis"]}
    assert told["issued"] <= told["effective"] <= moment() < told["expires"]
    assert said["rule"] == {"name": target, "scope": "subtree", "action": "nxdomain"}
    assert said["since"] <= moment() < said["until"]
    assert [match["rule"]["name"] for match in said["matches"]] == [target]


def test_explain_proves_that_the_block_is_on_the_record(walk):
    said = walk.store.run("explain", walk.order["targets"][0]["name"]).one
    entry = said["proof"]["entry"]
    proof = walk.store.run("record", "prove", entry).one
    assert proof["leaf"] == said["proof"]["leaf"]
    assert walk.id in said["proof"]["leaf"]


def test_explain_in_text_tells_a_person_the_same(walk):
    said = walk.store.run("explain", walk.order["targets"][0]["name"], json=False).out
    for part in ("blocked", walk.id, walk.order["reference"], walk.order["authority"],
                 walk.order["basis"]):
        assert part in said, said
    assert "\x1b" not in said, "colour belongs on a terminal only"


def test_explain_says_that_a_name_is_not_listed(walk):
    said = walk.store.run("explain", "quiet-bakery.com").one
    assert (said["decision"], said["matches"]) == ("not-listed", [])
    assert said.get("order") is None


def test_explain_looks_back_at_past_moments(walk):
    store, name = walk.store, "past-venue.com"
    early = moment(hours=-1)
    line = store.put_in_force(order("PAST-1", name))
    during = store.run("explain", name).one["at"]
    store.run("order", "revoke", line["id"], "--reason", "it is over", by="otto")
    assert store.run("explain", name).one["decision"] == "not-listed"
    past = store.run("explain", name, "--at", during).one
    assert (past["decision"], past["order"]["id"]) == ("blocked", line["id"])
    assert store.run("explain", name, "--at", early).one["decision"] == "not-listed"


def test_explain_reads_names_as_people_paste_them(walk):
    target = walk.order["targets"][0]["name"]
    for text in (target.upper(), target + ".", f"https://www.{target}/trade?x=1"):
        assert walk.store.run("explain", text).one["decision"] == "blocked", text


# MARK: Kinds of rules


def test_an_order_that_observes_counts_and_does_not_block(walk):
    name = "observed-venue.com"
    walk.store.put_in_force(order("OBSERVE-1", name, mode="observe"))
    assert client.addresses(client.ask(walk.server.port, name)) == [address_of(name)]
    assert walk.store.run("explain", name).one["decision"] == "observed"


def test_a_rule_of_the_operator_is_told_as_blocked_not_censored(walk):
    walk.store.put_in_force(order("OWN-1", "own-venue.com", origin="operator"))
    [(code, text)] = client.errors(client.ask(walk.server.port, "own-venue.com"))
    assert code == 15
    assert "OWN-1" in text


def test_an_exact_rule_leaves_names_below_and_beside_it_alone(walk):
    walk.store.put_in_force(order("EXACT-1", ("app.exact-venue.com", "exact")))
    port = walk.server.port
    assert client.blocked(port, "app.exact-venue.com")
    for other in ("exact-venue.com", "x.app.exact-venue.com", "www.exact-venue.com",
                  "myapp.exact-venue.com"):
        assert client.addresses(client.ask(port, other)) == [address_of(other)], other


def test_a_subtree_rule_takes_names_below_it_and_none_beside_it(walk):
    walk.store.put_in_force(order("SUBTREE-1", "subtree-venue.com"))
    port = walk.server.port
    for name in ("subtree-venue.com", "a.b.c.subtree-venue.com", "WWW.Subtree-Venue.COM"):
        assert client.blocked(port, name), name
    for other in ("notsubtree-venue.com", "subtree-venue.com.org", "ubtree-venue.com"):
        assert not client.blocked(port, other), other


def test_two_orders_on_one_name_block_until_both_are_lifted(walk):
    name, port = "twice-venue.com", walk.server.port
    lines = [
        walk.store.put_in_force(order(f"TWICE-{n}", name, authority=f"Supervisor {n}"))
        for n in (1, 2)
    ]
    for line, still in zip(lines, (True, False)):
        assert client.blocked(port, name)
        walk.store.run("order", "revoke", line["id"], "--reason", "over", by="otto")
        assert client.blocked(port, name) is still


# MARK: Answers and protected names


@pytest.fixture(scope="module")
def guarded(new_store, authority):
    """A server with a block page and a protected name."""
    store = new_store("guarded")
    store.settings.update(
        CORDON_GATE_BLOCK_PAGE="192.0.2.80,2001:db8::80",
        CORDON_PROTECTED="help.guarded-venue.com,protected-venue.com")
    with store.serve(upstream=authority.address) as server:
        store.port = server.port
        yield store


@pytest.mark.parametrize("kind", ["A", "AAAA", "HTTPS", "MX"])
@pytest.mark.parametrize(
    "answer, code", [("nxdomain", "NXDOMAIN"), ("nodata", "NOERROR"), ("refused", "REFUSED")])
def test_a_blocked_name_answers_as_its_order_says(guarded, answer, code, kind):
    name = f"answer-{answer}.com"
    if guarded.run("explain", name).one["decision"] != "blocked":
        guarded.put_in_force(order(f"ANSWER-{answer}", name, answer=answer))
    said = client.ask(guarded.port, f"www.{name}", kind)
    assert (client.rcode(said), said.answer) == (code, [])
    assert client.errors(said)[0][0] == 16


def test_a_blocked_name_can_answer_the_block_pages_address(guarded):
    name = "answer-address.com"
    guarded.put_in_force(order("ANSWER-address", name, answer="address"))
    for kind, page in (("A", ["192.0.2.80"]), ("AAAA", ["2001:db8::80"]), ("HTTPS", [])):
        said = client.ask(guarded.port, name, kind)
        assert (client.rcode(said), client.addresses(said)) == ("NOERROR", page), kind
        assert client.errors(said)[0][0] == 16
        assert all(rrset.ttl <= 60 for rrset in said.answer)


def test_a_protected_name_is_never_blocked_and_its_ancestors_still_exist(guarded):
    guarded.put_in_force(order("PROTECTED-1", "guarded-venue.com"))
    for name in ("help.guarded-venue.com", "a.help.guarded-venue.com"):
        assert client.addresses(client.ask(guarded.port, name)) == [address_of(name)]
    above = client.ask(guarded.port, "guarded-venue.com")
    assert (client.rcode(above), client.is_blocked(above)) == ("NOERROR", True)
    assert not above.answer
    beside = client.ask(guarded.port, "www.guarded-venue.com")
    assert (client.rcode(beside), client.is_blocked(beside)) == ("NXDOMAIN", True)
    assert guarded.run("explain", "help.guarded-venue.com").one["decision"] == "protected"


def test_an_order_that_names_a_protected_name_does_not_reach_it(guarded):
    result = guarded.bring_in(order("PROTECTED-2", "protected-venue.com"), expect=None)
    checked = guarded.run(
        "order", "check", guarded.write(order("PROTECTED-2", "protected-venue.com"))).lines
    assert result.code == REFUSED, f"{result}\n{checked}"
    assert checked[0]["decision"] == "refuse"
    assert not client.blocked(guarded.port, "protected-venue.com")


# MARK: Amendments


def test_an_amendment_shows_its_difference_and_waits_for_its_own_confirmation(walk):
    store, port = walk.store, walk.server.port
    first = order("AMEND-1", "kept-venue.com", "dropped-venue.com")
    line = store.put_in_force(first)
    second = dict(first, targets=[
        {"name": name, "scope": "subtree"} for name in ("kept-venue.com", "added-venue.com")])
    amended = store.run("order", "amend", line["id"], store.write(second), by="otto").one
    assert amended["pending_version"] == 2
    shown = store.run("order", "show", line["id"]).one["versions"][-1]
    assert (shown["added"], shown["removed"], shown["kept"]) == (1, 1, 1)
    assert client.blocked(port, "dropped-venue.com")
    assert not client.blocked(port, "added-venue.com")
    store.run("order", "confirm", line["id"], by="otto", expect=REFUSED)
    store.run("order", "confirm", line["id"], by="ines")
    assert not client.blocked(port, "dropped-venue.com")
    assert client.blocked(port, "added-venue.com")
    assert client.blocked(port, "kept-venue.com")


# MARK: What is refused, held and quarantined


@pytest.mark.parametrize("missing", ["reference", "authority", "basis", "issued", "expires"])
def test_an_order_without_a_required_field_is_refused(walk, missing):
    made = order(f"MISSING-{missing}", "missing-venue.com", **{missing: None})
    result = walk.store.bring_in(made, expect=REFUSED)
    assert missing in result.err
    assert result.out == ""


def test_an_order_without_targets_is_refused(walk):
    walk.store.bring_in(order("MISSING-targets"), expect=REFUSED)


def test_an_order_that_has_expired_is_refused(walk):
    made = order("LATE-1", "late-venue.com", effective=moment(days=-2), expires=moment(days=-1))
    walk.store.bring_in(made, expect=REFUSED)


@pytest.mark.parametrize("name, why", [
    ("com", "top-level domain"), ("github.io", "public suffix"), ("co.uk", "public suffix"),
    ("1.2.3.4", "address"), ("2001:db8::1", "address"), ("4.3.2.1.in-addr.arpa", "reverse"),
    ("venue.onion", "special"), ("time.apple.com", "devices"), (".", ""),
])
def test_a_target_that_would_hit_strangers_is_refused_with_its_reason(walk, name, why):
    made = order(f"REFUSED-{name}", name)
    checked = walk.store.run("order", "check", walk.store.write(made)).lines
    assert checked[0]["decision"] == "refuse", checked
    assert why in checked[0]["reasons"][0]["text"], checked
    result = walk.store.bring_in(made, expect=REFUSED)
    assert result.err.startswith("cordon: refused:")


def test_a_popular_site_is_held(walk):
    checked = walk.store.run(
        "order", "check", walk.store.write(order("HELD-1", "google.com"))).lines
    assert checked[0]["decision"] == "hold"
    assert "popular" in checked[0]["reasons"][0]["text"]


def test_quarantined_lines_stop_a_confirmation_until_a_person_settles_them(walk):
    store = walk.store
    text = "clean-venue.com\nttps://broken-venue.com\nsinglelabel\n"
    terms = [
        "--reference", "QUARANTINE-1", "--authority", "Example Supervisor", "--basis", "s. 1",
        "--issued", moment(days=-2)[:10], "--expires", moment(days=30)]
    line = store.run("order", "import", store.write(text, ".txt"), *terms, by="ines").one
    assert line["counts"]["quarantine"] == 2
    confirm = ("order", "confirm", line["id"], "--reason", "seems fine")
    assert "wait for a person" in store.run(*confirm, by="otto", expect=REFUSED).err
    settle = ("order", "settle", line["id"], "--reason", "asked the authority")
    store.run(*settle, "--line", "2", "--accept", by="otto", expect=REFUSED)
    store.run(*settle, "--line", "2", "--name", "broken-venue.com", by="ines", expect=REFUSED)
    store.run(*settle, "--line", "2", "--name", "broken-venue.com", by="otto")
    store.run(*confirm, by="otto", expect=REFUSED)
    store.run(*settle, "--line", "3", "--drop", by="otto")
    assert store.run(*confirm, by="otto").one["state"] == "in-force"
    assert client.blocked(walk.server.port, "broken-venue.com")
    assert client.blocked(walk.server.port, "clean-venue.com")
    settled = store.run("order", "show", line["id"]).one["settlements"]
    assert [(s["line"], s["by"]) for s in settled] == [("2", "otto"), ("3", "otto")]


def test_the_same_file_again_is_the_same_order(walk):
    made = order("AGAIN-1", "again-venue.com")
    assert walk.store.bring_in(made)["id"] == walk.store.bring_in(made)["id"]


def test_another_order_under_a_reference_that_is_taken_is_refused(walk):
    walk.store.bring_in(order("TAKEN-1", "taken-venue.com"))
    result = walk.store.bring_in(order("TAKEN-1", "other-venue.com"), expect=REFUSED)
    assert "amend" in result.err


def test_nobody_decides_without_a_token_or_beyond_their_role(walk):
    store = walk.store
    path = store.write(order("ROLE-1", "role-venue.com"))
    assert "CORDON_TOKEN" in store.run("order", "import", path, expect=REFUSED).err
    store.run("order", "import", path, token="cordon_nobody", expect=REFUSED)
    if "cleo" not in store.tokens:
        added = store.run("user", "add", "cleo", "--role", "clerk", by="ada")
        store.tokens["cleo"] = added.one["token"]
    line = store.bring_in(order("ROLE-1", "role-venue.com"), by="cleo")
    store.run("order", "confirm", line["id"], by="cleo", expect=REFUSED)
    store.run("user", "add", "eve", "--role", "officer", by="otto", expect=REFUSED)


# MARK: The record, and the forms that programs read


def test_the_record_verifies_and_its_views_are_as_a_rebuild_makes_them(walk):
    verified = walk.store.run("record", "verify", expect=None)
    assert verified.code == DONE, str(verified)
    assert verified.one["verified"] is True
    assert walk.store.run("record", "rebuild").one["identical"] is True


def test_lines_settled_together_leave_views_that_a_rebuild_makes_again(new_store):
    store = new_store("settled", own_lists=True)
    names = ["google.com", "youtube.com", "facebook.com", "netflix.com", "mooo.com"]
    line = store.bring_in(order("SETTLED-1", *names, "plain-venue.com"))
    assert line["counts"]["hold"] == len(names)
    store.run("order", "confirm", line["id"], "--reason", "all five were looked at", by="otto")
    verified = store.run("record", "verify", expect=None)
    assert verified.one["verified"] is True, str(verified)
    assert store.run("record", "rebuild").one["identical"] is True


SHAPES = {
    "order check": ({"line", "input", "decision", "reasons"}, {"name", "scope", "part"}),
    "order import": ({"id", "reference", "state", "counts"}, None),
    "explain": ({"name", "decision", "matches"}, None),
    "record verify": ({"verified", "entries", "root"}, {"first_fault"}),
}


def assert_shape(line, what):
    least, more = SHAPES[what]
    assert least <= line.keys(), f"{what} lacks {least - line.keys()}: {line}"
    if more is not None:
        assert line.keys() <= least | more, f"{what} has more: {line.keys() - least - more}"


def test_json_lines_hold_at_least_what_programs_rely_on(walk):
    store = walk.store
    dirty = REPOSITORY / "Examples" / "orders" / "dirty.csv"
    *verdicts, last = store.run("order", "check", dirty).lines
    for verdict in verdicts:
        assert_shape(verdict, "order check")
        assert verdict["decision"] in {"accept", "hold", "quarantine", "refuse", "duplicate"}
        assert all({"code", "text"} <= reason.keys() for reason in verdict["reasons"])
        assert verdict["reasons"] or verdict["decision"] == "accept", verdict
    assert last["summary"].keys() == {"accept", "hold", "quarantine", "refuse", "duplicate"}
    assert sum(last["summary"].values()) == len(verdicts)
    assert_shape(walk.imported, "order import")
    for line in store.run("order", "list").lines:
        assert_shape(line, "order import")
    said = store.run("explain", walk.order["targets"][0]["name"]).one
    assert_shape(said, "explain")
    assert said["order"].keys() >= {"id", "reference", "authority", "basis"}
    assert said["rule"].keys() >= {"name", "scope", "action"}
    assert {"since", "until", "proof"} <= said.keys()
    assert_shape(store.run("record", "verify", expect=None).one, "record verify")


def test_every_line_of_every_sample_order_is_accounted_for(walk):
    for path in sorted((REPOSITORY / "Examples" / "orders").iterdir()):
        if path.name == "README.md":
            continue
        *verdicts, last = walk.store.run("order", "check", path).lines
        assert verdicts, path
        assert sum(last["summary"].values()) == len(verdicts), path


@pytest.mark.parametrize("words", [
    ("order", "confirm"), ("order", "import"), ("order", "dance"), ("explain",),
    ("order", "list", "--stat", "in-force"), ("order", "list", "--state", "nowhere"),
    ("explain", "venue.com", "--at", "yesterday"), ("order", "show", "seven"),
    ("order", "show", "o-20200101-1"), ("record", "prove", "last"), ("explain", "bad..name"),
    ("user", "add", "rob", "--role", "king")], ids=" ".join)
def test_wrong_usage_is_refused_with_a_word(walk, words):
    result = walk.store.run(*words, by="ada", expect=REFUSED)
    assert result.err and result.out == "", str(result)


def test_help_lists_every_verb():
    said = subprocess.run(
        [BINARY, "--help"], capture_output=True, text=True, env=environment(), timeout=30,
        check=True).stdout
    for verb in ("serve", "order", "explain", "zone", "record", "user", "config"):
        assert re.search(rf"^\s+{verb}\b", said, re.M), said


# MARK: With and without a server


READING = [
    ("user", "list"), ("order", "list"), ("order", "list", "--state", "in-force"),
    ("order", "show", "ORDER", "--all"), ("explain", "www.verb-venue.com", "--at", "MOMENT"),
    ("zone", "export", "--to", "hosts"), ("zone", "export", "--to", "rpz"),
    ("record", "verify"), ("record", "prove", "3"), ("record", "checkpoint"),
    ("record", "rebuild"), ("order", "check", "FILE"), ("config", "check"),
]


SAYINGS = [(verb, True) for verb in READING] + [(verb, False) for verb in READING[1:5:3]]


@pytest.fixture(scope="module")
def both_ways(new_store, authority):
    """What every reading verb says with no server, and with one."""
    store = new_store("verbs", own_lists=True)
    made = order("VERB-1", "verb-venue.com", ("exact.verb-site.com", "exact"))
    line = store.put_in_force(made)
    words = {"ORDER": line["id"], "MOMENT": moment(), "FILE": str(store.write(made))}

    def say():
        return {
            (verb, as_json): store.run(
                *[words.get(word, word) for word in verb], json=as_json, expect=None)
            for verb, as_json in SAYINGS
        }

    alone = say()
    with store.serve(upstream=authority.address):
        served = say()
    return alone, served


@pytest.mark.parametrize(
    "verb, as_json", SAYINGS, ids=[" ".join(v) + ("" if j else " in text") for v, j in SAYINGS])
def test_a_reading_verb_says_the_same_with_a_server_and_without(both_ways, verb, as_json):
    alone, served = (said[verb, as_json] for said in both_ways)
    assert alone.code == DONE, str(alone)
    assert (served.code, served.out, served.err) == (alone.code, alone.out, alone.err)
    if as_json and "hosts" not in verb and "rpz" not in verb:
        for line in served.out.splitlines():
            assert isinstance(json.loads(line), dict), line


@pytest.mark.parametrize("running", [True, False], ids=["server", "no-server"])
def test_an_order_lives_its_whole_life_with_a_server_and_without(store, authority, running):
    def live():
        line = store.put_in_force(order("LIFE-1", "life-venue.com"))
        states = [line["state"]]
        for verb, by in (("suspend", "ines"), ("resume", "otto"), ("revoke", "ines")):
            done = store.run("order", verb, line["id"], "--reason", "so be it", by=by).one
            states.append(done["state"])
        changed = store.run("user", "token", "olga", by="ada").one
        store.run("order", "import", store.write(order("LIFE-2", "life.com")),
                  by="olga", expect=REFUSED)
        store.run("order", "import", store.write(order("LIFE-2", "life-venue.org")),
                  token=changed["token"])
        assert states == ["in-force", "suspended", "in-force", "revoked"]
        assert store.run("record", "verify", expect=None).one["verified"] is True

    if running:
        with store.serve(upstream=authority.address):
            live()
    else:
        live()


def test_what_was_in_force_is_blocked_again_after_a_restart(store, authority):
    store.put_in_force(order("RESTART-1", "restart-venue.com"))
    for _ in range(2):
        with store.serve(upstream=authority.address) as server:
            assert client.blocked(server.port, "www.restart-venue.com")
            assert not client.blocked(server.port, "www.another-site.com")
