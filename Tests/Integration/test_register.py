"""The register of accounts: lists of one platform or account, reviews, registrants who come back, and
the clock of appeals, on the real program."""

import contextlib
import csv
import datetime
import html
import io
import json
import sqlite3

import pytest

from support import clock as clocks
from support.program import REFUSED
from test_conduct import LADDER, Desk, post, ruled, serve, store  # noqa: F401  (fixtures)


@pytest.fixture
def clock(store, tmp_path):
    library = clocks.build(tmp_path)
    if library is None:
        pytest.skip("a clock that can be moved needs a C compiler")
    return clocks.Clock(store, library)


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def strike(store, account, times=1, platform="chat"):
    for _ in range(times):
        line = store.write(json.dumps(post(account)) + "\n", ".jsonl")
        store.run("conduct", "ingest", line, "--platform", platform, by="ines")


def register(store, *accounts):
    lines = "".join(json.dumps(account) + "\n" for account in accounts)
    return store.run(
        "account", "register", "--platform", "chat", store.write(lines, ".jsonl"),
        by="ines").lines


def close(store, account):
    """Takes an account to its closing: the ladder asks, and two officers agree."""
    for _ in range(9):
        strike(store, account)
        for sanction in store.run("sanction", "list", "--state", "proposed").lines:
            for name in ("otto", "olga")[:1 if sanction["kind"] == "suspend" else 2]:
                store.run("sanction", "approve", sanction["id"], "--reason", "seen", by=name)
        if store.run("account", "show", f"chat/{account}").one["account"]["standing"] == "close":
            return
    raise AssertionError("the account was never closed")


# MARK: Lists

def test_lists_hold_what_is_one_platforms_or_one_accounts(store):
    store.run("platform", "add", "forum", "--territory", "SG", "--posts-are-public", by="ada")
    store.run("conduct", "ladder", "adopt", "forum", LADDER, by="ada")
    register(store, {"id": "moon", "handle": "@moonshine"})
    strike(store, "moon", 2)
    strike(store, "sun")
    strike(store, "moon", platform="forum")
    accounts = store.run("account", "list").lines
    assert {(a["platform"], a["key"], a.get("handle")) for a in accounts} == {
        ("chat", "moon", "@moonshine"), ("chat", "sun", None), ("forum", "moon", None)}
    for noun in ("account", "sanction", "infraction", "appeal", "lead"):
        refused = store.run(noun, "list", "--limit", "0", expect=REFUSED)
        assert "--limit is 1 or more, not 0" in refused.err
    table = store.run("account", "list", json=False).out.splitlines()
    assert "handle" in table[0] and any("chat/moon" in r and "@moonshine" in r for r in table)
    with serve(store):
        desk = Desk(store)
        for sanction in store.run("sanction", "list").lines:
            desk.public.post("/api/v1/appeals", {
                "token": store.token_of(sanction["id"]), "text": "No."}, 201)
        for verb, route in (("infraction", "infractions"), ("sanction", "sanctions"),
                            ("appeal", "appeals")):
            everything = store.run(verb, "list").lines
            assert len(everything) == 4, verb
            for options, query, wanted in (
                (("--platform", "forum"), "platform=forum", {("forum", "moon")}),
                (("--account", "chat/moon"), "account=chat/moon", {("chat", "moon")}),
                (("--platform", "chat", "--account", "forum/moon"),
                 "platform=chat&account=forum/moon", set()),
            ):
                lines = store.run(verb, "list", *options).lines
                items = desk.by("ines").get(f"/api/v1/{route}?{query}")["items"]
                assert lines == items, (verb, options)
                assert {(i["platform"], i["key"]) for i in items} == wanted, (verb, options)
                assert len(items) == sum((i["platform"], i["key"]) in wanted for i in everything)
            first = desk.by("ines").get(f"/api/v1/{route}?platform=chat&limit=2")
            rest = desk.by("ines").get(
                f"/api/v1/{route}?platform=chat&limit=2&cursor={first['next']}")
            assert len(first["items"]) == 2 and len(rest["items"]) == 1 and "next" not in rest
            assert desk.by("ines").get(f"/api/v1/{route}?platform=none", 404)["code"] == (
                "unknown-platform")
            assert len(store.run(verb, "list", "--limit", "1").lines) == 1


# MARK: Reviews

