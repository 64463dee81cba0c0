"""Far more queries than can be resolved: memory stays bounded, and all is well afterwards."""

import pathlib
import socket

import dns.message
import pytest

from support import client
from support.authority import Authority, address_of
from support.orders import order
from support.waiting import until

# Queries that wait are bounded by 4,096; this is more than ten times as many.
QUERIES = 48_000


def resident(server):
    """The server's memory, as the kernel counts it."""
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) * 1024


def descriptors(server):
    return len(list(pathlib.Path(f"/proc/{server.process.pid}/fd").iterdir()))


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
    with store.serve(upstream=resolver.address) as server:
        names = [f"w{n}.warm.test" for n in range(2_000)]
        assert len(client.ask_many(server.port, names)) == len(names)
        opened = descriptors(server)

        resolver.silent = True
        flood(server.port, 0, QUERIES // 4)
        once = resident(server)
        for part in range(1, 4):
            flood(server.port, part * QUERIES // 4, QUERIES // 4)
            # What comes while the socket is full is lost, so a client asks again.
            found = client.ask_many(server.port, ["venue.com"])
            assert client.is_blocked(dns.message.from_wire(found["venue.com"]))
        assert resident(server) < once * 2, "more of the same takes no more memory"

        resolver.silent = False
        until(lambda: descriptors(server) <= opened + 16, "what waited is let go", 60)
        fresh = [f"r{n}.recovered.test" for n in range(1_000)]
        found = client.ask_many(server.port, fresh)
        for name, wire in found.items():
            assert client.addresses(dns.message.from_wire(wire)) == [address_of(name)]
        assert resident(server) < once * 2
