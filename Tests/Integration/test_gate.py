"""The gate as a DNS server: what it answers, to whom it forwards, and what it does with nonsense."""

import random
import socket
import struct
import subprocess

import dns.edns
import dns.flags
import dns.message
import dns.rdatatype
import pytest

from support import client, peers
from support.authority import Authority, address_of
from support.orders import order
from support.ports import free_port
from support.waiting import until

LISTED = "gate-venue.com"


@pytest.fixture(scope="module")
def gate(new_store, authority):
    """A running gate with one order in force, which forwards to the authority."""
    store = new_store("gate")
    store.put_in_force(order("GATE-1", LISTED, ("exact.gate-site.com", "exact")))
    with store.serve(upstream=authority.address) as server:
        yield server


def send_raw(port, octets, tcp=False, seconds=client.PATIENCE):
    """The answer to octets, as octets."""
    kind = socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.settimeout(seconds)
        sock.connect(("127.0.0.1", port))
        if not tcp:
            sock.send(octets)
            return sock.recv(65535)
        sock.sendall(struct.pack("!H", len(octets)) + octets)
        with sock.makefile("rb") as reader:
            return reader.read(struct.unpack("!H", reader.read(2))[0])


# MARK: Blocked answers


@pytest.mark.parametrize("tcp", [False, True], ids=["udp", "tcp"])
def test_a_blocked_answer_has_the_parts_that_resolvers_expect(gate, tcp):
    answer = client.ask(gate.port, f"www.{LISTED}", tcp=tcp)
    assert client.rcode(answer) == "NXDOMAIN"
    assert answer.flags & dns.flags.QR and answer.flags & dns.flags.RA
    assert answer.flags & dns.flags.RD
    assert not answer.flags & (dns.flags.AD | dns.flags.TC)
    record = client.soa(answer)
    assert record.name.to_text() == f"{LISTED}.", "the SOA is of the name that the rule names"
    assert record.ttl <= 60 and record[0].minimum <= 60
    assert [code for code, _ in client.errors(answer)] == [16]


@pytest.mark.parametrize("kind", [
    "A", "AAAA", "HTTPS", "SVCB", "MX", "TXT", "NS", "SOA", "DS", "DNSKEY", "CNAME", "ANY",
    "SRV", "CAA", "TYPE65280"])
def test_every_type_of_a_blocked_name_is_blocked_alike(gate, kind):
    answer = client.ask(gate.port, f"www.{LISTED}", kind)
    assert (client.rcode(answer), answer.answer) == ("NXDOMAIN", [])
    assert client.is_blocked(answer)


@pytest.mark.parametrize("flags, wants_dnssec", [
    (dns.flags.RD, True), (dns.flags.RD | dns.flags.CD, False),
    (dns.flags.RD | dns.flags.CD | dns.flags.AD, True), (0, False)])
def test_no_flag_of_a_question_gets_around_a_block(gate, flags, wants_dnssec):
    answer = client.ask(
        gate.port, f"www.{LISTED}", flags=flags, want_dnssec=wants_dnssec)
    assert client.is_blocked(answer) and client.rcode(answer) == "NXDOMAIN"
    assert not answer.flags & dns.flags.AD
    assert bool(answer.ednsflags & dns.flags.DO) == wants_dnssec
    types = {rrset.rdtype for rrset in answer.answer + answer.authority}
    assert types == {dns.rdatatype.SOA}, "nothing is signed or denied by signature"


def test_a_client_without_edns_is_blocked_and_gets_no_edns(gate):
    answer = client.ask(gate.port, f"www.{LISTED}", use_edns=False)
    assert client.rcode(answer) == "NXDOMAIN"
    assert answer.edns == -1
    assert client.soa(answer) is not None


@pytest.mark.parametrize("name", ["WwW.GaTe-VeNuE.cOm", "www.gate-venue.com"])
def test_a_question_is_repeated_octet_for_octet(gate, name):
    query = client.wire_question(77, name)
    answer = send_raw(gate.port, query)
    assert answer[12 : 12 + len(name) + 6] == query[12 : 12 + len(name) + 6]


