"""Cases: from a page that the watch finds to letters in a mailbox, and to a site that is clean."""

import http.server
import json
import pathlib
import socketserver
import threading

import pytest

from support import clock
from support.mailbox import Mailbox
from support.program import REFUSED, REPOSITORY
from support.waiting import until
from web import pages, plan

NOTICE = {
    "CORDON_MAIL_FROM": "watch@supervisor.example",
    "CORDON_MAIL_TLS": "off",
    "CORDON_NOTICE_REPORTER": "Example Financial Supervisor",
    "CORDON_NOTICE_CONTACT": "desk@supervisor.example",
    "CORDON_NOTICE_RULE": "Payment Services Act s. 12(3)",
}


class Venue:
    """A site of the test web that runs a venue, until it is taken down."""

    def __init__(self):
        self.site = next(s for s in plan.sites(400, 8_000, 1, with_traps=False) if s.kind == "venue")
        self.is_up = True
        venue = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status, body = venue.answer(self.path.partition("?")[0])
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Answer)
        self.place = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        if path == "/robots.txt":
            return 404, b""
        number = int(path[3:-5]) if path.startswith("/p/") and path[3:-5].isdigit() else 0
        if not self.is_up or number >= self.site.pages:
            return 404, b"<html><body>There is nothing here.</body></html>"
        return 200, pages.page(self.site, number).encode()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def venue():
    made = Venue()
    yield made
    made.close()


@pytest.fixture
def mailbox(tmp_path):
    made = Mailbox(tmp_path)
    yield made
    made.close()


@pytest.fixture
def watching(new_store, small_grounds, tmp_path, venue, mailbox):
    """A store that has found the venue, with a mail server and no RDAP server to ask."""
    folder = tmp_path / "policies"
    folder.mkdir()
    guard = pathlib.Path(small_grounds["CORDON_ASSESSMENT_POLICIES"]) / "guard"
    (folder / "guard").symlink_to(guard)
    (folder / "detection").symlink_to(REPOSITORY / "Policies" / "detection")
    registry = tmp_path / "rdap"
    registry.mkdir()
    for name in ("dns", "ipv4", "ipv6"):
        (registry / f"{name}.json").write_text(json.dumps({"version": "1.0", "services": []}))
    store = new_store("cases")
    store.settings |= NOTICE | {
        "CORDON_ASSESSMENT_POLICIES": folder,
        "CORDON_MAIL_SERVER": mailbox.place,
        "CORDON_RDAP_BOOTSTRAP": registry,
        "CORDON_WATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "CORDON_WATCH_DELAY_MILLISECONDS": 0,
        "CORDON_WATCH_RENDER": "off",
    }
    store.run("watch", "add", f"http://{venue.place}/", "--note", "a tip", by="ines")
    return store


@pytest.fixture
def found(watching):
    """The store, once it has looked at the site, and the number of the case."""
    watching.run("watch", "run", "--until-idle")
    cases = watching.run("case", "list").lines
    assert [case["category"] for case in cases] == ["venue"], cases
    return watching, cases[0]["id"]


def state(store, case):
    return store.run("case", "show", case).one["case"]["state"]


def test_a_finding_can_be_checked_by_anyone_who_reads_it(found, venue):
    store, case = found
    told = store.run("case", "show", case, "--all").one
    assert told["case"]["site"] == venue.place
    finding = told["findings"][0]
    assert finding["score"] >= 0.5 and finding["capture"]["payload"]
    page = venue.answer(finding["url"].partition(venue.place)[2])[1].decode()
    for piece in finding["evidence"]:
        if piece["part"] == "html":
            cut = page.encode()[piece["start"]:piece["end"]].decode("utf-8", "replace")
            assert piece["text"] and cut.startswith(piece["text"][:40]), piece
    proof = store.run("record", "prove", finding["entry"]).one
    leaf = json.loads(proof["leaf"])
    assert leaf["data"]["evidence"] == finding["evidence_digest"]
    assert leaf["data"]["capture"]["payload"] == finding["capture"]["payload"]
    assert "127.0.0.1" not in proof["leaf"], "a site's name may be a person's"
    assert store.run("record", "verify").one["verified"] is True


