"""Accounts: from a public post to a sanction, its notice, its appeal, and back."""

import datetime
import html
import itertools
import json
import urllib.parse

import pytest

from support.platform import API, Judge, Platform
from support.program import REFUSED, REPOSITORY
from support.waiting import until

LADDER = REPOSITORY / "Examples" / "conduct" / "ladder.yaml"
RULE = REPOSITORY / "Examples" / "conduct" / "rules.yaml"
RULE_NAME = "no-solicitation@1"

_numbers = itertools.count(1)


def now():
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def post(account, **more):
    """A post that solicits for a venue."""
    number = next(_numbers)
    text = (
        "Register now on our offshore exchange, trade BTC and USDT with 100x leverage, no KYC."
        f" Use my referral code MOON{number} for 20% off fees."
        f" https://exchange.example/register?ref=MOON{number}")
    return {"id": f"post-{number}", "account": account, "published": now(), "text": text,
            "lang": "en", **more}


def quiet(account):
    number = next(_numbers)
    return {"id": f"post-{number}", "account": account, "published": now(),
            "text": "Lovely weather for a walk by the river."}


@pytest.fixture(scope="module")
def judge():
    made = Judge()
    yield made
    made.close()


@pytest.fixture
def receiver():
    made = Platform()
    yield made
    made.close()


@pytest.fixture(scope="module")
def ruled(peopled, tmp_path_factory):
    """A store with a platform whose ladder holds and whose rule is live; to be copied."""
    import shutil
    from support.program import Store

    home = tmp_path_factory.mktemp("ruled")
    store = Store(home, peopled.tokens)
    shutil.copytree(peopled.data, store.data)
    for name in ("rita", "rosa"):
        store.tokens[name] = store.run(
            "user", "add", name, "--role", "reviewer", by="ada").one["token"]
    added = store.run(
        "platform", "add", "chat", "--name", "Chat", "--territory", "CN,SG", "--language", "en",
        "--posts-are-public", by="ada")
    store.tokens["chat"] = next(line["token"] for line in added.lines if "token" in line)
    store.run("conduct", "ladder", "adopt", "chat", LADDER, by="ada")
    store.run("conduct", "rule", "add", RULE, by="ines")
    examples = store.write("".join(json.dumps(p) + "\n" for p in [post("old"), quiet("old")]))
    trial = store.run(
        "conduct", "rule", "trial", RULE_NAME, examples, "--platform", "chat", "--accept",
        by="ines").one
    assert (trial["posts"], trial["matches"], trial["accepted"]) == (2, 1, True)
    store.run("conduct", "rule", "stage", RULE_NAME, "shadow", "--reason", "look", by="ines")
    refused = store.run(
        "conduct", "rule", "stage", RULE_NAME, "share", "--share", "1000", "--reason", "go",
        by="ines", expect=REFUSED)
    assert "another officer" in refused.err
    for stage, share in (("share", ["--share", "1000"]), ("live", [])):
        store.run("conduct", "rule", "stage", RULE_NAME, stage, *share, "--reason", "go", by="otto")
    return store


@pytest.fixture
def store(ruled, tmp_path):
    """A store of this test's own with the rule live."""
    import shutil
    from support.program import Store

    made = Store(tmp_path, ruled.tokens)
    shutil.copytree(ruled.data, made.data)
    return made


class Desk:
    """A server in progress, with everyone's way in."""

    def __init__(self, store):
        self.store = store
        self.address = store.settings["CORDON_CONSOLE_LISTEN"]
        self.public = API(self.address)

    def by(self, name):
        return API(self.address, self.store.tokens[name])

    @property
    def chat(self):
        return self.by("chat")

    def strike(self, account, times=1):
        """One post after the other, so that each comes after what followed from the one before."""
        for _ in range(times):
            answer = self.chat.hand_in("chat", [post(account)])[0]
        return answer


def serve(store, **settings):
    return store.serve(upstream="127.0.0.1:9", settings={
        "CORDON_CONDUCT_ALLOW_LOOPBACK": "true", **settings})


def secret(store):
    return (store.data / "webhooks" / "chat.secret").read_text().split()[0]