def test_an_escaped_dot_is_no_dot(gate, authority):
    name = b"\x0eodd.gate-venue\x03com\0"
    query = struct.pack("!HHHHHH", 5, 0x100, 1, 0, 0, 0) + name + b"\0\1\0\1"
    answer = send_raw(gate.port, query)
    assert answer[3] & 0xF == 0, "odd\\.gate-venue.com is no name below gate-venue.com"


# MARK: The protocol


def test_an_answer_gets_no_answer(gate):
    query = bytearray(client.wire_question(9, f"www.{LISTED}"))
    query[2] |= 0x80
    good = client.wire_question(10, f"www.{LISTED}")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", gate.port))
        sock.settimeout(client.PATIENCE)
        sock.send(bytes(query))
        sock.send(good)
        assert sock.recv(4096)[:2] == good[:2], "an answer was answered: that makes loops"


@pytest.mark.parametrize("opcode", [1, 2, 3, 4, 5, 6, 15])
def test_other_opcodes_are_not_implemented(gate, opcode):
    query = bytearray(client.wire_question(9, "opcode-site.com"))
    query[2] |= opcode << 3
    answer = send_raw(gate.port, bytes(query))
    assert answer[3] & 0xF == 4, f"opcode {opcode}: {answer.hex()}"
    assert answer[2] >> 3 & 0xF == opcode


