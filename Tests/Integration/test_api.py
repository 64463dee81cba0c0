"""The API is what its description says: every route is asked, and every answer held against it."""

import json
import subprocess
import urllib.parse

import pytest

from support.platform import API
from support.tools import python_with
from test_conduct import (  # noqa: F401
    LADDER, RULE, RULE_NAME, Desk, post, quiet, ruled, serve, store)

# Foreign judges: of the description by OpenAPI 3.1, of answers by JSON Schema 2020-12.
TOOLS = ("openapi-spec-validator==0.7.1", "jsonschema==4.23.0", "PyYAML==6.0.2")
DESCRIPTION = """
import json, sys
from openapi_spec_validator import validate
validate(json.load(sys.stdin))
"""
ANSWERS = """
import json, sys
from jsonschema import Draft202012Validator
description = json.loads(sys.stdin.readline())
for line in sys.stdin:
    call = json.loads(line)
    schema = {**call["schema"], "components": description["components"]}
    faults = [f"{list(e.absolute_path)}: {e.message}"[:300]
              for e in Draft202012Validator(schema).iter_errors(call["answer"])]
    print(json.dumps(faults), flush=True)
"""


class Described:
    """A server with its description; each call is held against it."""

    def __init__(self, desk):
        self.desk = desk
        self.description = desk.public.get("/api/openapi.json")
        self.called = set()
        self.judge = subprocess.Popen(
            [python_with(*TOOLS), "-c", ANSWERS], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        self._tell(self.description)

    def _tell(self, value):
        self.judge.stdin.write(json.dumps(value) + "\n")
        self.judge.stdin.flush()

    def call(self, operation, who=None, body=None, expect=None, **names):
        """Asks an operation by its name; answers the JSON."""
        path, method, route = next(
            (path, method, route) for path, methods in self.description["paths"].items()
            for method, route in methods.items() if route["operationId"] == operation)
        query = names.pop("query", "")
        address = path.format(**{k: urllib.parse.quote(v, safe="") for k, v in names.items()})
        api = self.desk.by(who) if who else self.desk.public
        media = next(iter(route.get("requestBody", {}).get("content", {"application/json": 0})))
        if isinstance(body, list):
            body = "".join(json.dumps(line) + "\n" for line in body).encode()
        status, headers, text = api.ask(
            method.upper(), address + query, body, media=media, raw=True)
        response = route["responses"].get(str(status))
        assert response, f"{operation} answers {status}, which is not described: {text[:500]}"
        if expect is None:
            expect = min(int(s) for s in route["responses"])
        assert status == expect, f"{operation}: {status} {text[:800]}"
        kind = headers["Content-Type"]
        assert kind in response["content"], f"{operation} answers {kind}"
        if kind == "application/x-ndjson":
            answer = [json.loads(line) for line in text.splitlines()]
        elif kind == "text/csv":
            answer = text
        else:
            answer = json.loads(text)
            self._tell({"schema": response["content"][kind]["schema"], "answer": answer})
            faults = json.loads(self.judge.stdout.readline())
            assert not faults, f"{operation} {status}: {faults}"
        if status < 400:
            self.called.add(operation)
        return answer

    @property
    def operations(self):
        return {route["operationId"] for methods in self.description["paths"].values()
                for route in methods.values()}

    def close(self):
        self.judge.stdin.close()
        self.judge.wait(10)
        self.judge.stdout.close()


@pytest.fixture
def described(store):  # noqa: F811
    with serve(store):
        made = Described(Desk(store))
        yield made
        made.close()


def test_every_route_answers_as_described(described):
    d, why = described, {"reason": "for a test"}
    d.call("describe")
    d.call("whoAmI", "chat")
    d.call("setPlatform", "ada", {"name": "Talk", "territory": ["DE"], "posts_are_public": True,
           "profile": "eu-dsa", "keep_days": 400}, platform="talk")
    d.call("setPlatform", "ines", {"name": "Talk"}, expect=403, platform="talk")
    d.call("listPlatforms", "ines")
    d.call("getPlatform", "chat", platform="chat")
    d.call("getPlatform", "chat", expect=403, platform="talk")
    d.call("listLadders", "chat", platform="chat")
    ladder = {"name": "standard", "version": 2, "window_days": 30,
              "infractions": [{"kind": "solicitation", "points": 4, "gravity": "serious"}],
              "rungs": [{"points": 4, "sanction": "warn"},
                        {"points": 8, "sanction": "suspend", "days": 9, "needs_warning": True}]}
    d.call("adoptLadder", "ada", ladder, platform="chat")
    d.call("adoptLadder", "ada", {**ladder, "extra": 1}, expect=422, platform="chat")

    rule = {"name": "no-crypto", "category": "solicitation", "least_score": 0.99,
            "kind": "solicitation", "clause": "section 5"}
    made = d.call("writeRule", "ines", rule)
    d.call("stageRule", "ines", {"stage": "shadow", **why}, expect=409, rule=made["rule"])
    d.call("stageRule", "ines", {"stage": "shadow", **why}, expect=404, rule="no-such@1")
    d.call("listRules", "ines")

    party = d.call("addParty", "chat", {"name": "Moon Ltd", "kind": "firm"})
    d.call("setParty", "ines", {"name": "Moon Limited", "kind": "firm"}, id=party["id"])
    nobody = d.call("addParty", "ines", {"name": "Nobody", "kind": "person", "group": "sky"})
    assert [p["id"] for p in d.call("listParties", "ines", query="?group=sky")["items"]] == [
        nobody["id"]]
    d.call("eraseParty", "ines", expect=403, id=nobody["id"])
    assert d.call("eraseParty", "ada", id=nobody["id"])["accounts"] == []
    assert "name" not in d.call("getParty", "rita", id=nobody["id"])["party"]
    d.call("registerAccounts", "chat", {"accounts": [
        {"id": "moon", "handle": "Moon", "category": "business", "party": party["id"],
         "language": "zh-Hans", "agreement": "2026-1", "opened": "2025-01-01T00:00:00Z"},
        {"id": "sun/2", "handle": "太阳"}]}, platform="chat")
    answer = d.call("handInPosts", "chat", [post("moon"), quiet("moon")], platform="chat")
    d.call("handInPosts", "rita", [post("moon")], expect=403, platform="chat")
    d.call("handInPosts", "chat", [post("moon")], platform="chat")
    d.call("listAccounts", "chat", platform="chat", query="?limit=1")
    d.call("listAccounts", "chat", platform="chat", query="?standing=warn")
    d.call("getAccount", "chat", platform="chat", id="moon")
    d.call("getAccount", "chat", platform="chat", id="sun/2")
    d.call("getAccountHistory", "ines", platform="chat", id="moon")
    d.call("reviewAccount", "rita", {"category": "business", "filing": "F-9", "news_permit": "N-1"},
           platform="chat", id="moon")
    d.call("holdAccount", "ada", {"reason": "a court asks"}, platform="chat", id="moon")
    d.call("holdAccount", "ada", {}, platform="chat", id="moon")
    party = d.call("getParty", "ines", id=party["id"])
    assert party["accounts"][0]["key"] == "moon" and "kept_because" in party
    d.call("eraseParty", "ada", expect=409, id=party["party"]["id"])
    d.call("getInfraction", "ines", id=answer[0]["infraction"])
    d.call("listInfractions", "rita", query="?state=counted&account=chat/moon")

    page = d.call("listSanctions", "ines", query="?limit=1")
    assert len(page["items"]) == 1 and page["next"]
    rest = d.call("listSanctions", "ines", query=f"?cursor={page['next']}")
    assert rest["items"][0]["id"] != page["items"][0]["id"]
    warned, waiting = page["items"][0]["id"], rest["items"][0]["id"]
    d.call("getSanction", "ines", id=waiting)
    d.call("confirmSanction", "chat", id=warned)
    d.call("noticeDelivered", "chat", id=warned)
    d.call("noticeDelivered", "chat", expect=404, id="s-999")
    d.call("declineSanction", "ines", why, id=waiting)
    d.call("approveSanction", "ines", why, expect=409, id=waiting)
    proposal = {"kind": "suspend", "days": 3, "clause": "section 5",
                "infractions": [answer[0]["infraction"]], **why}
    proposed = d.call("proposeSanction", "ines", proposal, platform="chat", id="moon")
    d.call("approveSanction", "ines", why, expect=403, id=proposed["id"])
    d.call("approveSanction", "otto", why, id=proposed["id"])
    d.call("liftSanction", "otto", why, id=proposed["id"])

    batch = {"action": "impose", "terms": {"kind": "restrict", "restrictions": ["posting"],
             "days": 2}, "clause": "section 5", "accounts": ["chat/moon"], **why}
    d.call("previewBatch", "ines", batch)
    first, second = d.call("proposeBatch", "ines", batch), d.call("proposeBatch", "ines", batch)
    d.call("approveBatch", "ines", why, expect=403, id=first["id"])
    d.call("approveBatch", "otto", why, id=first["id"])
    d.call("undoBatch", "olga", why, id=first["id"])
    d.call("declineBatch", "olga", why, id=second["id"])
    d.call("listBatches", "ines")

    # The same referral code under another account is a lead, and no ground.
    shared = post("moon")
    d.call("handInPosts", "chat", [shared], platform="chat")
    d.call("handInPosts", "chat", [{**shared, "id": "elsewhere", "account": "star"}],
           platform="chat")
    leads = d.call("listLeads", "ines")["items"]
    assert leads
    lead = d.call("getLead", "rita", id=leads[0]["id"])
    assert lead["values"] and {a["key"] for a in lead["accounts"]} == {"moon", "star"}
    d.call("settleLead", "rita", {"settled": "different", **why}, id=leads[0]["id"])

    token = d.desk.store.token_of(warned)
    d.call("getAppeal", appeal=token)
    d.call("getAppeal", expect=404, appeal=warned + "." + "A" * 43)
    face = d.call("fileAppeal", body={"token": token, "text": "This was satire."})
    d.call("fileAppeal", body={"token": token, "text": "Again."}, expect=409)
    number = face["appeal"]["id"]
    d.call("getAppeal", "rita", appeal=number)
    d.call("getAppeal", expect=401, appeal=number)
    d.call("answerAppeal", body={"text": "Look at the picture."}, appeal=token)
    d.call("answerAppeal", "rita", {"text": "Which one?"}, appeal=number)
    d.call("listAppeals", "rita")
    d.call("decideAppeal", "rita", {"outcome": "overturned", **why}, appeal=number)
    held = d.call("listInfractions", "rita", query="?state=counted")["items"]
    d.call("settleInfraction", "rosa", {"ruling": "overturn", **why}, id=held[0]["id"])
    d.call("revertRule", "otto", why, rule=RULE_NAME)
    d.desk.store.run("report", "make", "--kind", "authority", "chat", by="ines")
    report = d.call("listReports", "ines")["items"][0]["id"]
    d.call("getReport", "ines", id=report)
    d.call("getReport", "ines", expect=404, id="r-999")
    told = d.call("getReportContent", "ines", id=report)
    assert d.call("getReportTable", "ines", id=report).count("\r\n") == 1 + len(told["sanctions"])
    d.call("receiveReport", "ines", {"receipt": "A-77"}, id=report)
    d.call("resendReport", "ines", expect=409, id=report)
    d.call("getTransparency", "ines", query="?platform=chat&from=2026-01-01")
    d.call("getTransparency", "ines", expect=404, query="?platform=none")

    # A rule on its way, by one who did not write it.
    d.call("tryRule", "otto", [post("old")], rule=made["rule"],
           query="?platform=chat&accept=true")
    d.call("stageRule", "otto", {"stage": "shadow", **why}, rule=made["rule"])
    assert d.operations - d.called == {"resendReport"}, "a route was never called"


def test_the_description_is_valid_and_no_method_is_served_that_it_does_not_name(described):
    subprocess.run(
        [python_with(*TOOLS), "-c", DESCRIPTION], check=True, text=True,
        input=json.dumps(described.description))
    api = described.desk.by("ada")
    for path, methods in described.description["paths"].items():
        address = path.format(**dict.fromkeys(
            ("platform", "id", "rule", "appeal"), "x"))
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            if method.lower() in methods:
                continue
            status, headers, problem = api.ask(method, address)
            assert (status, problem["code"]) == (405, "wrong-method"), (method, address)
            assert set(headers["Allow"].split(", ")) - {"HEAD"} == {m.upper() for m in methods}