def test_nothing_leaves_the_house_before_a_person_has_looked(found, mailbox):
    store, case = found
    to = ("--to", "abuse@host.example")
    early = store.run("case", "notice", case, *to, by="olga", expect=REFUSED)
    assert "nobody has looked" in early.err
    with store.serve(upstream="127.0.0.1:9"):
        store.run("case", "review", case, "--remark", "It trades.", by="ines")
        preview = store.run("case", "notice", case, *to, "--preview", by="olga").one
        assert preview["letters"][0]["to"] == "abuse@host.example"
        assert not mailbox.messages
        sent = store.run("case", "notice", case, *to, "--deadline", "10", by="olga").one
        assert sent["state"] == "noticed"
        until(lambda: state(store, case) == "waiting", "the letter is sent", 30)
    (mail,) = mailbox.mails
    assert mail["To"] == "abuse@host.example" and mail["From"].endswith("<watch@supervisor.example>")
    letter = store.run("case", "show", case).one["notices"][0]["letters"][0]
    assert letter["state"] == "sent" and letter["message_id"] == mail["Message-ID"]
    report = json.loads(next(mail.iter_attachments()).get_content())
    assert report["xarf_version"].startswith("4.")
    assert not store.run("case", "list", "--state", "new").lines


def test_a_letter_that_is_refused_gives_the_case_back(found, mailbox):
    store, case = found
    mailbox.refusal = "550 no such user"
    store.run("case", "review", case, "--remark", "It trades.", by="ines")
    store.run("case", "notice", case, "--to", "abuse@host.example", by="olga")
    with store.serve(upstream="127.0.0.1:9"):
        until(lambda: state(store, case) == "reviewed", "the failure is on the record", 30)
    letter = store.run("case", "show", case).one["notices"][0]["letters"][0]
    assert letter["state"] == "failed" and "550" in letter["last_error"]
    assert not mailbox.messages


def test_a_site_that_is_gone_on_three_days_is_resolved_by_itself(found, venue, mailbox, tmp_path):
    store, case = found
    library = clock.build(tmp_path)
    if library is None:
        pytest.skip("there is no C compiler to make a movable clock with")
    store.run("case", "review", case, "--remark", "It trades.", by="ines")
    store.run("case", "notice", case, "--to", "abuse@host.example", "--deadline", "2", by="olga")
    with store.serve(upstream="127.0.0.1:9"):
        until(lambda: state(store, case) == "waiting", "the letter is sent", 30)
    hands = clock.Clock(store, library)
    venue.is_up = False
    for day in (2, 3, 4):
        assert state(store, case) not in ("resolved", "dismissed")
        hands.set(hours=24 * day + 1)
        store.run("watch", "run", "--until-idle")
    told = store.run("case", "show", case).one
    assert told["case"]["state"] == "resolved" and len(set(told["case"]["gone_on"])) == 3
    assert told["history"][-1]["by"] == "system"
    assert store.run("record", "verify").one["verified"] is True


def test_a_dismissal_holds_while_the_page_stays_as_it_is(found, venue, tmp_path):
    store, case = found
    library = clock.build(tmp_path)
    if library is None:
        pytest.skip("there is no C compiler to make a movable clock with")
    store.run("case", "close", case, "--as", "dismissed", "--reason", "Licensed.", by="ines")
    hands = clock.Clock(store, library)
    hands.set(hours=24 * 30)
    store.run("watch", "run", "--until-idle")
    assert not store.run("case", "list").lines
    assert [c["state"] for c in store.run("case", "list", "--all").lines] == ["dismissed"]


def test_a_site_that_is_an_address_is_not_referred(found):
    store, case = found
    store.run("case", "review", case, "--remark", "It trades.", by="ines")
    refused = store.run("case", "refer", case, "--reason", "It goes on.", by="ines", expect=REFUSED)
    assert "address" in refused.err
