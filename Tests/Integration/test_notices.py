"""Notices: contacts by RDAP, mail at a real mail server, reports judged by XARF's own validator."""

import base64
import hashlib
import json
import subprocess

import pytest

from support.mailbox import Mailbox
from support.program import DONE, FAILED, REFUSED
from support.rdap import RDAP, REGISTRAR, entity
from support.tools import python_with

NOTICE = {
    "CORDON_MAIL_FROM": "watch@supervisor.example",
    "CORDON_NOTICE_REPORTER": "Example Financial Supervisor",
    "CORDON_NOTICE_CONTACT": "desk@supervisor.example",
    "CORDON_NOTICE_RULE": "Payment Services Act s. 12(3)",
    "CORDON_NOTICE_CONTEST_URL": "https://supervisor.example/contest",
}

# Reads a report on standard input and prints what XARF's own library finds wrong with it.
JUDGE = """
import json, sys, xarf
result = xarf.parse(json.load(sys.stdin))
print(json.dumps([f"{e.field}: {e.message}" for e in result.errors]
                 + [f"{w.field}: {w.message}" for w in result.warnings]))
"""


@pytest.fixture
def rdap():
    server = RDAP()
    yield server
    server.close()


@pytest.fixture
def searching(store, rdap):
    """A store whose searches for contacts go to the server on loopback."""
    store.settings |= {
        "CORDON_RDAP_SERVERS": f"example={rdap.url},192.0.2.0/24={rdap.url}",
        "CORDON_WATCH_ALLOW_ADDRESSES": f"127.0.0.1:{rdap.port}",
    }
    return store


@pytest.fixture
def mailbox(tmp_path):
    """Makes mail servers, and ends them."""
    made = []

    def make(**options):
        made.append(Mailbox(tmp_path, **options))
        return made[-1]

    yield make
    for server in made:
        server.close()


def mailing(store, server, tls="off", **more):
    store.settings |= NOTICE | {"CORDON_MAIL_SERVER": server.place, "CORDON_MAIL_TLS": tls} | more
    return store


def secret(store, text):
    path = store.write(text, ".secret")
    path.chmod(0o600)
    return path


# Contacts


def test_contacts_are_found_with_their_scope(searching, rdap):
    rdap.domain("shop.example", REGISTRAR, related=[f"{rdap.url}second/domain/shop.example"])
    rdap.answer("/second/domain/shop.example", {
        "objectClassName": "domain",
        "entities": [entity(["technical"], "Ops", "ops@shop.example"),
                     entity(["registrant"], "A Person", "person@home.example")]})
    rdap.answer("/ip/192.0.2.7", {
        "objectClassName": "ip network", "name": "NET",
        "entities": [entity(["registrant"], "Sample Hosting AB", "owner@hosting.example",
                            [entity(["abuse"], "Abuse", "abuse@hosting.example")])]})
    told = searching.run("notice", "contacts", "www.shop.example", "--address", "192.0.2.7").one
    assert [(c["scope"], c["role"], c["address"]) for c in told["contacts"]] == [
        ("operator", "technical", "ops@shop.example"),
        ("operator", "guess", "abuse@shop.example"),
        ("host", "abuse", "abuse@hosting.example"),
        ("registrar", "abuse", "abuse@registrar.example"),
    ]
    assert told["registrar"] == "Sample Registrar, LLC"
    assert all(accept.startswith("application/rdap+json") for _, accept in rdap.asked)


def test_failures_are_shown_step_by_step(searching, rdap):
    rdap.answer("/domain/shop.example", b"slow down", 429, **{"Retry-After": "60"})
    rdap.answer("/ip/192.0.2.7", b"<html>")
    told = searching.run("notice", "contacts", "shop.example", "--address", "192.0.2.7").one
    steps = {step["aim"]: step for step in told["search"]}
    assert steps["registry"]["retry_after"] == 60
    assert "429" in steps["registry"]["failure"]
    assert "not JSON" in steps["network"]["failure"]
    assert [c["role"] for c in told["contacts"]] == ["guess"]


def test_loopback_is_not_asked_unless_the_settings_allow_it(searching, rdap):
    searching.settings.pop("CORDON_WATCH_ALLOW_ADDRESSES")
    told = searching.run("notice", "contacts", "shop.example").one
    assert not rdap.asked
    assert any("127.0.0.1" in (step.get("failure") or "") for step in told["search"])


# Mail


@pytest.mark.parametrize("language, words", [
    ("en", "please answer by"), ("zh-Hans", "的通知：请于"), ("zh-Hant", "的通知：請於")])
def test_a_test_notice_arrives_as_written(store, mailbox, language, words):
    server = mailbox()
    mailing(store, server)
    told = store.run("notice", "test", "inbox@desk.example", "--language", language).one
    (mail,) = server.mails
    envelope, _ = server.messages[0]
    assert not mail.defects
    assert envelope.mail_from == "watch@supervisor.example"
    assert envelope.rcpt_tos == ["inbox@desk.example"]
    assert mail["message-id"] == told["message_id"]
    assert words in mail["subject"]
    assert mail["from"].addresses[0].display_name == "Example Financial Supervisor"
    assert mail["reply-to"].addresses[0].addr_spec == "desk@supervisor.example"
    assert mail["content-language"] == language
    text = mail.get_body().get_content()
    for part in ("https://site.example/", "this is a test", "https://supervisor.example/contest"):
        assert part in text
    assert all(len(line) <= 998 for line in envelope.content.split(b"\r\n"))


