"""Reports that go out by themselves: made at their deadline, sent once, corrected, and counted."""

import base64
import csv
import hashlib
import hmac
import http.server
import io
import itertools
import json
import socketserver
import threading
import uuid

import pytest

from support import clock as clocks
from support.platform import API, Platform
from support.program import REFUSED
from support.waiting import until
from test_conduct import Desk, post, ruled, serve, store  # noqa: F401  (fixtures)

TOKEN = "7|secret-of-the-platform"


class Database:
    """Takes statements as the DSA Transparency Database is described to: whole batches or nothing,
    "found" told by 302, no number used twice."""

    def __init__(self):
        self.stored = {}
        self.batches = []
        self.is_down = False
        self.refused = set()
        self.loses = 0
        database = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self, status, value):
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def may(self):
                if database.is_down:
                    self.answer(503, {"message": "down"})
                elif self.headers["Authorization"] != f"Bearer {TOKEN}":
                    self.answer(401, {"message": "Unauthenticated."})
                else:
                    return True
                return False

            def do_GET(self):
                if self.may():
                    puid = self.path.rpartition("/")[2]
                    self.answer(302 if puid in database.stored else 404,
                                {"message": "statement", "puid": puid})

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.may():
                    self.answer(*database.take(body["statements"]))

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, statements):
        self.batches.append(len(statements))
        errors = {
            f"statement_{place}": {"category": ["The selected category is invalid."]}
            for place, one in enumerate(statements) if one["puid"] in self.refused}
        if errors or not 1 <= len(statements) <= 100:
            return 422, {"message": "invalid", "errors": errors}
        known = [one["puid"] for one in statements if one["puid"] in self.stored]
        if known:
            return 422, {"message": "taken", "errors": {
                "puid": ["The platform unique identifier is taken."], "existing_puids": known}}
        for one in statements:
            self.stored[one["puid"]] = {**one, "uuid": str(uuid.uuid4())}
        return 201, {"statements": [
            {"puid": one["puid"], "uuid": self.stored[one["puid"]]["uuid"]}
            for one in statements]}

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def database():
    made = Database()
    yield made
    made.close()


@pytest.fixture
def authority_desk():
    made = Platform()
    yield made
    made.close()