def test_who_reviewed_an_account_stands_in_the_register_and_in_what_the_authority_is_told(store):
    party = store.run(
        "party", "set", "--name", "Orchid Media", "--kind", "firm", "--registration", "91-77",
        "--group", "orchid", by="ines").one["id"]
    digest = "ab" * 32
    store.run("platform", "set", "chat", "--licence", "B2-2014", "--licence-until", "2020-01-31",
              by="ada")
    platform = store.run("platform", "show", "chat").one
    assert (platform["licence"], platform["licence_over"]) == ("B2-2014", True)
    assert "it is over" in store.run("platform", "show", "chat", json=False).out
    register(store, {"id": "news", "handle": "@news", "party": party, "agreement": "2026-1",
                     "agreement_sha256": digest, "agreed": "2026-01-02T03:04:05Z"},
             {"id": "shop", "category": "business"})
    assert len(store.run("account", "list", "--unreviewed").lines) == 2
    review = ("account", "review", "chat/news", "--category", "media", "--filing", "F-2014-8")
    store.run(*review, by=None, expect=REFUSED)
    refused = store.run("account", "review", "chat/none", "--category", "x", by="rita",
                        expect=REFUSED)
    assert "there is no account" in refused.err
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=2)
    shown = store.run(*review, "--news-permit", "N-10086", by="rita").one
    found = shown["review"]
    assert (found["reviewer"], found["category"], found["filing"]) == (
        "rita", "media", "F-2014-8")
    assert found["marked"] and found["news_permit"] == "N-10086"
    assert moment(found["at"]) > before
    assert (shown["agreement"], shown["agreement_sha256"], shown["agreed"]) == (
        "2026-1", digest, "2026-01-02T03:04:05Z")
    assert shown["filing"] == "F-2014-8" and shown["account"]["category"] == "media"
    text = store.run("account", "show", "chat/news", json=False).out
    assert "by rita" in text and "F-2014-8" in text and "N-10086" in text
    with serve(store):
        desk = Desk(store)
        path = "/api/v1/platforms/chat/accounts/shop/review"
        told = desk.chat.post(path, {
            "category": "business", "reviewer": "Wei of desk 4", "at": "2026-01-05T08:00:00.000Z"})
        assert told["review"]["reviewer"] == "Wei of desk 4" and not told["review"]["marked"]
        assert desk.by("rosa").post(path, {"category": "business", "reviewer": "somebody"})[
            "review"]["reviewer"] == "rosa", "a person signs for nobody else"
        late = {"category": "business", "reviewer": "Wei", "at": "2099-01-01T00:00:00.000Z"}
        assert desk.chat.post(path, late, 422)["code"] == "bad-field"
        unreviewed = desk.by("ines").get("/api/v1/platforms/chat/accounts?reviewed=no")
        assert unreviewed["items"] == []
        told = " ".join(e["what"] for e in desk.by("ines").get(
            "/api/v1/platforms/chat/accounts/news/history")["items"])
        assert "was reviewed as media, with the mark" in told

    # The list of accounts, as it is filed.
    sheet = list(csv.DictReader(io.StringIO(
        store.run("report", "accounts", "chat", by="ines", json=False).out)))
    assert [row["account_id"] for row in sheet] == ["news", "shop"]
    news = sheet[0]
    assert (news["party"], news["party_registration"], news["group"]) == (
        "Orchid Media", "91-77", "orchid")
    assert (news["reviewed_by"], news["marked"], news["news_permit"], news["filing_number"]) == (
        "rita", "true", "N-10086", "F-2014-8")
    lines = store.run(
        "report", "accounts", "chat", "--group", "orchid", "--content", "json", by="ines").lines
    assert [line["account_id"] for line in lines] == ["news"]
    assert store.run("report", "accounts", "chat", expect=REFUSED).out == ""

    # The report to the authority.
    strike(store, "news")
    report = json.loads(store.run(
        "report", "make", "--kind", "authority", "chat", by="ines").out)
    account = report["sanctions"][0]["account"]
    assert (account["reviewed_by"], account["reviewed"], account["marked"]) == (
        "rita", found["at"], True)
    assert (account["agreement_sha256"], account["agreed"], account["platform_licence"]) == (
        digest, "2026-01-02T03:04:05Z", "B2-2014")
    table = list(csv.DictReader(io.StringIO(store.run(
        "report", "show", report["report"], "--content", "csv", by="ines").out)))
    assert (table[0]["reviewed_by"], table[0]["news_permit"]) == ("rita", "N-10086")

    # It is an entry like every other, and the numbers stand in no leaf of it.
    assert store.run("record", "rebuild").one["identical"] is True
    assert store.run("record", "verify").one["verified"] is True
    with contextlib.closing(sqlite3.connect(store.data / "cordon.db")) as database:
        rows = database.execute("SELECT leaf FROM entry").fetchall()
    leaves = "".join(leaf.decode() for leaf, in rows)
    assert "account.reviewed" in leaves and '"marked":true' in leaves
    for secret in ("N-10086", "F-2014-8", "Wei of desk", "91-77"):
        assert secret not in leaves


