"""Asking thousands of questions of all kinds, and saying what the answers have in common."""

import select
import socket
import struct
import time

import dns.flags
import dns.message
import dns.query
import dns.rdatatype

from .client import PATIENCE


def ask_all(port, questions, window=48, seconds=180.0):
    """The answers to many questions (name, type, flags, DO) by UDP, by TCP where one is cut."""
    queries = []
    for number, (name, kind, flags, want_dnssec) in enumerate(questions):
        query = dns.message.make_query(
            name, kind, flags=flags, use_edns=0, want_dnssec=want_dnssec, payload=1232)
        query.id = number & 0xFFFF
        queries.append(query.to_wire())
    answers = [None] * len(queries)
    waiting, flying = list(range(len(queries)))[::-1], {}
    end = time.monotonic() + seconds
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        while waiting or flying:
            assert time.monotonic() < end, f"{len(waiting) + len(flying)} questions are unanswered"
            while waiting and len(flying) < window:
                place = waiting.pop()
                flying[place & 0xFFFF] = (place, time.monotonic())
                sock.send(queries[place])
            if select.select([sock], [], [], 1.0)[0]:
                wire = sock.recv(65535)
                sent = flying.pop(struct.unpack_from("!H", wire)[0], None)
                if sent:
                    answers[sent[0]] = wire
            else:
                late = time.monotonic() - 6
                for key in [k for k, (_, at) in flying.items() if at < late]:
                    waiting.append(flying.pop(key)[0])
    messages = []
    for query, wire in zip(queries, answers):
        message = dns.message.from_wire(wire)
        if message.flags & dns.flags.TC:
            message = dns.query.tcp(
                dns.message.from_wire(query), "127.0.0.1", port=port, timeout=PATIENCE)
        messages.append(message)
    return messages


def gist(message, ad=True):
    """What two resolvers must agree on: all but TTLs, the order within a set, glue, and the letter
    case of names, which follows that of the question."""
    flags = message.flags & (dns.flags.RD | dns.flags.RA | dns.flags.AA | dns.flags.TC
                             | dns.flags.CD | (dns.flags.AD if ad else 0))
    def text(rdata):
        said = rdata.to_text()
        return said if rdata.rdtype == dns.rdatatype.TXT else said.lower()

    def records(section):
        return sorted(
            (rrset.name.to_text().lower(), dns.rdatatype.to_text(rrset.rdtype),
             dns.rdatatype.to_text(rrset.covers), sorted(map(text, rrset)))
            for rrset in section)
    return message.rcode(), flags, records(message.answer), records(message.authority)