@pytest.fixture
def token(store):
    path = store.home / "dsa-token"
    path.write_text(TOKEN + "\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def clock(store, tmp_path):
    library = clocks.build(tmp_path)
    if library is None:
        pytest.skip("a clock that can be moved needs a C compiler")
    return clocks.Clock(store, library)


def signed(secret, headers, body):
    """Whether a message is signed as Standard Webhooks has it, whatever the clock says."""
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    code = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return f"v1,{code}" in headers["webhook-signature"].split()


def reporting(store, **settings):
    return serve(store, CORDON_REPORT_AHEAD_MINUTES="0", **settings)


def reports(store, kind=None):
    return store.run("report", "list", *(["--kind", kind] if kind else [])).lines


def arrived(store, kind, count):
    """The reports of a kind once so many have a receipt."""

    def find():
        got = [r for r in reports(store, kind) if r.get("receipt")]
        return got if len(got) >= count else None

    return until(find, f"{count} reports of kind {kind} have arrived", 60)


def test_the_authority_is_told_when_it_is_due_and_told_again_what_was_wrong(
        store, clock, authority_desk):
    secret = store.run("report", "secret", "chat", by="ada").one["secret"]
    with reporting(store, CORDON_REPORT_AUTHORITIES=f"chat={authority_desk.url}"):
        desk = Desk(store)
        warned = desk.strike("moon")["sanction"]["id"]
        clock.set(hours=23.9)
        restricted = desk.strike("moon")["sanction"]["id"]
        assert reports(store) == []

        clock.set(hours=24.1)
        first = arrived(store, "authority", 1)
        assert [r["sanctions"] for r in first] == [[warned]], "the other one is not due yet"
        told = authority_desk.told("report.made", report=first[0]["id"])["data"]
        assert [t["sanction"]["number"] for t in told["sanctions"]] == [warned]
        assert told["sanctions"][0]["account"]["id"] == "moon"
        assert told["sanctions"][0]["infractions"][0]["evidence"] and told["sanctions"][0]["proof"]
        headers, body = authority_desk.calls[0]
        assert signed(secret, headers, body)

        clock.set(hours=48.2)
        second = arrived(store, "authority", 2)[1]
        assert second["sanctions"] == [restricted] and "corrects" not in second

        # What was told and was wrong is corrected, of both reports.
        store.run("conduct", "rule", "revert", "no-solicitation@1", "--reason", "it takes satire"
                  " for the real thing", by="otto")
        corrections = arrived(store, "authority", 4)[2:]
        assert {c["corrects"] for c in corrections} == {first[0]["id"], second["id"]}
        told = authority_desk.told("report.made", report=corrections[-1]["id"])["data"]
        assert told["corrects"] == corrections[-1]["corrects"]
        assert told["sanctions"][0]["sanction"]["state"] == "overturned"
        numbers = store.run("report", "transparency", "chat").one
        line = next(r for r in numbers["reports"] if r["kind"] == "authority")
        assert (line["owed"], line["told"], line["made"], line["arrived"], line["corrections"]) == (
            2, 2, 4, 4, 2)
        assert numbers["agrees"] is True and line["waiting"] == line["given_up"] == 0
        metrics = lambda: API(desk.address).ask("GET", "/metrics", raw=True)[2]
        text = until(
            lambda: 'cordon_reports_sent{kind="authority"} 4' in metrics() and metrics(),
            "the reports are counted", 30)
        assert "cordon_report_lateness_seconds_count 2" in text
        assert 'cordon_reports_overdue 0' in text
    ids = [headers["webhook-id"] for headers, _ in authority_desk.calls]
    assert len(ids) == len(set(ids)) == 4
    assert store.run("record", "verify").one["verified"] is True


def test_killed_between_decision_notice_webhook_and_report_nothing_is_lost_or_doubled(
        store, clock, authority_desk, database, token):
    platform = Platform()
    store.run("platform", "set", "chat", "--territory", "DE", "--webhook", platform.url, by="ada")
    secret = store.run("report", "secret", "chat", by="ada").one["secret"]
    settings = {
        "CORDON_REPORT_AUTHORITIES": f"chat={authority_desk.url}",
        "CORDON_REPORT_DSA_URL": database.url, "CORDON_REPORT_DSA_TOKENS": f"chat={token}"}
    try:
        # Decided, and nobody can be told: killed.
        platform.is_down = authority_desk.is_down = database.is_down = True
        server = reporting(store, **settings)
        server.start()
        desk = Desk(store)
        for name in ("k1", "k2", "k3"):
            desk.strike(name, 2)
        until(lambda: len(reports(store, "dsa")) == 3, "three statements are made", 60)
        server.kill()

        # The platform is told, the reports come due: killed once they are made.
        platform.is_down = False
        clock.set(hours=25)
        server = reporting(store, **settings)
        server.start()
        until(lambda: len(platform.messages) >= 6, "all six sanctions are told", 60)
        until(lambda: reports(store, "authority"), "the report is made", 60)
        server.kill()

        # All is up: killed as soon as each receiver has something.
        authority_desk.is_down = database.is_down = False
        server = reporting(store, **settings)
        server.start()
        clock.set(hours=50)
        until(lambda: authority_desk.messages and database.stored, "both got something", 60)
        server.kill()

        with reporting(store, **settings):
            clock.set(hours=75)
            assert len(arrived(store, "dsa", 3)) == 3
            told = arrived(store, "authority", 1)
            until(lambda: all(r.get("receipt") for r in reports(store)), "all have arrived", 60)
    finally:
        platform.close()

    sanctions = {s["id"]: s["kind"] for s in store.run("sanction", "list").lines}
    assert sorted(sanctions.values()) == ["restrict"] * 3 + ["warn"] * 3
    named = list(itertools.chain(*(r["sanctions"] for r in reports(store, "authority"))))
    assert sorted(named) == sorted(sanctions), "each is reported, and once"
    assert told
    # Who knows a message by its id has each report once, and all that say the same are the same.
    bodies = {}
    for headers, body in authority_desk.calls:
        assert signed(secret, headers, body)
        assert bodies.setdefault(headers["webhook-id"], body) == body
    got = [t["sanction"]["number"] for body in bodies.values()
           for t in json.loads(body)["data"]["sanctions"]]
    assert sorted(got) == sorted(sanctions)
    # The database holds each statement once, under the number that the record has for it.
    lines = {r["key"]: r for r in reports(store, "dsa")}
    assert set(database.stored) == set(lines) and len(lines) == 3
    for puid, line in lines.items():
        assert line["receipt"] in (database.stored[puid]["uuid"], f"existing:{puid}")
    numbers = store.run("report", "transparency", "chat").one
    by_kind = {r["kind"]: r for r in numbers["reports"]}
    assert by_kind["dsa"]["arrived"] == len(database.stored) == by_kind["dsa"]["owed"]
    assert by_kind["authority"]["told"] == len(sanctions)
    assert by_kind["authority"]["arrived"] == len(bodies)
    assert numbers["agrees"] is True
    assert store.run("record", "verify").one["verified"] is True


def test_one_bad_statement_of_many_is_set_aside_and_what_ended_is_noted(store, database, token):
    store.run("platform", "set", "chat", "--territory", "DE,FR", by="ada")
    database.is_down = True
    settings = {
        "CORDON_REPORT_DSA_URL": database.url, "CORDON_REPORT_DSA_TOKENS": f"chat={token}"}
    with reporting(store, **settings):
        desk = Desk(store)
        names = ("shop-1", "shop-2", "shop-3", "shop-4")
        for name in names:
            desk.strike(name, 2)
        made = until(
            lambda: len(reports(store, "dsa")) == 4 and reports(store, "dsa"), "four are made", 60)
        bad = made[1]
        database.refused = {bad["key"]}
        database.is_down = False
        arrived(store, "dsa", 3)
        line = until(
            lambda: next((r for r in reports(store, "dsa") if r["id"] == bad["id"]
                          and r["state"] == "failed"), None), "the bad one is set aside", 60)
        assert "category" in line["last_error"]
        assert set(database.stored) == {r["key"] for r in made} - {bad["key"]}
        for statement in database.stored.values():
            assert not any(name in json.dumps(statement) for name in names)
            assert statement["territorial_scope"] == ["DE", "FR"]

        # The database mends its rules: a person has it sent again.
        database.refused = set()
        refused = store.run("report", "send", made[0]["id"], by="ines", expect=REFUSED)
        assert "not given up" in refused.err
        store.run("report", "send", bad["id"], by="ines")
        arrived(store, "dsa", 4)
        assert len(database.stored) == 4

        # The database takes nothing back: the record gets a note, and nothing is sent.
        posts = sum(database.batches)
        line = store.run("infraction", "list", "--account", "chat/shop-1").lines[-1]
        store.run("infraction", "settle", line["id"], "--as", "overturn", "--reason", "satire",
                  by="rita")
        note = arrived(store, "dsa", 5)[-1]
        assert note["corrects"] == made[0]["id"] and "takes nothing back" in note["receipt"]
        assert len(database.stored) == 4 and sum(database.batches) == posts
        numbers = store.run("report", "transparency", "chat").one
        line = next(r for r in numbers["reports"] if r["kind"] == "dsa")
        assert (line["made"], line["arrived"], line["not_withdrawable"]) == (4, 4, 1)
        assert numbers["agrees"] is True


def test_a_report_goes_into_a_folder_and_onto_a_page_for_people_of_the_house(store, clock):
    folder = store.home / "authority"
    folder.mkdir()
    with reporting(store, CORDON_REPORT_AUTHORITIES=f"chat={folder}"):
        desk = Desk(store)
        desk.strike("moon", 2)
        clock.set(hours=24.5)
        report = arrived(store, "authority", 1)[0]
        name = f"chat-{report['id']}"
        assert sorted(path.name for path in folder.iterdir()) == [f"{name}.csv", f"{name}.json"]
        sent = (folder / f"{name}.json").read_bytes()
        lines = list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text())))
        assert [line["account_id"] for line in lines] == ["moon", "moon"]

        page = f"/reports/{report['id']}"
        for name_, token in ((None, None), ("ines", "wrong"), ("otto", store.tokens["ines"]),
                             ("chat", store.tokens["chat"])):
            status, headers, text = ask(desk.address, page, name_, token)
            assert status == 401 and headers["Www-Authenticate"].startswith("Basic")
            assert "moon" not in text
        status, headers, text = ask(desk.address, page, "ines", store.tokens["ines"])
        assert status == 200 and "moon" in text and report["content"] in text
        assert "Set-Cookie" not in headers and headers["Cache-Control"] == "no-store"
        chinese = ask(desk.address, page + "?lang=zh-Hans", "ines", store.tokens["ines"])[2]
        assert "处置数量" in chinese and 'lang="zh-Hans"' in chinese
        for suffix, media in ((".json", "application/json"), (".csv", "text/csv")):
            status, headers, text = ask(desk.address, page + suffix, "ines", store.tokens["ines"])
            assert status == 200 and headers["Content-Type"].startswith(media)
        api = desk.by("ines")
        status, _, text = api.ask("GET", f"/api/v1/reports/{report['id']}/content", raw=True)
        assert status == 200 and text.encode() == sent
        assert desk.chat.ask("GET", f"/api/v1/reports/{report['id']}/content")[0] == 403
        assert store.run("report", "show", report["id"], "--content", "csv", by="ines").out == (
            folder / f"{name}.csv").read_bytes().decode()

        # The public sees numbers, and no names.
        public = API(desk.address).ask("GET", "/transparency/accounts.json")[2]
        assert public["platforms"][0]["sanctions"]["restrict"] == 1
        text = API(desk.address).ask("GET", "/transparency", raw=True)[2]
        assert "Accounts on Chat" in text and "moon" not in text
        numbers = api.get("/api/v1/transparency?platform=chat")["items"][0]
        assert numbers["agrees"] is True and numbers["reports"][0]["arrived"] == 1