def test_the_whole_walk(store, receiver, judge):
    store.run("platform", "set", "chat", "--webhook", receiver.url, "--appeal-address",
              f"http://{store.settings['CORDON_CONSOLE_LISTEN']}", by="ada")
    with serve(store):
        desk = Desk(store)
        first = desk.strike("moon")
        assert first["verdict"] == "solicitation"
        assert first["sanction"]["kind"] == "warn" and first["sanction"]["state"] == "imposed"
        warned = receiver.told("sanction.imposed", kind="warn")
        assert warned["data"]["account"] == "moon"
        assert {i["kind"] for i in warned["data"]["notice"]["items"]} >= {
            "decision", "facts", "rule", "term", "territory", "automation", "appeal"}

        restricted = desk.strike("moon")["sanction"]
        assert (restricted["kind"], restricted["state"]) == ("restrict", "imposed")
        notice = receiver.told("sanction.imposed", kind="restrict")["data"]

        # Suspending waits for an officer, closing for two different ones.
        suspension = desk.strike("moon")["sanction"]
        assert (suspension["kind"], suspension["state"]) == ("suspend", "proposed")
        approve = f"/api/v1/sanctions/{suspension['id']}/approve"
        assert desk.by("rita").post(approve, {"reason": "yes"}, 403)["code"] == "not-allowed"
        assert desk.chat.post(approve, {"reason": "yes"}, 403)
        line = desk.by("ines").post(approve, {"reason": "seen"}, key="a-1")
        assert line["state"] == "imposed" and line["approved_by"] == ["ines"]
        assert desk.by("ines").post(approve, {"reason": "seen"}, key="a-1") == line
        again = desk.by("ines").post(approve, {"reason": "other"}, 422, key="a-1")
        assert again["code"] == "key-reused"
        receiver.told("sanction.imposed", kind="suspend")

        closing = desk.strike("moon", 2)["sanction"]
        assert (closing["kind"], closing["state"]) == ("close", "proposed")
        store.run("sanction", "approve", closing["id"], "--reason", "seen", by="otto")
        twice = store.run(
            "sanction", "approve", closing["id"], "--reason", "again", by="otto", expect=REFUSED)
        assert "otto" in twice.err
        line = store.run("sanction", "approve", closing["id"], "--reason", "seen", by="olga").one
        assert line["state"] == "imposed" and line["approved_by"] == ["otto", "olga"]
        receiver.told("sanction.imposed", kind="close")

        # The account holder reads why, and appeals; who took part does not decide.
        page = urllib.parse.urlsplit(notice["appeal"]["url"]).path
        token = page.rpartition("/")[2]
        status, headers, text = desk.public.ask("GET", page, raw=True)
        assert status == 200 and headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer" and "Set-Cookie" not in headers
        assert "referral code" in html.unescape(text)
        face = desk.public.post(
            "/api/v1/appeals", {"token": token, "text": "This was satire."}, 201)
        appeal = face["appeal"]["id"]
        closed_token = urllib.parse.urlsplit(
            receiver.told("sanction.imposed", kind="close")["data"]["appeal"]["url"]
        ).path.rpartition("/")[2]
        second = desk.public.post(
            "/api/v1/appeals", {"token": closed_token, "text": "Nor was this."}, 201)["appeal"]["id"]
        decision = {"outcome": "overturned", "reason": "It was satire."}
        took_part = desk.by("otto").post(f"/api/v1/appeals/{second}/decide", decision, 403)
        assert took_part["code"] == "took-part"
        desk.by("rita").post(f"/api/v1/appeals/{appeal}/messages", {"text": "Which post?"})
        form = urllib.parse.urlencode({"text": "All of them. <b>&"}).encode()
        status, headers, _ = desk.public.ask(
            "POST", page, form, media="application/x-www-form-urlencoded", raw=True)
        assert status == 303 and headers["Location"].startswith(page)
        text = html.unescape(desk.public.ask("GET", page, raw=True)[2])
        assert "Which post?" in text and "All of them. <b>&" in text and "rita" not in text

        # What leaned on the posts falls with them.
        detail = desk.by("rosa").post(f"/api/v1/appeals/{second}/decide", decision)
        assert detail["appeal"]["outcome"] == "overturned"
        lifted = receiver.told("sanction.lifted", sanction=closing["id"])
        assert lifted["data"]["cause"] in ("appeal", "relief")
        account = desk.by("ines").get("/api/v1/platforms/chat/accounts/moon")
        assert account["account"]["standing"] == "clear" and account["account"]["points"] == 0
        text = html.unescape(desk.public.ask("GET", "/appeal/" + closed_token, raw=True)[2])
        assert "It was satire." in text

        for headers, body in receiver.calls:
            assert judge.holds(secret(store), headers, body)
        headers, body = receiver.calls[0]
        assert not judge.holds(secret(store), headers, body.replace("moon", "noon"))
        assert store.run("record", "verify").one["verified"] is True
        log = store.run("record", "checkpoint").out
        assert token not in log
        errors = pathlib_errors(store)
        assert token not in errors and "moon" not in errors


def pathlib_errors(store):
    """All that servers of a store said on standard error."""
    return "".join(path.read_text("utf-8", "replace") for path in store.home.glob("serve-*.err"))


def test_the_same_post_counts_once_and_one_that_is_not_public_is_refused(store):
    with serve(store):
        desk = Desk(store)
        posts = [post("echo"), quiet("echo"), post("echo", public=False)]
        first = desk.chat.hand_in("chat", posts)
        assert [line.get("verdict") for line in first][:2] == ["solicitation", "none"]
        assert "error" in first[2] and "verdict" not in first[2]
        second = desk.chat.hand_in("chat", posts)
        assert second[0]["infraction"] == first[0]["infraction"]
        account = desk.by("ines").get("/api/v1/platforms/chat/accounts/echo")["account"]
        assert (account["strikes"], account["points"]) == (1, 4)


