"""The gate's doors for streams: TCP, TLS and HTTPS, with real clients, slow ones and broken ones."""

import base64
import contextlib
import http.client
import http.server
import pathlib
import random
import socket
import ssl
import struct
import subprocess
import threading

import dns.edns
import dns.message
import pytest

from support import client
from support.authority import address_of
from support.identity import Identity
from support.orders import order
from support.ports import free_port
from support.waiting import until

LISTED = "doors-venue.com"
PADDED = 468


class Doors:
    """A server with every door open."""

    def __init__(self, server, identity, ports):
        self.server, self.identity = server, identity
        self.ports = dict(ports, udp=server.port, tcp=server.port)
        self.trust = ssl.create_default_context(cafile=identity.authority)

    @contextlib.contextmanager
    def stream(self, door):
        """A connection by TCP or TLS."""
        with socket.create_connection(("127.0.0.1", self.ports[door]), client.PATIENCE) as plain:
            if door == "tcp":
                yield plain
                return
            with self.trust.wrap_socket(plain, server_hostname="localhost") as secure:
                yield secure

    def ask(self, door, octets):
        """The answer to octets by one of the doors, as octets; None where there is none."""
        if door == "udp":
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                sock.settimeout(client.PATIENCE)
                sock.connect(("127.0.0.1", self.ports["udp"]))
                sock.send(octets)
                return sock.recv(65535)
        if door == "https":
            return self.post(octets)[1]
        with self.stream(door) as sock:
            sock.sendall(struct.pack("!H", len(octets)) + octets)
            return next(frames(sock), None)

    def post(self, octets, kind="application/dns-message"):
        """Status, body and fields of a POST by HTTP/1.1."""
        connection = http.client.HTTPSConnection(
            "localhost", self.ports["https"], timeout=client.PATIENCE, context=self.trust)
        with contextlib.closing(connection):
            connection.request("POST", "/dns-query", octets, {"Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers

    @property
    def url(self):
        """Where DNS over HTTPS is."""
        return f"https://localhost:{self.ports['https']}/dns-query"

    def serial(self, door="tls"):
        """The serial number of the certificate that a new connection is shown."""
        with self.stream(door) as sock:
            return int(sock.getpeercert()["serialNumber"], 16)


def frames(sock):
    """The messages that come on a stream until it ends."""
    waiting = b""
    while True:
        while len(waiting) >= 2:
            length = struct.unpack("!H", waiting[:2])[0]
            if len(waiting) < 2 + length:
                break
            yield waiting[2 : 2 + length]
            waiting = waiting[2 + length :]
        try:
            octets = sock.recv(65535)
        except (ConnectionError, ssl.SSLError):
            return
        if not octets:
            return
        waiting += octets


def is_ended(sock):
    """Whether the other side has closed a connection that it said nothing on."""
    try:
        return sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@contextlib.contextmanager
def open_doors(store, authority, folder, **settings):
    """Runs a server with a certificate of its own."""
    identity = Identity(folder)
    ports = {"tls": free_port(), "https": free_port()}
    settings = {
        "CORDON_GATE_TLS_LISTEN": f"127.0.0.1:{ports['tls']}",
        "CORDON_GATE_HTTPS_LISTEN": f"127.0.0.1:{ports['https']}",
        **identity.settings, **settings,
    }
    with store.serve(upstream=authority.address, settings=settings) as server:
        yield Doors(server, identity, ports)


@pytest.fixture(scope="module")
def doors(new_store, authority, tmp_path_factory):
    """A running gate with one order in force and every door open."""
    store = new_store("doors")
    store.put_in_force(order("DOORS-1", LISTED))
    with open_doors(store, authority, tmp_path_factory.mktemp("identity")) as opened:
        yield opened


def run(*arguments, expect=0):
    """Runs a real client; answers what it said."""
    ended = subprocess.run(
        list(map(str, arguments)), stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        check=False, text=True)
    said = f"{' '.join(map(str, arguments))}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
    assert expect is None or ended.returncode == expect, said
    return ended.stdout + ended.stderr


# MARK: The same answers everywhere


@pytest.mark.parametrize("name", [f"www.{LISTED}", "allowed-by-all-doors.com"])
@pytest.mark.parametrize("kind", [1, 28, 16, 65])
@pytest.mark.parametrize("edns", [True, False])
def test_every_door_gives_the_same_answer(doors, name, kind, edns):
    octets = client.wire_question(0, name, kind, edns)
    by_datagram, *others = [
        dns.message.from_wire(doors.ask(door, octets)) for door in ("udp", "tcp", "tls", "https")]
    assert client.rcode(by_datagram) == ("NXDOMAIN" if LISTED in name else "NOERROR")
    assert client.is_blocked(by_datagram) == (edns and LISTED in name)
    for answer in others:
        assert answer.to_text() == by_datagram.to_text()
        assert client.errors(answer) == client.errors(by_datagram)


@pytest.mark.parametrize("door, options", [
    ("tls", ["+tls"]), ("https", ["+https"]), ("https", ["+https-get"])])
def test_kdig_is_told_of_the_block_and_trusts_the_certificate(doors, door, options):
    said = run(
        "kdig", "@127.0.0.1", "-p", doors.ports[door], *options,
        f"+tls-ca={doors.identity.authority}", "+tls-hostname=localhost", f"www.{LISTED}")
    assert "NXDOMAIN" in said and "Censored" in said, said
    if door == "tls":
        # kdig pads what it asks by TLS, and so gets as much.
        assert f"Received {PADDED} B" in said, said


def test_dig_asks_by_tls_and_https(doors):
    for door, options in (("tls", ["+tls"]), ("https", ["+https"])):
        said = run(
            "dig", "@127.0.0.1", "-p", doors.ports[door], *options,
            f"+tls-ca={doors.identity.authority}", "+tls-hostname=localhost", f"www.{LISTED}")
        assert "status: NXDOMAIN" in said and "EDE: 16 (Censored)" in said, said


@pytest.mark.parametrize("mode", ["tcp", "dot"])
def test_dnsperf_loses_nothing(doors, mode, tmp_path):
    queries = tmp_path / "queries"
    names = [f"n{n}.{LISTED if n % 3 == 0 else 'dnsperf-site.com'}" for n in range(300)]
    queries.write_text("".join(f"{name} A\n" for name in names))
    door = {"tcp": "tcp", "dot": "tls"}[mode]
    said = run(
        "dnsperf", "-s", "127.0.0.1", "-p", doors.ports[door], "-m", mode, "-d", queries, "-n", 10,
        "-c", 8, "-q", 100)
    assert "Queries completed:    3000 (100.00%)" in said, said
    assert "NXDOMAIN 1000" in said and "NOERROR 2000" in said, said


# MARK: HTTPS


def test_many_streams_at_once_get_each_its_own_answer(doors, tmp_path):
    names = [f"m{n}.{LISTED if n % 2 else 'streams-site.com'}" for n in range(400)]
    lines = []
    for number, name in enumerate(names):
        text = base64.urlsafe_b64encode(client.wire_question(0, name)).decode().rstrip("=")
        lines += [f'url = "{doors.url}?dns={text}"', f'output = "{tmp_path}/{number}"']
    settings = tmp_path / "settings"
    settings.write_text("\n".join(lines) + "\n")
    run("curl", "--silent", "--show-error", "--fail", "--cacert", doors.identity.authority,
        "--http2", "--parallel", "--parallel-max", 60, "--config", settings)
    for number, name in enumerate(names):
        answer = dns.message.from_wire((tmp_path / str(number)).read_bytes())
        assert answer.question[0].name.to_text() == f"{name}."
        assert client.is_blocked(answer) == (LISTED in name)


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
@pytest.mark.parametrize("path, options, status", [
    ("", ["--header", "content-type: application/dns-message", "--data-binary", "@{query}"], 200),
    ("?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB", [], 200),
    ("?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB=", [], 400),
    ("?dns=AA+B", [], 400), ("?dns=", [], 400), ("", [], 400), ("?name=www.example.com", [], 400),
    ("/", [], 404), ("/../", [], 404), ("x?dns=AAAA", [], 404),
    ("", ["--request", "DELETE"], 405), ("", ["--head"], 405),
    ("", ["--request", "PUT", "--data-binary", "@{query}"], 405),
    ("", ["--header", "content-type: application/dns-message", "--data-binary", "@{long}"], 413),
    ("", ["--data-binary", "@{query}"], 415),
    ("", ["--header", "content-type:", "--data-binary", "@{query}"], 415),
])
def test_curl_gets_the_right_status(doors, tmp_path, version, path, options, status):
    files = {"query": tmp_path / "query", "long": tmp_path / "long"}
    files["query"].write_bytes(client.wire_question(0, f"www.{LISTED}"))
    files["long"].write_bytes(bytes(70_000))
    said = run(
        "curl", "--silent", "--cacert", doors.identity.authority, version, "--path-as-is",
        "--output", tmp_path / "body", "--write-out", "%{http_code} %{http_version}",
        *(option.format(**files) for option in options), doors.url + path)
    assert said == f"{status} {'2' if version == '--http2' else '1.1'}"


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_answers_by_https_say_how_long_they_may_be_kept(doors, tmp_path, version):
    for name, life in ((f"www.{LISTED}", 60), ("kept-site.com", 300)):
        query = tmp_path / "query"
        query.write_bytes(client.wire_question(0, name))
        said = run(
            "curl", "--silent", "--cacert", doors.identity.authority, version, "--output",
            tmp_path / "body", "--header", "content-type: application/dns-message",
            "--data-binary", f"@{query}", "--write-out", "%header{cache-control}", doors.url)
        kept, seconds = said.split("=")
        assert kept == "max-age" and 0 < int(seconds) <= life
        answer = dns.message.from_wire((tmp_path / "body").read_bytes())
        least = min(r.ttl for r in answer.answer + answer.authority)
        assert int(seconds) == least


def test_curl_resolves_by_https_and_not_where_an_order_blocks(doors, authority):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"the page")

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        authority.script("page-site.com", "page-site.com. 60 IN A 127.0.0.1")
        curl = ["curl", "--silent", "--show-error", "--noproxy", "*", "--cacert",
                doors.identity.authority, "--doh-url", doors.url.replace("localhost", "127.0.0.1")]
        assert "the page" in run(*curl, f"http://page-site.com:{port}/")
        # 6: the host could not be resolved.
        run(*curl, f"http://www.{LISTED}:{port}/", expect=6)
        server.shutdown()


# MARK: TLS


@pytest.mark.parametrize("door, offered, chosen", [
    ("tls", "dot", "dot"), ("https", "h2,http/1.1", "h2"), ("https", "http/1.1", "http/1.1")])
def test_the_protocol_is_agreed_upon(doors, door, offered, chosen):
    said = run(
        "openssl", "s_client", "-connect", f"127.0.0.1:{doors.ports[door]}", "-alpn", offered,
        "-CAfile", doors.identity.authority, "-verify_return_error", "-verify_ip", "127.0.0.1")
    assert f"ALPN protocol: {chosen}" in said and "Verification: OK" in said, said


@pytest.mark.parametrize("door, offered", [
    ("tls", "h2"), ("tls", "imap,xmpp-client"), ("https", "dot")])
def test_a_client_of_another_protocol_is_refused(doors, door, offered):
    said = run(
        "openssl", "s_client", "-connect", f"127.0.0.1:{doors.ports[door]}", "-alpn", offered,
        expect=None)
    assert "alert no application protocol" in said, said


@pytest.mark.parametrize("version", ["-tls1", "-tls1_1"])
def test_old_versions_of_tls_are_refused(doors, version):
    said = run(
        "openssl", "s_client", "-connect", f"127.0.0.1:{doors.ports['tls']}", version, "-cipher",
        "ALL:@SECLEVEL=0", expect=None)
    assert "alert protocol version" in said, said


def test_a_changed_certificate_is_taken_and_a_bad_one_is_not(new_store, authority, tmp_path):
    store = new_store("renewed")
    store.put_in_force(order("DOORS-2", LISTED))
    question = client.wire_question(7, f"www.{LISTED}")
    framed = struct.pack("!H", len(question)) + question
    with open_doors(store, authority, tmp_path) as doors:
        with doors.stream("tls") as old:
            first = doors.serial()
            second = doors.identity.issue()
            until(lambda: doors.serial() == second, "the new certificate is shown")
            assert second != first and doors.serial("https") == second
            stranger = tmp_path / "stranger.key"
            doors.identity.make(tmp_path / "stranger.pem", stranger)
            stranger.replace(doors.identity.key)
            until(lambda: "does not belong" in doors.server.errors(), "the fault is told")
            assert doors.serial() == second
            old.sendall(framed)
            assert next(frames(old))[:2] == question[:2], "an open connection lives on"
            third = doors.identity.issue()
            until(lambda: doors.serial() == third, "a good certificate is shown again")
        assert doors.server.errors().count("does not belong") == 1


@pytest.mark.parametrize("fault, sentence", [
    ("mismatch", "does not belong to the first certificate"), ("missing", "is not there"),
    ("empty", "no certificate in PEM"), ("half", "without gate.tls.key")])
def test_a_certificate_of_no_use_is_told_at_the_start(new_store, tmp_path, fault, sentence):
    store = new_store("unusable")
    identity = Identity(tmp_path)
    settings = {k: str(v) for k, v in identity.settings.items()}
    if fault == "mismatch":
        identity.make(tmp_path / "other.pem", identity.key)
    elif fault == "missing":
        identity.key.unlink()
    elif fault == "empty":
        identity.certificate.write_text("")
    else:
        del settings["CORDON_GATE_TLS_KEY"]
    code, said = store.serve_in_vain(
        CORDON_GATE_LISTEN=f"127.0.0.1:{free_port()}",
        CORDON_GATE_TLS_LISTEN=f"127.0.0.1:{free_port()}",
        CORDON_GATE_HTTPS_LISTEN=f"127.0.0.1:{free_port()}", **settings)
    assert code != 0 and sentence in said, said


# MARK: Streams


def option(message, code):
    """The data of an option of an answer, or None."""
    found = [o for o in message.options if o.otype == code]
    return found[0].to_wire() if found else None


@pytest.mark.parametrize("door", ["udp", "tcp", "tls", "https"])
def test_the_idle_time_is_told_and_padding_given_where_they_belong(doors, door):
    options = [dns.edns.GenericOption(11, b""), dns.edns.GenericOption(12, b"")]
    query = client.question(f"www.{LISTED}", options=options)
    octets = doors.ask(door, query.to_wire())
    answer = dns.message.from_wire(octets)
    assert option(answer, 11) == (struct.pack("!H", 200) if door in ("tcp", "tls") else None)
    assert (option(answer, 12) is not None) == (door in ("tls", "https"))
    assert (len(octets) % PADDED == 0) == (door in ("tls", "https"))


@pytest.mark.parametrize("door", ["tcp", "tls"])
def test_a_client_that_ends_its_side_gets_every_answer(doors, door):
    numbers = range(1, 201)
    names = [f"half-{n}.{LISTED if n % 2 else 'half-site.com'}" for n in numbers]
    octets = b"".join(
        struct.pack("!H", len(q)) + q
        for q in (client.wire_question(n, name) for n, name in zip(numbers, names)))
    with doors.stream(door) as sock:
        sock.sendall(octets)
        if door == "tcp":
            sock.shutdown(socket.SHUT_WR)
            answered = [struct.unpack("!H", a[:2])[0] for a in frames(sock)]
        else:
            read = frames(sock)
            answered = [struct.unpack("!H", next(read)[:2])[0] for _ in numbers]
    assert sorted(answered) == list(numbers)


@pytest.mark.parametrize("door", ["tcp", "tls", "https"])
def test_silent_clients_keep_nobody_out(new_store, authority, tmp_path, door):
    store = new_store("silent")
    store.put_in_force(order("DOORS-3", LISTED))
    settings = {"CORDON_GATE_STREAMS_CONNECTIONS": 50,
                "CORDON_GATE_STREAMS_CONNECTIONS_PER_CLIENT": 1000}
    question = client.wire_question(7, f"www.{LISTED}")
    with open_doors(store, authority, tmp_path, **settings) as doors:
        with contextlib.ExitStack() as stack:
            silent = [
                stack.enter_context(socket.create_connection(("127.0.0.1", doors.ports[door])))
                for _ in range(120)]
            for sock in silent:
                with contextlib.suppress(ConnectionError):
                    # The first octet of a length, or of a handshake; nothing follows.
                    sock.send(b"\0" if door == "tcp" else b"\x16")
            # All have come in when so many had to make room for others.
            until(lambda: sum(map(is_ended, silent)) == 70, "70 of 120 silent clients to be ended")
            for _ in range(20):
                assert doors.ask(door, question)[:2] == question[:2]


@pytest.mark.parametrize("door", ["tcp", "tls"])
def test_a_client_that_reads_nothing_is_ended_and_delays_nobody(
        new_store, authority, tmp_path, door):
    store = new_store("greedy")
    store.put_in_force(order("DOORS-4", LISTED))
    question = client.wire_question(7, f"www.{LISTED}")
    many = (struct.pack("!H", len(question)) + question) * 500
    with open_doors(
            store, authority, tmp_path, CORDON_GATE_STREAMS_IDLE_SECONDS=1) as doors:
        with doors.stream(door) as greedy:
            greedy.settimeout(0.05)
            ended = False
            served = 0
            while not ended:
                try:
                    greedy.send(many)
                except (socket.timeout, ssl.SSLWantWriteError):
                    pass
                except (ConnectionError, ssl.SSLError):
                    ended = True
                assert doors.ask(door, question)[:2] == question[:2]
                served += 1
        assert served > 0


def test_a_query_octet_by_octet_ends_its_connection_alone(new_store, authority, tmp_path):
    store = new_store("dripping")
    store.put_in_force(order("DOORS-5", LISTED))
    question = client.wire_question(7, f"{'a' * 60}.{LISTED}")
    with open_doors(
            store, authority, tmp_path, CORDON_GATE_STREAMS_IDLE_SECONDS=1) as doors:
        with doors.stream("tcp") as dripping:
            dripping.settimeout(0.1)
            left = struct.pack("!H", len(question)) + question[:-1]
            ended = False
            while not ended:
                try:
                    if left:
                        dripping.send(left[:1])
                        left = left[1:]
                    ended = dripping.recv(1) == b""
                except socket.timeout:
                    pass
                except ConnectionError:
                    ended = True
                answer = doors.ask("tcp", client.wire_question(9, "drip-site.com"))
                assert client.addresses(dns.message.from_wire(answer)) == [
                    address_of("drip-site.com")]
            assert left, "it was ended before the query was whole"


# MARK: Nonsense


def mutated(generator, octets):
    """Octets with a few changes."""
    octets = bytearray(octets)
    for _ in range(generator.randint(1, 5)):
        at = generator.randrange(len(octets))
        kind = generator.randrange(4)
        if kind == 0:
            octets[at] ^= 1 << generator.randrange(8)
        elif kind == 1:
            octets[at] = generator.randrange(256)
        elif kind == 2 and len(octets) > 13:
            del octets[at]
        else:
            octets.insert(at, generator.randrange(256))
    return bytes(octets)


@pytest.mark.parametrize("door", ["udp", "tcp", "tls", "https"])
def test_a_thousand_mutated_messages_disturb_nobody(doors, door):
    generator = random.Random(f"doors-{door}")
    good = client.question(
        f"www.{LISTED}", options=[dns.edns.GenericOption(12, bytes(8))]).to_wire()
    messages = [mutated(generator, good) for _ in range(1000)]
    if door == "udp":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            for message in messages:
                sock.sendto(message, ("127.0.0.1", doors.ports["udp"]))
    elif door == "https":
        connection = http.client.HTTPSConnection(
            "localhost", doors.ports["https"], timeout=client.PATIENCE, context=doors.trust)
        with contextlib.closing(connection):
            for message in messages:
                connection.request(
                    "POST", "/dns-query", message, {"Content-Type": "application/dns-message"})
                answer = connection.getresponse()
                assert answer.status in (200, 400)
                answer.read()
    else:
        for start in range(0, 1000, 50):
            with doors.stream(door) as sock:
                with contextlib.suppress(ConnectionError, ssl.SSLError):
                    for message in messages[start : start + 50]:
                        sock.sendall(struct.pack("!H", len(message)) + message)
                    sock.sendall(b"\0\0")
                for _ in frames(sock):
                    pass
    assert dns.message.from_wire(doors.ask(door, good)).rcode() == 3
    assert doors.server.process.poll() is None


@pytest.mark.parametrize("door", ["tls", "https"])
def test_noise_instead_of_a_handshake_disturbs_nobody(doors, door):
    generator = random.Random(f"noise-{door}")
    for turn in range(1000):
        with socket.create_connection(("127.0.0.1", doors.ports[door])) as sock:
            head = bytes.fromhex("1603010044010000400303") if turn % 2 else b""
            with contextlib.suppress(ConnectionError):
                sock.sendall(head + generator.randbytes(generator.randint(1, 200)))
    good = client.wire_question(1, f"www.{LISTED}")

    def answered():
        # The places of those who made the noise are free once the gate has seen them end.
        with contextlib.suppress(OSError, EOFError):
            return dns.message.from_wire(doors.ask(door, good)).rcode() == 3
        return False

    until(answered, "an answer after the noise")


# MARK: The demonstration


def test_the_demonstration_has_a_certificate_and_says_how_to_use_it(new_store, authority):
    store = new_store("demonstration", own_lists=True)
    settings = {
        "CORDON_GATE_TLS_LISTEN": f"127.0.0.1:{free_port()}",
        "CORDON_GATE_HTTPS_LISTEN": f"127.0.0.1:{free_port()}",
    }
    with store.serve(
            upstream=authority.address, arguments=["--demo"], settings=settings, ready=60) as server:
        lines = [line.split() for line in server.output().splitlines()]
        tried = [line for line in lines if line and line[0] in ("dig", "kdig", "curl")
                 and "authority.pem" in " ".join(line)]
        assert [line[0] for line in tried] == ["dig", "kdig", "kdig", "curl"], server.output()
        for line in tried:
            if line[0] == "curl":
                assert "resolve host" in run(*line, expect=6)
            else:
                said = run(*line)
                assert "NXDOMAIN" in said and "Censored" in said, said
        [trust] = [part for part in tried[-1] if part.endswith("authority.pem")]
        folder = pathlib.Path(trust).parent
        assert (folder / "server.key").stat().st_mode & 0o777 == 0o600
        # The authority's own key is written nowhere.
        keys = sorted(path.name for path in folder.glob("*.key"))
        assert keys == ["appeal.key", "log.key", "server.key"]
        run("openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", trust,
            folder / "server.pem")
    assert not folder.exists()
