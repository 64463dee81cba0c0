"""Who may ask the gate, what its answers tell, and what it makes of odd queries."""

import http.client
import json
import re
import socket
import ssl
import struct
import subprocess
import time
import urllib.request

import dns.edns
import dns.flags
import dns.message
import dns.rdatatype
import pytest

from support import client
from support.authority import Authority, address_of
from support.identity import Identity
from support.orders import order
from support.ports import free_port
from support.waiting import until

LISTED = "clients-venue.com"
ALLOWED = "clients-site.com"
NSID, COOKIE, PADDING, SDE = 3, 10, 12, 65015
DOORS = ["udp", "tcp", "tls", "https"]
KINDS = ["nxdomain", "nodata", "refused", "address"]


@pytest.fixture(scope="module")
def town(new_store):
    """A store with an order of each kind of answer in force, and one of the operator's own."""
    store = new_store("clients")
    store.put_in_force(order("CLIENTS-1", LISTED))
    for kind in KINDS:
        store.put_in_force(order(f"KIND-{kind}", f"{kind}-venue.com", answer=kind))
    store.put_in_force(order("OWN-1", "own-venue.com", origin="operator"))
    return store


SETTINGS = {
    "CORDON_GATE_NSID": "gate-7.example",
    "CORDON_GATE_BLOCK_PAGE": "127.0.0.80,::1",
    "CORDON_GATE_EXPLANATION_ORGANIZATION": "Example Net",
    "CORDON_GATE_EXPLANATION_CONTACTS": "mailto:help@isp.example",
    "CORDON_GATE_EXPLANATION_DATABASE": "example-net",
}


@pytest.fixture(scope="module")
def gate(town, authority, tmp_path_factory):
    """A gate with everything told that can be told, and every door open."""
    identity = Identity(tmp_path_factory.mktemp("identity"))
    doors = {"tls": free_port(), "https": free_port()}
    settings = {
        **SETTINGS, **identity.settings,
        "CORDON_GATE_TLS_LISTEN": f"127.0.0.1:{doors['tls']}",
        "CORDON_GATE_HTTPS_LISTEN": f"127.0.0.1:{doors['https']}",
    }
    with town.serve(upstream=authority.address, settings=settings) as server:
        server.doors = doors
        server.trust = ssl.create_default_context(cafile=identity.authority)
        yield server


def ask_by(door, gate, name, *options, **more):
    """An answer by one of the four doors."""
    if door in ("udp", "tcp"):
        return ask(gate.port, name, *options, tcp=door == "tcp", **more)
    octets = client.question(name, options=list(options), **more).to_wire()
    if door == "https":
        connection = http.client.HTTPSConnection(
            "localhost", gate.doors["https"], timeout=client.PATIENCE, context=gate.trust)
        connection.request(
            "POST", "/dns-query", octets, {"Content-Type": "application/dns-message"})
        answer = connection.getresponse().read()
        connection.close()
        return dns.message.from_wire(answer)
    with socket.create_connection(("127.0.0.1", gate.doors["tls"]), client.PATIENCE) as plain:
        with gate.trust.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(struct.pack("!H", len(octets)) + octets)
            with secure.makefile("rb") as reader:
                return dns.message.from_wire(reader.read(struct.unpack("!H", reader.read(2))[0]))


def serve(store, authority, **settings):
    """A gate with settings of its own."""
    return store.serve(
        upstream=authority.address,
        settings={f"CORDON_GATE_{name}": value for name, value in settings.items()})


def dig(port, *arguments, source=None):
    """What dig says of an answer."""
    bind = ["-b", source] if source else []
    return subprocess.run(
        ["dig", "@127.0.0.1", "-p", str(port), "+tries=1", "+time=5", *bind, *arguments],
        capture_output=True, text=True, timeout=30, check=False).stdout