def ask(address, path, name=None, token=None):
    """A page, as a browser asks for it once it knows a name and a password."""
    import http.client
    connection = http.client.HTTPConnection(address, timeout=60)
    headers = {"Accept": "text/html"}
    if name is not None:
        pair = base64.b64encode(f"{name}:{token}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.title(): v for k, v in answer.getheaders()}, answer.read().decode()
    finally:
        connection.close()


def test_a_rule_is_tried_by_the_api_as_by_the_verb(store):
    posts = "".join(json.dumps(post("trial")) + "\n" for _ in range(2))
    verb = store.run("conduct", "rule", "trial", "no-solicitation@1", store.write(posts),
                     "--platform", "chat").one
    with serve(store):
        desk = Desk(store)
        path = "/api/v1/rules/no-solicitation@1/trial?platform=chat"
        status, _, answer = desk.by("ines").ask(
            "POST", path, posts.encode(), media="application/x-ndjson")
        assert status == 200 and answer == verb and answer["matches"] == 2
        assert desk.chat.ask("POST", path, posts.encode(), media="application/x-ndjson")[0] == 403
        none = desk.by("ines").ask(
            "POST", path.split("?")[0], posts.encode(), media="application/x-ndjson")
        assert none[0] == 400 and "platform" in none[2]["detail"]
