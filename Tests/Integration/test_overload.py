"""Far more queries than can be resolved: memory stays bounded, and all is well afterwards.

CORDON_TEST_OVERLOAD_SECONDS has the flood last for so long.
"""

import os
import pathlib
import re
import socket
import time
import urllib.request

import dns.message
import pytest

from support import client
from support.authority import Authority, address_of
from support.orders import order
from support.waiting import until

# What is bounded: the cache, and how many queries wait for a resolver at a time. A query that waits
# has a socket, a task and timers, some 24 KiB in a build with checks; this allows for twice that.
CACHE = 4 << 20
WAITING = 4_096
ROOM_OF_ONE = 48 << 10

# Far more than fit: with a leak of 6 KiB a query they would take more than all that is allowed.
QUERIES = 10 * WAITING
SECONDS = float(os.environ.get("CORDON_TEST_OVERLOAD_SECONDS", "0"))
AT_ONCE = 40_000 if SECONDS else 4_000


def resident(server):
    """The server's memory, as the kernel counts it."""
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) * 1024


def descriptors(server):
    return len(list(pathlib.Path(f"/proc/{server.process.pid}/fd").iterdir()))


def taken(store):
    """How many queries the server has taken from its sockets."""
    url = f"http://{store.settings['CORDON_CONSOLE_LISTEN']}/metrics"
    with urllib.request.urlopen(url, timeout=60) as response:
        text = response.read().decode()
    return float(re.search(r"^cordon_gate_queries_total (\S+)$", text, re.MULTILINE)[1])


def flood(port, start, count):
    """Sends queries for names that nobody has asked for yet, as fast as they go."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", port))
        sock.setblocking(False)
        for number in range(start, start + count):
            try:
                sock.send(client.wire_question(number & 0xFFFF, f"f{number}.flood.test"))
            except BlockingIOError:
                pass
            try:
                while True:
                    sock.recv(2048)
            except BlockingIOError:
                pass


@pytest.fixture
def resolver():
    server = Authority()
    yield server
    server.close()


def test_ten_times_as_many_queries_as_can_wait_leave_no_trace(store, resolver):
    store.put_in_force(order("LOAD-1", "venue.com"))
    settings = {"CORDON_GATE_CACHE_MEBIBYTES": CACHE >> 20}
    with store.serve(upstream=resolver.address, settings=settings) as server:
        names = [f"w{n}.warm.test" for n in range(2_000)]
        assert len(client.ask_many(server.port, names)) == len(names)
        opened, most = descriptors(server), resident(server) + CACHE + WAITING * ROOM_OF_ONE
        asked, peak, before = 0, 0, taken(store)

        resolver.silent = True
        end = time.monotonic() + SECONDS
        while taken(store) < before + QUERIES or time.monotonic() < end:
            flood(server.port, asked, AT_ONCE)
            asked += AT_ONCE
            # What comes while the socket is full is lost, so a client asks again.
            found = client.ask_many(server.port, ["venue.com"])
            assert client.is_blocked(dns.message.from_wire(found["venue.com"]))
            assert SECONDS or asked < 100 * QUERIES, "queries are taken at all"
            peak = max(peak, resident(server))
            assert peak < most
            assert descriptors(server) <= opened + WAITING + 64

        print(f"{asked:,} queries sent, {taken(store) - before:,.0f} taken,"
              f" {peak / 1e6:.1f} MB at most, {most / 1e6:.1f} MB allowed")
        resolver.silent = False
        until(lambda: descriptors(server) <= opened + 16, "what waited is let go", 60)
        fresh = [f"r{n}.recovered.test" for n in range(1_000)]
        found = client.ask_many(server.port, fresh)
        for name, wire in found.items():
            assert client.addresses(dns.message.from_wire(wire)) == [address_of(name)]
        assert resident(server) < most