def exchange(port, octets, source="127.0.0.1", seconds=client.PATIENCE, source_port=0):
    """The answer to a datagram, or None where there is none in time."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((source, source_port))
        sock.settimeout(seconds)
        sock.sendto(octets, ("127.0.0.1", port))
        try:
            return sock.recv(65535)
        except TimeoutError:
            return None


def options_of(message, code):
    """The data of the options of an answer with a code."""
    return [option.to_wire() for option in message.options if int(option.otype) == code]


def generic(code, data=b""):
    """An option of any code."""
    return dns.edns.GenericOption(code, data)


def ask(port, name, *options, **more):
    """An answer to a query with options."""
    return client.ask(port, name, options=list(options), **more)


# MARK: Cookies


def test_dig_gets_a_good_cookie_and_keeps_it(gate):
    for name in (f"www.{LISTED}", ALLOWED):
        said = dig(gate.port, name, "+cookie")
        assert re.search(r"; COOKIE: [0-9a-f]{48} \(good\)", said), said


@pytest.mark.parametrize("door", DOORS)
def test_a_returned_cookie_stays_as_it_is_until_it_is_old(gate, door):
    [first] = options_of(ask_by(door, gate, LISTED, generic(COOKIE, b"12345678")), COOKIE)
    assert len(first) == 24 and first[:8] == b"12345678"
    assert first[8:12] == b"\1\0\0\0"
    assert abs(struct.unpack("!I", first[12:16])[0] - time.time()) < 60
    for name in (LISTED, ALLOWED, f"any.{ALLOWED}"):
        again = ask_by(door, gate, name, generic(COOKIE, first), generic(PADDING, bytes(9)))
        assert options_of(again, COOKIE) == [first]
        padding = options_of(again, PADDING)
        assert bool(padding) == (door in ("tls", "https")), "a cookie and padding go together"


@pytest.mark.parametrize("length", [1, 7, 9, 15, 41])
def test_a_cookie_of_an_impossible_length_is_malformed(gate, length):
    answer = ask(gate.port, ALLOWED, generic(COOKIE, b"c" * length))
    assert client.rcode(answer) == "FORMERR"


def secret_file(home, *secrets):
    """A file of secrets that only its owner reads."""
    path = home / f"secrets-{free_port()}"
    path.touch(mode=0o600)
    path.write_text("\n".join(secrets) + "\n")
    return path


def test_gates_that_share_a_secret_take_each_others_cookies(new_store, authority):
    ours, older = "e5e973e5a6b2a43f48e7dc849e37bfcf", "dd3bdf9344b678b185a6f5cb60fca715"
    store, other = new_store("first"), new_store("second")
    settings = {"COOKIES_REQUIRE": "always", "RATE_LIMIT_EXEMPT": ""}
    file = secret_file(store.home, ours)
    with serve(store, authority, COOKIES_SECRETS=file, **settings) as first:
        with serve(
            other, authority, COOKIES_SECRETS=secret_file(store.home, older, ours), **settings
        ) as second:
            learned = ask(first.port, ALLOWED, generic(COOKIE, b"abcdefgh"))
            assert client.rcode(learned) == "BADCOOKIE" and learned.answer == []
            [cookie] = options_of(learned, COOKIE)
            for gate in (first, second):
                answer = ask(gate.port, ALLOWED, generic(COOKIE, cookie))
                assert client.rcode(answer) == "NOERROR"
                assert client.addresses(answer) == [address_of(ALLOWED)]
                wrong = cookie[:-1] + bytes([cookie[-1] ^ 1])
                assert client.rcode(
                    ask(gate.port, ALLOWED, generic(COOKIE, wrong))) == "BADCOOKIE"
            # dig asks again with the cookie that it got, as clients do; who knows none asks by TCP.
            assert "status: NOERROR" in dig(first.port, ALLOWED, "+cookie")
            assert address_of(ALLOWED) in dig(first.port, ALLOWED, "+nocookie", "+noedns")
            cut = dns.message.from_wire(exchange(first.port, client.wire_question(4, ALLOWED)))
            assert cut.flags & dns.flags.TC and cut.answer == []
            # A new secret in the file is taken over by itself, and the old one holds on.
            file.write_text(f"{older}\n{ours}\n")

            def is_renewed():
                answer = ask(first.port, ALLOWED, generic(COOKIE, cookie))
                assert client.rcode(answer) == "NOERROR"
                return options_of(answer, COOKIE) != [cookie]

            until(is_renewed, "the new secret is in use", 20)
            for server in (first, second):
                text = server.output() + server.errors()
                assert ours not in text and older not in text


def test_a_server_with_unusable_secrets_does_not_start(store):
    for content, mode in [("nonsense\n", 0o600), ("e5e973e5a6b2a43f48e7dc849e37bfcf\n", 0o644)]:
        path = secret_file(store.home)
        path.write_text(content)
        path.chmod(mode)
        code, said = store.serve_in_vain(
            CORDON_GATE_LISTEN=f"127.0.0.1:{free_port()}", CORDON_GATE_COOKIES_SECRETS=path)
        assert code != 0 and "gate.cookies.secrets" in said, said
        assert "e5e973" not in said


# MARK: The limit


def flood(port, octets, count):
    """All answers to one datagram sent many times, from one socket."""
    answers = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        sock.connect(("127.0.0.1", port))
        sock.settimeout(1)
        for number in range(count):
            sock.send(struct.pack("!H", number & 0xFFFF) + octets[2:])
        try:
            while True:
                answers.append(sock.recv(65535))
        except TimeoutError:
            return answers


def test_a_flood_gets_few_answers_and_cookies_and_tcp_get_through(new_store, authority):
    store = new_store("limit")
    store.put_in_force(order("LIMIT-1", LISTED))
    with serve(store, authority, RATE_LIMIT_ANSWERS=20, RATE_LIMIT_EXEMPT="") as gate:
        [cookie] = options_of(
            ask(gate.port, LISTED, generic(COOKIE, b"abcdefgh"), tcp=True), COOKIE)
        query = client.wire_question(1, LISTED)
        before = time.monotonic()
        answers = flood(gate.port, query, 4000)
        seconds = time.monotonic() - before
        whole = [a for a in answers if not a[2] & 2]
        cut = [a for a in answers if a[2] & 2]
        assert 1 <= len(whole) <= 20 * (seconds + 2), f"{len(whole)} answers in {seconds:.1f} s"
        assert 0 < len(cut) <= 2000, "one in two is led to TCP"
        assert max(map(len, cut)) <= len(query), "a forged query is made no larger"
        for name, found in [(LISTED, "NXDOMAIN"), (ALLOWED, "NOERROR")]:
            returning = client.question(name, options=[generic(COOKIE, cookie)]).to_wire()
            kept = flood(gate.port, returning, 200)
            assert len(kept) == 200
            assert {client.rcode(dns.message.from_wire(a)) for a in kept} == {found}
            for _ in range(40):
                assert client.rcode(client.ask(gate.port, name, tcp=True)) == found
        knows = client.question(LISTED, options=[generic(COOKIE, b"ijklmnop")]).to_wire()
        told = {client.rcode(dns.message.from_wire(a)) for a in flood(gate.port, knows, 400)}
        assert "BADCOOKIE" in told and told <= {"BADCOOKIE", "NXDOMAIN"}
        # Its share comes back by itself.
        until(
            lambda: client.rcode(ask(gate.port, LISTED)) == "NXDOMAIN",
            "an answer is given again", 20)


# MARK: Who may ask


def test_who_may_not_ask_is_refused_with_a_reason(new_store, authority):
    store = new_store("allowed")
    with serve(store, authority, ALLOW="127.0.0.2,10.0.0.0/8") as gate:
        assert address_of(ALLOWED) in dig(gate.port, ALLOWED, source="127.0.0.2")
        said = dig(gate.port, ALLOWED)
        assert "status: REFUSED" in said and "EDE: 18 (Prohibited)" in said, said
        assert "status: REFUSED" in dig(gate.port, ALLOWED, "+tcp")
        refused = flood(gate.port, client.wire_question(1, ALLOWED), 500)
        assert len(refused) <= 15, "refusals are few, so that nobody can aim them"


def test_or_is_not_answered_at_all(new_store, authority):
    with serve(new_store("dropped"), authority, ALLOW="127.0.0.1", OTHERS="drop") as gate:
        query = client.wire_question(1, ALLOWED)
        assert exchange(gate.port, query, source="127.0.0.3", seconds=1) is None
        assert exchange(gate.port, query) is not None


@pytest.mark.parametrize("key, value", [
    ("GATE_ALLOW", "192.0.2.1/24"), ("GATE_ALLOW", "everyone"), ("GATE_OTHERS", "shout"),
    ("GATE_COOKIES_REQUIRE", "sometimes"), ("GATE_NSID", "n" * 65),
    ("GATE_EXPLANATION_CONTACTS", "https://isp.example"), ("GATE_RATE_LIMIT_SLIP", "-1")])
def test_a_setting_that_cannot_be_is_told_by_its_name(store, key, value):
    said = store.run("config", "check", env={f"CORDON_{key}": value}, expect=None, json=False)
    assert said.code == 2 and f"CORDON_{key}" in said.err, said


# MARK: What EDNS asks for


def test_the_servers_name_goes_to_those_who_ask_for_it(gate):
    for name in (LISTED, ALLOWED):
        assert '("gate-7.example")' in dig(gate.port, name, "+nsid")
        assert options_of(ask(gate.port, name), NSID) == []


def opt(version=0, flags=0, size=1232, options=b""):
    """An OPT record as octets."""
    return b"\0" + struct.pack("!HHBBHH", 41, size, 0, version, flags, len(options)) + options


def message(*records, flags=0x0100, name=ALLOWED, kind=1, counts=None):
    """A query as octets, with additional records of any form."""
    labels = b"".join(bytes([len(p)]) + p for p in name.encode().split(b".")) + b"\0"
    head = counts or (1, 0, 0, len(records))
    return struct.pack("!HHHHHH", 0xABCD, flags, *head) + labels + struct.pack(
        "!HH", kind, 1) + b"".join(records)


def option(code, data=b""):
    """An option as octets."""
    return struct.pack("!HH", code, len(data)) + data


NOERROR, FORMERR, NOTIMP, BADVERS = 0, 1, 4, 16
TXT_RECORD = b"\1x\0" + struct.pack("!HHIH", 16, 1, 0, 2) + b"\1t"

# The probes of ISC's EDNS compliance tester, and some more: what is sent, the response code, and
# whether the answer has an OPT record.
PROBES = {
    "plain DNS": (message(), NOERROR, False),
    "plain EDNS": (message(opt()), NOERROR, True),
    "version 1": (message(opt(version=1)), BADVERS, True),
    "version 1 with an unknown option": (
        message(opt(version=1, options=option(100))), BADVERS, True),
    "version 255": (message(opt(version=255)), BADVERS, True),
    "unknown option": (message(opt(options=option(100))), NOERROR, True),
    "unknown option with data": (message(opt(options=option(65001, b"x" * 20))), NOERROR, True),
    "unknown flag": (message(opt(flags=0x0080)), NOERROR, True),
    "all flags": (message(opt(flags=0xFFFF)), NOERROR, True),
    "version 1 with an unknown flag": (message(opt(version=1, flags=0x80)), BADVERS, True),
    "DO": (message(opt(flags=0x8000)), NOERROR, True),
    "DO with version 1": (message(opt(version=1, flags=0x8000)), BADVERS, True),
    "size 0": (message(opt(size=0)), NOERROR, True),
    "size 512": (message(opt(size=512)), NOERROR, True),
    "size 65535": (message(opt(size=65535)), NOERROR, True),
    "many options at once": (
        message(opt(options=option(3) + option(8, b"\0\1\0\0") + option(9) + option(
            10, b"12345678") + option(15, b"\0\0") + option(65015))), NOERROR, True),
    "the same option twice": (message(opt(options=option(3) + option(3))), NOERROR, True),
    "two cookies": (
        message(opt(options=option(10, b"1" * 8) + option(10, b"2" * 8))), NOERROR, True),
    "client subnet": (
        message(opt(options=option(8, b"\0\1\x18\0\x7f\0\x0d"))), NOERROR, True),
    "keepalive over UDP": (message(opt(options=option(11))), NOERROR, True),
    "padding": (message(opt(options=option(12, bytes(40)))), NOERROR, True),
    "two OPT records": (message(opt(), opt()), FORMERR, False),
    "OPT below a name": (message(b"\1x" + opt()), FORMERR, False),
    "OPT among the answers": (
        message(opt(), counts=(1, 1, 0, 0)), FORMERR, False),
    "an option that ends too early": (
        message(opt(options=struct.pack("!HH", 100, 9) + b"short")), FORMERR, False),
    "half of an option": (message(opt(options=b"\0\3\0")), FORMERR, False),
    "OPT after another record": (message(TXT_RECORD, opt()), NOERROR, True),
    "OPT before another record": (message(opt(), TXT_RECORD), NOERROR, True),
    "octets after the end": (message(opt()) + b"\0", FORMERR, False),
    "a count too many": (message(opt(), counts=(1, 0, 0, 2)), FORMERR, False),
    "the reserved bit of the header": (message(opt(), flags=0x0140), NOERROR, True),
    "AD and CD": (message(opt(), flags=0x0130), NOERROR, True),
    "TC": (message(opt(), flags=0x0300), NOERROR, True),
    "AA": (message(opt(), flags=0x0500), NOERROR, True),
    "opcode 15": (message(opt(), flags=0x7900), NOTIMP, False),
    "opcode 15 with all flags": (message(opt(), flags=0x7FF0), NOTIMP, False),
    "opcode 15 without EDNS": (message(flags=0x7900), NOTIMP, False),
    "an unknown type": (message(opt(), kind=1000), NOERROR, True),
    "a response code in a query": (message(opt(), flags=0x0105), NOERROR, True),
    "one cookie, no question": (
        struct.pack("!HHHHHH", 0xABCD, 0, 0, 0, 0, 1) + opt(options=option(10, b"12345678")),
        NOERROR, True),
    "no question": (struct.pack("!HHHHHH", 0xABCD, 0, 0, 0, 0, 1) + opt(), FORMERR, False),
}


@pytest.mark.parametrize("name", [ALLOWED, LISTED])
@pytest.mark.parametrize("probe", PROBES, ids=[p.replace(" ", "-") for p in PROBES])
def test_a_probe_of_edns_is_answered_as_the_standard_says(gate, probe, name):
    octets, code, has_opt = PROBES[probe]
    octets = octets.replace(message()[12:-4], message(name=name)[12:-4])
    raw = exchange(gate.port, octets)
    assert raw is not None, "a probe without answer"
    if octets[2] >> 3 & 15 == 15:
        # dnspython knows no such opcode, and will not read the answer.
        assert raw[2:] == bytes([0x80 | 15 << 3, code]) + bytes(8), "no flag is repeated"
        return
    answer = dns.message.from_wire(raw)
    if name == LISTED and code == NOERROR and answer.question:
        code = 3
    assert answer.rcode() == code
    assert answer.id == 0xABCD and answer.flags & dns.flags.QR
    assert raw[3] & 0x40 == 0, "the reserved bit is zero"
    assert (answer.edns >= 0) == has_opt
    assert answer.flags & dns.flags.RD == (octets[2] & 1) << 8
    assert not answer.flags & (dns.flags.AA | dns.flags.TC)
    if has_opt:
        assert answer.edns == 0, "version 0 is all there is"
        assert answer.ednsflags & 0x7FFF == 0, "unknown flags are cleared"
        known = {COOKIE, NSID, 15}
        assert {int(o.otype) for o in answer.options} <= known
        assert len(options_of(answer, COOKIE)) <= 1 and len(options_of(answer, NSID)) <= 1
    if answer.question:
        asked = dns.message.from_wire(octets[:2] + b"\1\0\0\1\0\0\0\0\0\0" + octets[12:],
                                      ignore_trailing=True)
        assert answer.question == asked.question


def test_what_is_no_query_gets_no_answer(gate):
    for octets in (
        b"", b"\0", b"\xab\xcd" + bytes(9), message(flags=0x8180), message(opt(), flags=0x8580)
    ):
        assert exchange(gate.port, octets, seconds=0.5) is None, octets.hex()


def test_dig_is_content_with_odd_queries(gate):
    for arguments, found in [
        (["+edns=1", "+noednsnegotiation"], "status: BADVERS"),
        (["+ednsflags=0x80"], "status: NOERROR"),
        (["+ednsopt=100:beef"], "status: NOERROR"), (["+opcode=15"], "status: NOTIMP"),
        (["+zflag"], "status: NOERROR"), (["+subnet=127.0.13.37/32"], "status: NOERROR"),
        (["+header-only", "+nocookie"], "status: FORMERR"),
        (["+header-only", "+cookie"], "status: NOERROR"),
        (["+bufsize=512", "+dnssec"], "status: NOERROR"),
    ]:
        said = dig(gate.port, ALLOWED, *arguments)
        assert found in said and "WARNING: Message parser" not in said, (arguments, said)
        assert "MBZ" not in said, said


def test_a_clients_subnet_is_told_to_nobody(new_store):
    heard = []

    class Listener(Authority):
        def _answer(self, query, transport):
            heard.append(query)
            return super()._answer(query, transport)

    authority = Listener()
    try:
        with serve(new_store("subnet"), authority) as gate:
            subnet = dns.edns.ECSOption("127.0.13.37", 32)
            assert client.addresses(ask(gate.port, "subnet-site.com", subnet))
    finally:
        authority.close()
    [query] = [q for q in heard if b"subnet-site" in q.lower()]
    assert options_of(dns.message.from_wire(query), 8) == []
    assert bytes([127, 0, 13, 37]) not in query


# MARK: Why


def explain(store, name):
    """What the command line says of a name."""
    return store.run("explain", name).one


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_answer_explains_itself_as_explain_does(gate, town, kind, door):
    name = f"www.{kind}-venue.com"
    line = explain(town, name)
    assert line["decision"] == "blocked" and line["rule"]["action"] == kind
    bare = ask_by(door, gate, name, use_edns=False)
    assert bare.edns == -1
    plain = ask_by(door, gate, name)
    structured = ask_by(door, gate, name, generic(SDE))
    for answer in (bare, plain, structured):
        assert client.rcode(answer) == {
            "nxdomain": "NXDOMAIN", "nodata": "NOERROR", "refused": "REFUSED",
            "address": "NOERROR"}[kind]
        assert client.addresses(answer) == (["127.0.0.80"] if kind == "address" else [])
        assert answer.answer == bare.answer and answer.authority == bare.authority
    [(code, text)] = client.errors(plain)
    assert code == 16
    assert text == (
        f"Order {line['order']['reference']} of {line['order']['authority']},"
        f" until {line['until'][:10]}. Read and contest: {line['contest']}")
    [(code, data)] = client.errors(structured)
    assert code == 16
    assert json.loads(data) == {
        "c": ["mailto:help@isp.example"], "j": text, "o": "Example Net", "l": "en",
        "fdbs": [{"db": "example-net", "id": line["order"]["id"]}]}
    assert " " not in data.replace(text, "").replace("Example Net", ""), "it is minified"


def test_the_operators_own_rule_has_a_code_of_its_own(gate):
    for options in ([], [generic(SDE)]):
        [(code, _)] = client.errors(ask(gate.port, "own-venue.com", *options))
        assert code == 15


def test_two_orders_about_one_name_are_told_alike_by_the_gate_and_by_explain(town, gate):
    for reference in ("TWICE-1", "TWICE-2"):
        town.put_in_force(order(reference, "twice-venue.com"), reason="both name it")

    def told_alike():
        [(_, text)] = client.errors(ask(gate.port, "twice-venue.com"))
        return f"Order {explain(town, 'twice-venue.com')['order']['reference']} " in text

    assert told_alike()
    first = explain(town, "twice-venue.com")["order"]["id"]
    town.run("order", "suspend", first, "--reason", "a pause", by="otto")
    assert explain(town, "twice-venue.com")["order"]["id"] != first
    assert told_alike()
    town.run("order", "resume", first, "--reason", "it is over", by="otto")
    assert explain(town, "twice-venue.com")["order"]["id"] == first
    assert told_alike()


@pytest.mark.parametrize("kind", ["HTTPS", "SVCB", "MX", "TXT", "NS", "ANY"])
def test_the_page_has_addresses_and_nothing_else(gate, kind):
    answer = ask(gate.port, "www.address-venue.com", kind=kind)
    assert (client.rcode(answer), answer.answer) == ("NOERROR", [])
    assert client.soa(answer) is not None
    six = ask(gate.port, "www.address-venue.com", kind="AAAA")
    assert client.addresses(six) == ["::1"]


def test_text_goes_before_anything_is_cut(gate):
    labels = ".".join(["a" * 60] * 3)
    for options in ([], [generic(SDE)], [generic(SDE), generic(COOKIE, b"12345678")]):
        sizes = {}
        for size in range(512, 1233, 40):
            answer = ask(gate.port, f"{labels}.{LISTED}", *options, payload=size)
            assert len(answer.to_wire()) <= size + 16 and not answer.flags & dns.flags.TC
            [(code, text)] = client.errors(answer)
            assert code == 16
            sizes[size] = len(text)
        assert list(sizes.values()) == sorted(sizes.values()), "more room, more text"
        assert sizes[1232] > 0


# MARK: Loops


def test_answers_that_come_back_are_passed_over(gate):
    query = client.wire_question(8, f"www.{LISTED}")
    answer = exchange(gate.port, query)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", gate.port))
        sock.settimeout(client.PATIENCE)
        for _ in range(100):
            sock.send(answer)
        sock.send(struct.pack("!H", 99) + query[2:])
        assert sock.recv(4096)[:2] == struct.pack("!H", 99), "an answer was answered"
        sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            sock.recv(4096)


@pytest.mark.parametrize("port, is_answered", [
    (53, True), (7, False), (13, False), (17, False), (19, False), (37, False)])
def test_ports_that_answer_whatever_comes_are_not_answered(gate, port, is_answered):
    query = client.wire_question(8, f"www.{LISTED}")
    try:
        answer = exchange(gate.port, query, "127.0.0.77", 1, source_port=port)
    except PermissionError:
        pytest.skip(f"this user may not use port {port}")
    assert (answer is not None) is is_answered


def test_a_gate_that_forwards_to_itself_comes_to_an_end(new_store):
    store = new_store("itself")
    store.put_in_force(order("ITSELF-1", LISTED))
    port = free_port()
    settings = {"CORDON_GATE_LISTEN": f"127.0.0.1:{port}"}
    server = store.serve(upstream=f"127.0.0.1:{port}", settings=settings)
    server._start_once()
    server.port = port
    try:
        until(lambda: client.answers(port), "the gate answers", 30)
        answer = dns.message.from_wire(
            exchange(port, client.wire_question(3, "loop-site.com"), seconds=20))
        assert client.rcode(answer) == "SERVFAIL"

        def is_quiet():
            before = queries(store)
            for number in range(20):
                assert exchange(port, client.wire_question(number, LISTED)) is not None
            return queries(store) == before + 20

        until(is_quiet, "nothing goes round in it any more")
        server.stop()
    finally:
        server.kill()


def queries(store):
    """How many queries came, by the server's own count."""
    url = f"http://{store.settings['CORDON_CONSOLE_LISTEN']}/metrics"
    with urllib.request.urlopen(url, timeout=10) as page:
        lines = page.read().decode().splitlines()
    [count] = [line.split()[1] for line in lines if line.startswith("cordon_gate_queries_total ")]
    return int(count)


