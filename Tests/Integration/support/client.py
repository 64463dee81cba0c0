"""Asking a DNS server, one question or ten thousand."""

import select
import socket
import struct
import time

import dns.edns
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype

PATIENCE = 10


def question(name, kind="A", **options):
    """A query with EDNS, unless `use_edns` says otherwise."""
    options.setdefault("use_edns", 0)
    version = options["use_edns"]
    query = dns.message.make_query(name, kind, **options)
    if version:
        query.use_edns(version)
    return query


def ask(port, name, kind="A", tcp=False, **options):
    """The answer of the server on a loopback port."""
    query = question(name, kind, **options)
    send = dns.query.tcp if tcp else dns.query.udp
    return send(query, "127.0.0.1", port=port, timeout=PATIENCE)


def answers(port):
    """Whether a server answers there: a question of class CH needs nobody else."""
    query = dns.message.make_query("version.bind", "TXT", "CH").to_wire()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        # Connected, so that a port where nobody listens is told at once.
        sock.connect(("127.0.0.1", port))
        sock.settimeout(0.5)
        try:
            sock.send(query)
            answer = sock.recv(512)
            # The system may lend the port itself to this socket, which then hears its own query.
            return answer[:2] == query[:2] and answer[2] & 0x80 != 0
        except OSError:
            return False


def errors(message):
    """The extended errors (RFC 8914) of an answer, as pairs of code and text."""
    return [(int(o.code), o.text or "") for o in message.options if o.otype == dns.edns.EDE]


def addresses(message):
    """The addresses of an answer's last name."""
    return [
        r.to_text() for rrset in message.answer for r in rrset
        if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
    ]


def is_blocked(message):
    """Whether an answer says that an order blocks the name."""
    return any(code in (15, 16) for code, _ in errors(message))


def blocked(port, name, kind="A", **options):
    """Whether a name is blocked there."""
    return is_blocked(ask(port, name, kind, **options))


def rcode(message):
    """The response code as text."""
    return dns.rcode.to_text(message.rcode())


def soa(message):
    """The SOA record of a negative answer, or None."""
    found = [s for s in message.authority if s.rdtype == dns.rdatatype.SOA]
    return found[0] if found else None


def wire_question(number, name, kind=1, edns=True):
    """A query as octets, made fast."""
    labels = b"".join(bytes([len(p)]) + p for p in name.encode("ascii").split(b"."))
    head = struct.pack("!HHHHHH", number, 0x0100, 1, 0, 0, 1 if edns else 0)
    opt = b"\0\0\x29\x04\xd0\0\0\0\0\0\0" if edns else b""
    return head + labels + b"\0" + struct.pack("!HH", kind, 1) + opt


def ask_many(port, names, window=64, seconds=120.0):
    """The raw answers by UDP to many names, by name; lost datagrams are sent again."""
    waiting = list(reversed(names))
    flying = {}
    found = {}
    end = time.monotonic() + seconds
    number = 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        while waiting or flying:
            assert time.monotonic() < end, (
                f"{len(waiting) + len(flying)} of {len(names)} names have no answer after"
                f" {seconds:g} s, among them {next(iter(flying.values()))[0]}")
            while waiting and len(flying) < window:
                name = waiting.pop()
                number = (number + 1) & 0xFFFF
                flying[number] = (name, time.monotonic())
                sock.send(wire_question(number, name))
            if select.select([sock], [], [], 1.0)[0]:
                answer = sock.recv(65535)
                sent = flying.pop(struct.unpack_from("!H", answer)[0], None)
                if sent:
                    found[sent[0]] = answer
            else:
                late = time.monotonic() - 4
                for key in [k for k, (_, at) in flying.items() if at < late]:
                    waiting.append(flying.pop(key)[0])
    return found