def test_the_report_satisfies_xarf_itself(store, mailbox):
    judge = python_with("xarf==1.0.0")
    server = mailbox()
    mailing(store, server)
    store.run("notice", "test", "inbox@desk.example")
    (attachment,) = server.mails[0].iter_attachments()
    assert attachment.get_filename() == "xarf.json"
    assert attachment.get_content_type() == "application/json"
    octets = attachment.get_content()
    report = json.loads(octets)
    judged = subprocess.run([judge, "-c", JUDGE], input=octets, stdout=subprocess.PIPE, check=True)
    assert json.loads(judged.stdout) == []
    assert report["tags"] == ["lifecycle:test"]
    for item in report["evidence"]:
        payload = base64.b64decode(item["payload"], validate=True)
        assert item["hash"] == "sha256:" + hashlib.sha256(payload).hexdigest()
        assert item["size"] == len(payload)
    # The judge does judge: without a field that is required, it objects.
    del report["source_identifier"]
    judged = subprocess.run(
        [judge, "-c", JUDGE], input=json.dumps(report).encode(), stdout=subprocess.PIPE, check=True)
    assert any("source_identifier" in fault for fault in json.loads(judged.stdout))


# The server counts TLS from the first octet as none, and warns.
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_login_goes_over_tls(store, mailbox, tls):
    server = mailbox(tls=tls, login=("watch", "s3cret word"))
    mailing(
        store, server, tls, CORDON_MAIL_AUTHORITY=server.certificate,
        CORDON_MAIL_CREDENTIALS=secret(store, "watch\ns3cret word\n"))
    store.run("notice", "test", "inbox@desk.example")
    assert server.logins == [("watch", "s3cret word")]
    assert [encrypted for _, encrypted in server.messages] == [True]


def test_a_refused_login_is_told_without_the_password(store, mailbox):
    server = mailbox(tls="starttls", login=("watch", "right"))
    mailing(
        store, server, "starttls", CORDON_MAIL_AUTHORITY=server.certificate,
        CORDON_MAIL_CREDENTIALS=secret(store, "watch\nwr0ng-word\n"))
    result = store.run("notice", "test", "inbox@desk.example", expect=FAILED)
    assert "login" in result.err and "mail settings" in result.err
    assert "wr0ng" not in result.err + result.out
    assert not server.messages


def test_a_certificate_that_nobody_vouches_for_stops_the_mail(store, mailbox):
    server = mailbox(tls="starttls", login=("watch", "right"))
    mailing(store, server, "starttls",
            CORDON_MAIL_CREDENTIALS=secret(store, "watch\nright\n"))
    result = store.run("notice", "test", "inbox@desk.example", expect=FAILED)
    assert "certificate" in result.err
    assert not server.logins and not server.messages


def test_a_server_without_tls_gets_nothing_where_tls_is_demanded(store, mailbox):
    server = mailbox()
    mailing(store, server, "starttls")
    result = store.run("notice", "test", "inbox@desk.example", expect=FAILED)
    assert "no protected connection" in result.err
    assert not server.messages


@pytest.mark.parametrize("reply, words", [
    ("550 5.1.1 no such user", "refused the message (550)"),
    ("451 4.7.1 greylisted", "will be tried again")])
def test_a_refusal_is_told_with_the_servers_words(store, mailbox, reply, words):
    server = mailbox()
    server.refusal = reply
    mailing(store, server)
    result = store.run("notice", "test", "inbox@desk.example", expect=FAILED)
    assert words in result.err and reply in result.err


def test_mail_without_its_library_is_told_and_all_else_works(store, mailbox, tmp_path):
    (tmp_path / "libcurl.so.4").write_bytes(b"")
    env = {"LD_LIBRARY_PATH": tmp_path}
    server = mailbox()
    mailing(store, server)
    store.run("config", "check", env=env)
    result = store.run("notice", "test", "inbox@desk.example", expect=FAILED, env=env)
    assert "install libcurl4" in result.err
    assert not server.messages


def test_settings_that_are_missing_or_wrong_are_named(store):
    result = store.run("notice", "test", "inbox@desk.example", expect=REFUSED)
    assert "notice.reporter" in result.err
    result = store.run("notice", "test", "nobody", expect=REFUSED, env=NOTICE)
    assert "no mail address" in result.err
    result = store.run("notice", "test", "a@b.example", expect=FAILED, env=NOTICE)
    assert "mail.server" in result.err
    result = store.run(
        "config", "check", expect=REFUSED, env={"CORDON_NOTICE_REPORTER": "Someone"})
    assert "mail.from is needed" in result.err
    assert store.run("config", "check", expect=DONE, env=NOTICE)
