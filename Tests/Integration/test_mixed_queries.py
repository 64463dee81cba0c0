"""Queries of all kinds, each answer compared with what a few lines of plain code expect.

CORDON_TEST_QUERIES sets how many; a million take some minutes.
"""

import collections
import os
import random
import select
import socket
import struct
import time

import pytest

from support import client
from support.authority import Authority, address_of
from support.orders import order

QUERIES = int(os.environ.get("CORDON_TEST_QUERIES", "20000"))
WINDOW = 64

SUBTREES = [f"venue-{n}.com" for n in range(300)] + ["deep.down.venue-x.net", "a.venue-y.co.uk"]
EXACT = [f"exact-{n}.org" for n in range(300)] + ["www.half-exact.com"]
OTHERS = [f"open-{n}.example" for n in range(500)] + ["half-exact.com", "down.venue-x.net"]
# The operator protects it since the order came: the rule of the name above does not count.
PROTECTED = "safe.venue-7.com"
PREFIXES = ["", "www.", "a.b.", "xn--bcher-kva.", "-.", "venue-1.com."]


def expected(name):
    """The whole reference: the response code of a blocked name, or None."""
    if name == PROTECTED or name.endswith("." + PROTECTED):
        return None
    # Names below may exist, so that the name itself does.
    if name in EXACT or PROTECTED.endswith("." + name) and name in SUBTREES:
        return 0
    labels = name.split(".")
    above = {".".join(labels[start:]) for start in range(len(labels))}
    return 3 if not above.isdisjoint(SUBTREES) else None


def names(generator):
    """Names at, below, above and beside those with rules, in mixed case."""
    pools = [SUBTREES, EXACT, OTHERS, [PROTECTED]]
    while True:
        base = generator.choice(generator.choices(pools, [5, 4, 4, 1])[0])
        name = generator.choice(PREFIXES) + base
        kind = generator.randrange(8)
        if kind == 0:
            # Another name that only looks the same from the end or the start.
            name = "x" + name if generator.random() < 0.5 else name + "x"
        elif kind == 1 and base.count(".") > 1:
            name = base.split(".", 1)[1]
        yield name, "".join(c.upper() if generator.random() < 0.3 else c for c in name)


def fault(name, asked, wire):
    """What is wrong with an answer, or None."""
    question = client.wire_question(0, asked, edns=False)[12:]
    if wire[12 : 12 + len(question)] != question:
        return "the question is not repeated as it was asked"
    code, answers = wire[3] & 15, struct.unpack_from("!H", wire, 6)[0]
    blocked = expected(name)
    if blocked is not None:
        return None if (code, answers) == (blocked, 0) else f"not blocked: {code}, {answers}"
    if code != 0 or answers != 1:
        return f"blocked or lost: {code}, {answers} answers"
    start = 12 + len(question)
    address = socket.inet_ntoa(wire[start + 12 : start + 16])
    return None if address == address_of(name) else f"another name's address: {address}"


@pytest.fixture
def resolver():
    server = Authority()
    yield server
    server.close()


def test_no_answer_of_many_is_wrong(store, resolver):
    assert expected("a.b.venue-1.com") == 3 and expected("xvenue-1.com") is None
    assert expected("venue-7.com") == 0 and expected("www.safe.venue-7.com") is None
    assert expected("exact-1.org") == 0 and expected("www.exact-1.org") is None
    store.put_in_force(order("SUB", *SUBTREES, scope="subtree"))
    store.put_in_force(order("EXACT", *EXACT, scope="exact"))
    generator = random.Random(20260801)
    source, flying, asked = names(generator), {}, 0
    seen = collections.Counter()
    with store.serve(
            upstream=resolver.address, settings={"CORDON_PROTECTED": PROTECTED}
    ) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", server.port))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        late = 0
        while asked < QUERIES or flying:
            while asked < QUERIES and len(flying) < WINDOW:
                number = asked & 0xFFFF
                name, written = next(source)
                flying[number] = (name, written, time.monotonic())
                sock.send(client.wire_question(number, written, edns=asked % 3 == 0))
                asked += 1
            if select.select([sock], [], [], 1.0)[0]:
                wire = sock.recv(4096)
                sent = flying.pop(struct.unpack_from("!H", wire)[0], None)
                if sent:
                    wrong = fault(sent[0], sent[1], wire)
                    assert wrong is None, f"{sent[1]}: {wrong}"
                    seen[expected(sent[0])] += 1
            else:
                # Datagrams may be lost: what was is asked again, and not for ever.
                late += 1
                assert late < 60, f"{len(flying)} queries have no answer"
                for number, (name, written, _) in flying.items():
                    sock.send(client.wire_question(number, written))
    assert seen.total() == QUERIES
    assert len(seen) == 3 and min(seen.values()) > QUERIES / 40, "all kinds are asked about"