# MARK: Nobody remembers


def test_no_client_and_no_name_is_found_anywhere(new_store, authority):
    canary, site = "127.0.13.37", "canary-3137"
    store = new_store("canary")
    store.put_in_force(order("CANARY-1", "venue-of-all.com"))
    settings = dict(
        RATE_LIMIT_ANSWERS=5, RATE_LIMIT_EXEMPT="", ALLOW="127.0.0.1,127.0.13.37")
    with serve(store, authority, **settings) as gate:
        answered = refused = 0
        for kind in (1, 28, 65, 255, 252):
            for name in (f"{site}.venue-of-all.com", f"{site}.com", f"{site}.invalid"):
                query = client.wire_question(5, name, kind)
                answered += exchange(gate.port, query, canary, 0.3) is not None
                refused += exchange(gate.port, query, "127.0.13.38", 0.1) is not None
        assert answered >= 5 and refused >= 1
        cookie = client.question(f"{site}.com", options=[generic(COOKIE, b"canary-c")]).to_wire()
        for _ in range(20):
            exchange(gate.port, cookie, canary, 0.1)
        exchange(gate.port, message(name=f"{site}.com") + b"nonsense", canary, 0.5)
        console = store.settings["CORDON_CONSOLE_LISTEN"]
        for path in ("/metrics", "/transparency", "/transparency/orders.json"):
            with urllib.request.urlopen(f"http://{console}{path}", timeout=10) as page:
                told = page.read().decode()
            assert told and canary not in told and site not in told, path
        stop_and_search(gate, store, canary, site)


def stop_and_search(server, store, *secrets):
    """Looks for secrets in all that a server has written, while it runs and after."""
    for moment in ("while it runs", "after it ended"):
        searched = 0
        for path in store.home.rglob("*"):
            if not path.is_file():
                continue
            octets = path.read_bytes()
            searched += 1
            for secret in secrets:
                assert secret.encode() not in octets, f"{secret} is in {path}, {moment}"
        assert searched > 5
        server.stop()