@pytest.mark.parametrize("octets, why", [
    (struct.pack("!HHHHHH", 7, 0x100, 0, 0, 0, 0), "no question"),
    (struct.pack("!HHHHHH", 7, 0x100, 2, 0, 0, 0) + b"\1a\0\0\1\0\1" * 2, "two questions"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\3www", "a name that is cut off"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\xc0\x0c\0\1\0\1", "a name that loops"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\3www\xc0\x0c\0\1\0\1", "a longer loop"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 0) + b"\x3f" + b"a" * 63 + b"\x3f" + b"b" * 63
     + b"\x3f" + b"c" * 63 + b"\x3f" + b"d" * 63 + b"\0\0\1\0\1", "a name of 257 octets"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 2) + b"\1a\0\0\1\0\1"
     + b"\0\0\x29\x04\xd0\0\0\0\0\0\0" * 2, "two OPT records"),
    (struct.pack("!HHHHHH", 7, 0x100, 1, 0, 0, 1) + b"\1a\0\0\1\0\1"
     + b"\1x\0\x29\x04\xd0\0\0\0\0\0\0", "an OPT record with a name"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_a_malformed_question_is_answered_formerr(gate, octets, why):
    answer = send_raw(gate.port, octets)
    assert answer[:2] == octets[:2]
    assert answer[2] & 0x80 and answer[3] & 0xF == 1, f"{why}: {answer.hex()}"


def test_a_later_version_of_edns_is_told_apart(gate):
    answer = client.ask(gate.port, "version-site.com", use_edns=1)
    assert client.rcode(answer) == "BADVERS"
    assert answer.edns == 0 and answer.answer == []


def test_unknown_options_and_flags_of_edns_are_passed_over(gate):
    options = [dns.edns.GenericOption(65001, b"x" * 20), dns.edns.GenericOption(10, b"c" * 8)]
    answer = client.ask(gate.port, "options-site.com", options=options, ednsflags=0x4000)
    assert client.addresses(answer) == [address_of("options-site.com")]
    assert answer.ednsflags & 0x7FFF == 0


def test_any_is_answered_small_as_rfc_8482_says(gate, authority):
    answer = client.ask(gate.port, "any-site.com", "ANY")
    [rrset] = answer.answer
    assert rrset.rdtype == dns.rdatatype.HINFO
    assert rrset[0].to_text().upper().startswith('"RFC8482"')
    assert authority.count("any-site.com", 255) == 0


@pytest.mark.parametrize("rdclass", ["CH", "HS", "ANY"])
def test_other_classes_are_refused(gate, rdclass):
    query = dns.message.make_query("version.bind", "TXT", rdclass)
    answer = dns.message.from_wire(send_raw(gate.port, query.to_wire()))
    assert (client.rcode(answer), answer.answer) == ("REFUSED", [])


@pytest.mark.parametrize("kind", ["AXFR", "IXFR"])
def test_zone_transfers_of_other_zones_are_refused(gate, authority, kind):
    query = dns.message.make_query("transfer-site.com", kind)
    for tcp in (False, True):
        answer = dns.message.from_wire(send_raw(gate.port, query.to_wire(), tcp=tcp))
        assert client.rcode(answer) in ("REFUSED", "NOTAUTH", "NOTIMP", "FORMERR")


# MARK: Sizes


def big_text(count):
    """TXT records that take some 100 octets each."""
    return [f'big-{count}.com. 60 IN TXT "{n:03}{"x" * 80}"' for n in range(count)]


@pytest.mark.parametrize("payload, fits", [(512, False), (900, False), (1232, True), (4096, True)])
def test_an_answer_keeps_to_the_clients_size_and_is_whole_by_tcp(gate, authority, payload, fits):
    authority.script("big-10.com", *big_text(10))
    query = dns.message.make_query("big-10.com", "TXT", use_edns=0, payload=payload)
    octets = send_raw(gate.port, query.to_wire())
    answer = dns.message.from_wire(octets)
    assert len(octets) <= payload
    assert bool(answer.flags & dns.flags.TC) is not fits
    assert answer.edns == 0
    whole = client.ask(gate.port, "big-10.com", "TXT", tcp=True)
    assert len(whole.answer[0]) == 10 and not whole.flags & dns.flags.TC


def test_no_datagram_is_larger_than_1232_octets_whatever_the_client_says(gate, authority):
    authority.script("big-60.com", *big_text(60))
    query = dns.message.make_query("big-60.com", "TXT", use_edns=0, payload=65535)
    octets = send_raw(gate.port, query.to_wire())
    answer = dns.message.from_wire(octets)
    assert len(octets) <= 1232 and answer.flags & dns.flags.TC
    assert len(client.ask(gate.port, "big-60.com", "TXT", tcp=True).answer[0]) == 60


def test_without_edns_an_answer_has_at_most_512_octets(gate, authority):
    authority.script("big-9.com", *big_text(9))
    octets = send_raw(gate.port, dns.message.make_query("big-9.com", "TXT").to_wire())
    answer = dns.message.from_wire(octets)
    assert len(octets) <= 512 and answer.flags & dns.flags.TC and answer.edns == -1


def test_a_size_below_512_means_512(gate):
    answer = client.ask(gate.port, f"www.{LISTED}", payload=0)
    assert client.is_blocked(answer)
    assert client.soa(answer) is not None


def test_dig_retries_a_truncated_answer_by_tcp(gate, authority):
    authority.script("big-40.com", *big_text(40))
    said = subprocess.run(
        ["dig", "@127.0.0.1", "-p", str(gate.port), "big-40.com", "TXT", "+short"],
        capture_output=True, text=True, timeout=30, check=True).stdout
    assert len([line for line in said.splitlines() if line.startswith('"')]) == 40, said


# MARK: Streams


def test_many_questions_share_one_connection_and_each_is_answered(gate):
    names = [f"stream-{n}.com" for n in range(40)] + [f"{n}.{LISTED}" for n in range(40)]
    found = {}
    with socket.create_connection(("127.0.0.1", gate.port), client.PATIENCE) as sock:
        queries = [client.wire_question(n, name) for n, name in enumerate(names)]
        sock.sendall(b"".join(struct.pack("!H", len(q)) + q for q in queries))
        with sock.makefile("rb") as reader:
            for _ in names:
                octets = reader.read(struct.unpack("!H", reader.read(2))[0])
                found[names[struct.unpack_from("!H", octets)[0]]] = dns.message.from_wire(octets)
    assert found.keys() == set(names)
    for name, answer in found.items():
        assert client.is_blocked(answer) is name.endswith(LISTED), name


def test_a_question_that_comes_in_pieces_is_answered(gate):
    query = client.wire_question(3, f"www.{LISTED}")
    with socket.create_connection(("127.0.0.1", gate.port), client.PATIENCE) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for octet in struct.pack("!H", len(query)) + query:
            sock.send(bytes([octet]))
        with sock.makefile("rb") as reader:
            length = struct.unpack("!H", reader.read(2))[0]
            assert client.is_blocked(dns.message.from_wire(reader.read(length)))


@pytest.mark.parametrize("octets", [
    b"\0\0", b"\xff\xff" + b"x" * 1000, b"\0\x0c" + b"\xff" * 12, b"\0\5hello", b"\0"])
def test_nonsense_by_tcp_ends_that_connection_alone(gate, octets):
    with socket.create_connection(("127.0.0.1", gate.port), client.PATIENCE) as sock:
        sock.sendall(octets)
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as reader:
            reader.read()
    assert client.blocked(gate.port, LISTED, tcp=True)


# MARK: Forwarding and the cache


def test_an_answer_is_kept_as_long_as_it_may_be_and_its_age_shows(gate, authority):
    authority.script("kept-site.com", "kept-site.com. 300 IN A 10.1.2.3")
    first = client.ask(gate.port, "kept-site.com")
    for kind in (False, True, False):
        again = client.ask(gate.port, "kept-site.com", tcp=kind)
        assert client.addresses(again) == ["10.1.2.3"]
        assert again.answer[0].ttl <= first.answer[0].ttl <= 300
    assert client.ask(gate.port, "KEPT-site.COM").answer[0].ttl <= 300
    assert authority.count("kept-site.com") == 1


def test_an_answer_is_asked_for_again_when_its_time_is_over(gate, authority):
    authority.script("short-site.com", "short-site.com. 1 IN A 10.1.2.3")
    client.ask(gate.port, "short-site.com")

    def is_asked_again():
        client.ask(gate.port, "short-site.com")
        return authority.count("short-site.com") > 1

    until(is_asked_again, "the upstream is asked again after 1 s", 10)


def test_an_answer_that_may_not_be_kept_is_not(gate, authority):
    authority.script("never-site.com", "never-site.com. 0 IN A 10.1.2.3")
    for _ in range(3):
        assert client.ask(gate.port, "never-site.com").answer[0].ttl == 0
    assert authority.count("never-site.com") == 3


def test_a_name_that_does_not_exist_is_passed_on_and_kept(gate, authority):
    soa = "none-site.com. 300 IN SOA ns.none-site.com. me.none-site.com. 1 2 3 4 300"
    authority.script("www.none-site.com", rcode=3, authority=[soa])
    for _ in range(3):
        answer = client.ask(gate.port, "www.none-site.com")
        assert client.rcode(answer) == "NXDOMAIN" and not client.is_blocked(answer)
        assert client.soa(answer) is not None
    assert authority.count("www.none-site.com") == 1


@pytest.mark.parametrize("kind, code", [("TYPE65281", 65281), ("SVCB", 64), ("NAPTR", 35)])
def test_types_are_forwarded_whether_known_or_not(gate, authority, kind, code):
    assert client.rcode(client.ask(gate.port, "types-site.com", kind)) == "NOERROR"
    assert authority.count("types-site.com", code) == 1


def test_unknown_records_pass_untouched(gate, authority):
    authority.script("raw-site.com", r"raw-site.com. 60 IN TYPE65282 \# 5 0102c00c05")
    answer = client.ask(gate.port, "raw-site.com", "TYPE65282")
    assert answer.answer[0][0].data == bytes([1, 2, 0xC0, 0x0C, 5])


def test_the_upstreams_word_on_authenticity_is_not_passed_on(gate, authority):
    answer = client.ask(gate.port, "authentic-site.com", flags=dns.flags.RD | dns.flags.AD)
    assert not answer.flags & dns.flags.AD


def test_a_truncated_answer_of_the_upstream_is_asked_for_by_tcp(gate, authority):
    authority.script("cut-site.com", "cut-site.com. 60 IN A 10.4.4.4", truncate=True)
    before = authority.transports["tcp"]
    answer = client.ask(gate.port, "cut-site.com")
    assert client.addresses(answer) == ["10.4.4.4"] and not answer.flags & dns.flags.TC
    assert authority.transports["tcp"] == before + 1


@pytest.fixture
def lone_gate(store):
    """Starts gates with upstreams of their own."""
    servers = []

    def start(upstream):
        servers.append(store.serve(upstream=upstream).start())
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


def test_a_closed_upstream_is_told_as_a_network_error(lone_gate):
    server = lone_gate(f"127.0.0.1:{free_port()}")
    answer = client.ask(server.port, "closed-site.com")
    assert client.rcode(answer) == "SERVFAIL"
    assert [code for code, _ in client.errors(answer)] in ([22], [23])


def test_a_silent_upstream_is_told_as_unreachable_and_blocks_still_answer(lone_gate, store):
    store.put_in_force(order("SILENT-1", LISTED))
    silent = Authority()
    silent.silent = True
    try:
        server = lone_gate(silent.address)
        answer = client.ask(server.port, "silent-site.com")
        assert client.rcode(answer) == "SERVFAIL"
        assert [code for code, _ in client.errors(answer)] in ([22], [23])
        assert client.blocked(server.port, LISTED)
    finally:
        silent.close()


def test_the_second_upstream_answers_where_the_first_is_closed_or_silent(lone_gate, authority):
    silent = Authority()
    silent.silent = True
    try:
        for first in (f"127.0.0.1:{free_port()}", silent.address):
            server = lone_gate(f"{first},{authority.address}")
            answer = client.ask(server.port, "second-site.com")
            assert client.addresses(answer) == [address_of("second-site.com")], first
            server.kill()
    finally:
        silent.close()


def test_an_upstream_that_declines_gives_way_to_the_next(lone_gate, authority):
    declining = Authority()
    declining.script("declined-site.com", rcode=5)
    try:
        server = lone_gate(f"{declining.address},{authority.address}")
        answer = client.ask(server.port, "declined-site.com")
        assert client.addresses(answer) == [address_of("declined-site.com")]
    finally:
        declining.close()


def test_questions_go_out_with_ids_ports_and_case_that_nobody_can_guess(lone_gate):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
        upstream.bind(("127.0.0.1", free_port()))
        upstream.settimeout(client.PATIENCE)
        server = lone_gate("127.0.0.1:%d" % upstream.getsockname()[1])
        seen = []
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.connect(("127.0.0.1", server.port))
            for number in range(20):
                name = f"guess-{number:02}-of-a-long-name.com"
                asker.send(client.wire_question(number, name))
                query, (_, port) = upstream.recvfrom(4096)
                text = query[13 : 13 + len(name)].replace(b"\3", b".").decode()
                seen.append((struct.unpack_from("!H", query)[0], port, text))
    ids, ports, texts = (set(column) for column in zip(*seen))
    # Of 20 random numbers out of 2^16, 17 or more differ but once in a billion runs.
    assert len(ids) >= 17 and len(ports) >= 15, seen
    assert sum(any(c.isupper() for c in t) and any(c.islower() for c in t) for t in texts) >= 17


def test_a_reply_with_another_id_or_question_is_passed_over(lone_gate):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
        upstream.bind(("127.0.0.1", free_port()))
        upstream.settimeout(client.PATIENCE)
        server = lone_gate("127.0.0.1:%d" % upstream.getsockname()[1])
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
            asker.connect(("127.0.0.1", server.port))
            asker.settimeout(client.PATIENCE)
            asker.send(client.wire_question(99, "forged-site.com"))
            query, peer = upstream.recvfrom(4096)
            end = query.index(b"\0", 12) + 5

            def reply(address, number=query[:2], question=query[12:end], flags=b"\x81\x80"):
                return number + flags + b"\0\1\0\1\0\0\0\0" + question + (
                    b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + socket.inet_aton(address))

            other_id = struct.pack("!H", struct.unpack_from("!H", query)[0] ^ 1)
            for forged in (
                b"", query[:2], reply("10.66.0.1", number=other_id),
                reply("10.66.0.2", question=b"\x0aother-site\3com\0\0\1\0\1"),
                reply("10.66.0.3", question=query[12 : end - 4] + b"\0\x1c\0\1"),
                reply("10.66.0.4", flags=b"\x01\x80"), reply("10.1.1.1"),
            ):
                upstream.sendto(forged, peer)
            answer = dns.message.from_wire(asker.recv(4096))
    assert client.addresses(answer) == ["10.1.1.1"]


def test_a_reply_in_another_case_is_asked_for_again_by_tcp(lone_gate):
    flattening = Authority()
    flattening.flattens_case = True
    try:
        server = lone_gate(flattening.address)
        name = "a-name-with-many-letters-in-it.com"
        assert client.addresses(client.ask(server.port, name)) == [address_of(name)]
        assert flattening.transports["tcp"] == 1
    finally:
        flattening.close()


# MARK: Aliases that lead into a blocked name


@pytest.fixture(scope="module")
def chains(tmp_path_factory):
    """Knot DNS with a zone of aliases."""
    folder = tmp_path_factory.mktemp("knot")
    (folder / "chains.zone").write_text("""
$ORIGIN chains.org.
$TTL 300
@ SOA ns admin 1 3600 600 86400 60
@ NS ns
ns A 192.0.2.53
venue.app A 192.0.2.1
direct CNAME shop.app
shop.app A 192.0.2.2
into CNAME www.venue.app
twice CNAME into
innocent CNAME shop.app
guarded CNAME www.venue.app
*.venue.app A 192.0.2.3
""")
    peer = peers.knot(folder, {"chains.org": folder / "chains.zone"})
    yield peer
    peer.close()


@pytest.fixture(scope="module")
def chain_gate(new_store, chains):
    store = new_store("chains")
    store.settings["CORDON_PROTECTED"] = "guarded.chains.org"
    with store.serve(upstream=chains.address) as server:
        server.warm = client.ask(server.port, "into.chains.org")
        store.put_in_force(order("CHAIN-1", "venue.app.chains.org"))
        yield server


def test_before_the_order_an_alias_resolves(chain_gate):
    assert client.addresses(chain_gate.warm) == ["192.0.2.3"]


@pytest.mark.parametrize("name", ["into.chains.org", "twice.chains.org"])
@pytest.mark.parametrize("kind", ["A", "AAAA", "HTTPS"])
def test_an_alias_that_leads_into_a_blocked_name_is_blocked_cached_or_not(chain_gate, name, kind):
    for _ in range(2):
        answer = client.ask(chain_gate.port, name, kind)
        assert client.is_blocked(answer), answer
        assert "CHAIN-1" in client.errors(answer)[0][1]
        assert answer.answer == []
        assert answer.question[0].name.to_text() == f"{name}."


def test_an_alias_that_leads_elsewhere_resolves(chain_gate):
    for name in ("innocent.chains.org", "direct.chains.org"):
        answer = client.ask(chain_gate.port, name)
        assert client.addresses(answer) == ["192.0.2.2"] and not client.is_blocked(answer)


def test_a_protected_alias_resolves_wherever_it_leads(chain_gate):
    answer = client.ask(chain_gate.port, "guarded.chains.org")
    assert client.addresses(answer) == ["192.0.2.3"] and not client.is_blocked(answer)


def test_an_aliased_name_resolves_again_when_the_order_is_lifted(chain_gate):
    store = chain_gate.store
    line = store.put_in_force(order("CHAIN-2", "shop.app.chains.org"))
    assert client.blocked(chain_gate.port, "innocent.chains.org")
    store.run("order", "revoke", line["id"], "--reason", "over", by="otto")
    assert not client.blocked(chain_gate.port, "innocent.chains.org")


# MARK: Nonsense, a hundred thousand times


# A batch is small enough for the socket's queue: none is lost before the gate has read it.
BATCHES, BATCH = 1000, 100


def originals():
    """Real queries, to be damaged."""
    made = [
        client.question(name, kind, **options).to_wire()
        for name in (f"www.{LISTED}", "a.b.c.mutated-site.com", "xn--fiqs8s.com")
        for kind in ("A", "HTTPS", "ANY", "TXT")
        for options in (
            {}, {"use_edns": False}, {"payload": 4096, "want_dnssec": True},
            {"options": [dns.edns.GenericOption(10, b"12345678")]})
    ]
    return made + [dns.message.make_query(LISTED, "SOA", "CH").to_wire()]


def mutated(octets, chance):
    """A query with some of its octets changed, removed, added or doubled."""
    octets = bytearray(octets)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(octets)) if octets else 0
        match chance.randrange(8):
            case 0 | 1:
                octets[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                octets[at : at + 1] = bytes([(octets or b"\0")[at] ^ (1 << chance.randrange(8))])
            case 3:
                del octets[at:]
            case 4:
                octets[at:at] = chance.randbytes(chance.randint(1, 40))
            case 5:
                del octets[at : at + chance.randint(1, 8)]
            case 6:
                octets[at : at + 2] = struct.pack("!H", chance.choice([0xC000, 0xC00C, 0xFFFF, 0]))
            case 7:
                octets += octets[at : at + chance.randint(1, 300)]
        octets = octets or bytearray(b"\0")
    return bytes(octets[:4096])


def test_a_hundred_thousand_damaged_packets_do_no_harm(gate):
    chance = random.Random(8482)
    queries = originals()
    longest = answered = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        sock.connect(("127.0.0.1", gate.port))
        sock.settimeout(client.PATIENCE)
        for batch in range(BATCHES):
            for _ in range(BATCH):
                sock.send(mutated(chance.choice(queries), chance))
            # One socket's packets are read by one worker in turn, so this is answered after them.
            good = client.wire_question(batch, f"{batch}.good.{LISTED}")
            sock.send(good)
            answer = b""
            while answer[: len(good) - 11][12:] != good[12:-11]:
                try:
                    answer = sock.recv(65535)
                except TimeoutError:
                    pytest.fail(
                        f"a good query has no answer after batch {batch}; the server"
                        f" {'is dead' if gate.process.poll() is not None else 'runs'}: "
                        + gate.errors()[-2000:])
                answered += 1
                longest = max(longest, len(answer))
                assert longest <= 1232, f"an answer of {longest} octets, in batch {batch}"
            assert client.is_blocked(dns.message.from_wire(answer)), f"after batch {batch}"
    assert gate.process.poll() is None, gate.errors()
    assert answered > BATCHES * BATCH // 2, f"only {answered} answers came"


def test_two_thousand_damaged_packets_by_tcp_do_no_harm(gate):
    chance = random.Random(7766)
    queries = originals()
    for _ in range(200):
        with socket.create_connection(("127.0.0.1", gate.port), client.PATIENCE) as sock:
            packets = [mutated(chance.choice(queries), chance) for _ in range(10)]
            try:
                sock.sendall(b"".join(struct.pack("!H", len(p)) + p for p in packets))
                sock.shutdown(socket.SHUT_WR)
            except OSError:
                continue
    assert gate.process.poll() is None, gate.errors()
    assert client.blocked(gate.port, LISTED, tcp=True)
    assert client.blocked(gate.port, LISTED)