# MARK: Registrants who come back

def test_a_registrant_of_a_closed_account_who_comes_back_is_a_lead_for_a_person(store):
    def party(name):
        return store.run("party", "set", "--name", name, "--kind", "firm", "--registration",
                         "91-77", by="ines").one["id"]

    register(store, {"id": "old", "party": party("Orchid"), "filing": "F-1"})
    close(store, "old")
    assert store.run("lead", "list").lines == []
    register(store, {"id": "new", "party": party("Peony")})
    lead = store.run("lead", "list", "--platform", "chat").one
    assert lead["kind"] == "registration"
    shown = store.run("lead", "show", lead["id"]).one
    assert shown["values"] == ["91-77"]
    assert [a["key"] for a in shown["accounts"]] == ["new", "old"]
    register(store, {"id": "third", "party": "p-1"})
    kinds = {line["kind"] for line in store.run("lead", "list", "--account", "chat/third").lines}
    assert kinds == {"party", "registration"}
    for name in ("new", "third"):
        standing = store.run("account", "show", f"chat/{name}").one["account"]["standing"]
        assert standing == "clear", "a lead is never a ground"
    store.run("record", "rebuild")
    register(store, {"id": "fourth", "party": "p-2"})
    assert store.run("lead", "list", "--account", "chat/fourth").one["kind"] == "registration"
    assert store.run("record", "verify").one["verified"] is True


# MARK: The clock of appeals

def test_an_appeal_is_due_by_the_profile_of_its_day_and_late_ones_are_seen(store, clock):
    platform = store.run("platform", "set", "chat", "--profile", "eu-tco", by="ada").one
    assert (platform["answer_days"], platform["report_hours"]) == (14, 1)
    for name in ("early", "late"):
        strike(store, name)
    with serve(store):
        desk = Desk(store)
        tokens = [store.token_of(s["id"]) for s in store.run("sanction", "list").lines]
        for token in tokens:
            face = desk.public.post(
                "/api/v1/appeals", {"token": token, "text": "This was satire."}, 201)
            filed, due = face["appeal"]["filed"], face["appeal"]["answer_by"]
            assert moment(due) - moment(filed) == datetime.timedelta(days=14)
            assert face["appeal"]["overdue"] is False
        # Another clock afterwards moves no appeal that is on its way.
        store.run("platform", "set", "chat", "--answer-days", "0", by="ada")
        listed = store.run("appeal", "list").lines
        assert [a["answer_by"] for a in listed][1] == due
        assert due[:16] in store.run("appeal", "list", json=False).out
        page = html.unescape(desk.public.ask("GET", f"/appeal/{tokens[1]}", raw=True)[2])
        assert "It is due by" in page
        chinese = desk.public.ask("GET", f"/appeal/{tokens[1]}?lang=zh-Hans", raw=True)[2]
        assert "之前作出" in chinese
        assert counted(desk) == (2, 0)
        desk.by("rita").post("/api/v1/appeals/ap-1/decide", {
            "outcome": "upheld", "reason": "It was none."})

        clock.set(hours=15 * 24)
        late = store.run("appeal", "list", "--overdue").one
        assert (late["id"], late["key"], late["overdue"]) == ("ap-2", "late", True)
        assert desk.by("rita").get("/api/v1/appeals?state=overdue")["items"] == [late]
        assert "overdue" in store.run("appeal", "list", json=False).out
        page = html.unescape(desk.public.ask("GET", f"/appeal/{tokens[1]}", raw=True)[2])
        assert "is late" in page and "It is due by" not in page
        assert counted(desk) == (1, 1)
        numbers = store.run("report", "transparency", "chat").one
        assert (numbers["appeals_filed"], numbers["appeals_late"]) == (2, 1)

        # Nothing was decided by itself; whoever is late may still decide, and it stays counted.
        desk.by("rita").post("/api/v1/appeals/ap-2/decide", {
            "outcome": "overturned", "reason": "It was satire."})
        assert counted(desk) == (0, 0)
        assert store.run("appeal", "list", "--overdue").lines == []
        assert store.run("report", "transparency", "chat").one["appeals_late"] == 1
    assert store.run("record", "rebuild").one["identical"] is True
    assert store.run("record", "verify").one["verified"] is True


def counted(desk):
    """Open appeals, and those past their time, as who watches over the system is told."""
    text = desk.public.ask("GET", "/metrics", raw=True)[2]
    values = dict(line.split(" ") for line in text.splitlines()
                  if line.startswith("cordon_appeals_"))
    return int(values["cordon_appeals_open"]), int(values["cordon_appeals_overdue"])