def test_a_platform_that_gives_no_word_must_give_it_for_each_post(store):
    store.run("platform", "set", "chat", "--no-posts-are-public", by="ada")
    with serve(store):
        desk = Desk(store)
        unsaid, said = desk.chat.hand_in("chat", [post("a"), post("a", public=True)])
        assert "error" in unsaid and said["verdict"] == "solicitation"


def test_a_file_of_posts_is_answered_line_by_line_without_a_server(store):
    lines = [json.dumps(post("file")), "not json", json.dumps(quiet("file"))]
    path = store.write("\n".join(lines) + "\n", ".jsonl")
    answers = store.run("conduct", "ingest", path, "--platform", "chat", by="ines").lines
    assert [("verdict" in a, "error" in a) for a in answers] == [
        (True, False), (False, True), (True, False)]
    assert answers[1]["line"] == 2
    refused = store.run(
        "conduct", "ingest", path, "--platform", "chat", by="rita", expect=REFUSED)
    assert "may not hand in" in refused.err
    shown = store.run("account", "show", "chat/file", json=False).out
    assert "Why warn" in shown and "points" in shown


def test_killed_between_decision_and_webhook_nothing_is_lost_or_doubled(store, receiver, judge):
    store.run("platform", "set", "chat", "--webhook", receiver.url, by="ada")
    receiver.is_down = True
    server = serve(store)
    server.start()
    desk = Desk(store)
    imposed = {desk.strike(f"acc-{n}")["sanction"]["id"] for n in range(5)}
    server.kill()
    receiver.is_down = False
    with serve(store):
        until(lambda: len(receiver.messages) >= 5, "all five are told", 30)
        for _ in range(3):
            desk.strike("acc-0")
        receiver.told("sanction.imposed", kind="restrict")
    told = [m["data"]["sanction"] for m in receiver.messages if m["type"] == "sanction.imposed"]
    assert imposed <= set(told) and len(told) == len(set(told))
    for headers, body in receiver.calls:
        assert judge.holds(secret(store), headers, body)
    assert store.run("record", "verify").one["verified"] is True


def test_programs_are_told_exactly_what_is_wrong(store):
    with serve(store):
        desk = Desk(store)
        for method, path, body, media, name, expected in (
            ("GET", "/api/v1/people/me", None, None, None, (401, "no-token")),
            ("GET", "/api/v1/sanctions", None, None, "chat", (403, "not-allowed")),
            ("GET", "/api/v1/platforms/none", None, None, "ines", (404, "unknown-platform")),
            ("GET", "/api/v1/nothing", None, None, "ines", (404, "not-found")),
            ("DELETE", "/api/v1/sanctions", None, None, "ines", (405, "wrong-method")),
            ("POST", "/api/v1/rules", b"{}", "text/plain", "ines", (415, "wrong-media")),
            ("POST", "/api/v1/rules", b"{", "application/json", "ines", (400, "malformed")),
            ("POST", "/api/v1/rules", b"{}", "application/json", "ines", (422, "bad-field")),
            ("POST", "/api/v1/rules", b"x" * 70_000, "application/json", "ines",
             (413, "too-large")),
            ("GET", "/api/v1/sanctions?limit=0", None, None, "ines", (400, "malformed")),
            ("GET", "/api/v1/appeals/s-1.AAAA", None, None, None, (404, "unknown-number")),
        ):
            api = desk.by(name) if name else desk.public
            status, headers, problem = api.ask(method, path, body, media=media)
            assert (status, problem["code"]) == expected, (path, problem)
            assert headers["Content-Type"] == "application/problem+json"
            assert problem["status"] == status and problem["detail"]
        status, headers, problem = API(desk.address, "wrong").ask("GET", "/api/v1/people/me")
        assert (status, problem["code"]) == (401, "bad-token")
        assert "invalid_token" in headers["Www-Authenticate"]


def test_many_accounts_at_once_take_two_people_and_are_undone_whole(store):
    with serve(store):
        desk = Desk(store)
        for name in ("b1", "b2", "b3"):
            desk.strike(name)
        batch = {"action": "impose", "terms": {"kind": "restrict", "restrictions": ["posting"],
                 "days": 3}, "clause": "agreement, section 5", "accounts":
                 ["chat/b1", "chat/b2", "chat/b3"], "reason": "one ring"}
        preview = desk.by("ines").post("/api/v1/batches/preview", batch)
        assert preview["affected"] == 3
        made = desk.by("ines").post("/api/v1/batches", batch, 201)
        approve = f"/api/v1/batches/{made['id']}/approve"
        assert desk.by("ines").post(approve, {"reason": "me too"}, 403)["code"] == "same-officer"
        assert desk.by("otto").post(approve, {"reason": "seen"})["state"] == "done"
        standing = lambda: {
            a["standing"] for a in desk.by("ines").get("/api/v1/platforms/chat/accounts")["items"]}
        assert standing() == {"restrict"}
        undone = store.run("batch", "undo", made["id"], "--reason", "wrong ring", by="olga").one
        assert undone["state"] == "undone"
        assert standing() == {"warn"}
