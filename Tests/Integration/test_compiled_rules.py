"""The file of compiled names: it saves a restart the reading, and decides nothing."""

import random

import pytest

from support import client
from support.orders import order

LARGE = [f"venue-{number:04d}-quorvane.com" for number in range(1_500)]


@pytest.fixture()
def store(new_store):
    """A store with one order so large that its names are compiled into the file."""
    store = new_store("compiled")
    store.put_in_force(order("LARGE-1", *LARGE))
    with store.serve(upstream="127.0.0.1:9"):
        pass
    assert (store.data / "gate.index").stat().st_mode & 0o777 == 0o600
    return store


def expect_large(server):
    for name in (LARGE[0], LARGE[750], LARGE[-1]):
        assert client.blocked(server.port, f"www.{name}"), name
    assert not client.blocked(server.port, "venue-1500-quorvane.com")


def test_a_single_change_is_there_after_a_kill(store):
    with store.serve(upstream="127.0.0.1:9") as server:
        expect_large(server)
        for number in range(3):
            line = store.put_in_force(order(f"SMALL-{number}", f"one-more-{number}-kryndale.com"))
            assert client.blocked(server.port, f"one-more-{number}-kryndale.com")
        server.kill()
    with store.serve(upstream="127.0.0.1:9") as server:
        expect_large(server)
        for number in range(3):
            assert client.blocked(server.port, f"one-more-{number}-kryndale.com")
        store.run("order", "revoke", line["id"], "--reason", "lifted", by="otto")
        assert not client.blocked(server.port, "one-more-2-kryndale.com")
        server.kill()
    with store.serve(upstream="127.0.0.1:9") as server:
        expect_large(server)
        assert client.blocked(server.port, "one-more-1-kryndale.com")
        assert not client.blocked(server.port, "one-more-2-kryndale.com")


def test_an_order_revoked_without_the_gate_is_not_enforced_from_the_file(store):
    (line,) = store.run("order", "list").lines
    store.run("order", "revoke", line["id"], "--reason", "lifted", by="otto")
    with store.serve(upstream="127.0.0.1:9") as server:
        assert not client.blocked(server.port, LARGE[0])


@pytest.mark.parametrize("damage", ["octet", "cut", "foreign", "gone"])
def test_a_damaged_file_is_made_anew(store, damage):
    path = store.data / "gate.index"
    octets = bytearray(path.read_bytes())
    whole = bytes(octets)
    if damage == "octet":
        octets[random.Random(7).randrange(len(octets))] ^= 0x10
    elif damage == "cut":
        del octets[len(octets) // 2:]
    else:
        octets = bytearray(b"not an index")
    path.write_bytes(octets)
    if damage == "gone":
        path.unlink()
    with store.serve(upstream="127.0.0.1:9") as server:
        expect_large(server)
        if damage != "gone":
            assert "compiled names could not be used" in server.errors()
    # Another key was drawn, so the names lie elsewhere.
    assert path.read_bytes().startswith(b"cordonix")
    assert 0.9 < path.stat().st_size / len(whole) < 1.1
    with store.serve(upstream="127.0.0.1:9") as server:
        expect_large(server)
        assert "compiled names" not in server.errors()
