"""A line that matches too much is paused, on the record, and a flood cannot use that."""

import socket

from support import client
from support.orders import moment, order
from support.waiting import until

QUICK = {
    "CORDON_GATE_BRAKE_MINIMUM": 30, "CORDON_GATE_BRAKE_WINDOW_SECONDS": 2,
    "CORDON_GATE_BRAKE_PERCENT": 30,
}


def ask_from(networks, port, name):
    """Asks once from each of so many networks of 127.0.0.0/8; answers whether the last was blocked."""
    blocked = False
    for network in networks:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind((f"127.{network // 250 + 1}.{network % 250 + 1}.9", 0))
            sock.settimeout(10)
            sock.sendto(client.wire_question(7, name), ("127.0.0.1", port))
            blocked = sock.recv(2048)[3] & 15 != 0
    return blocked


def young(name, *names):
    """An order that takes effect now."""
    return order(name, *names, effective=moment(seconds=-5))


def paused(store, line):
    return [p for p in store.run("order", "show", line["id"]).one["pauses"] if "lifted" not in p]


def test_a_line_that_many_networks_hit_is_paused_and_an_officer_puts_it_back(store, authority):
    line = store.put_in_force(young("WIDE-1", "too-wide.com", "venue.com"))
    with store.serve(upstream=authority.address, settings=QUICK) as server:
        assert client.blocked(server.port, "www.too-wide.com")

        def pauses():
            ask_from(range(60), server.port, "www.too-wide.com")
            return paused(store, line)
        found = until(pauses, "the brake acts", 60)
        assert [(p["line"], p["name"]) for p in found] == [("1", "too-wide.com")]
        assert client.addresses(client.ask(server.port, "www.too-wide.com"))
        assert client.blocked(server.port, "venue.com"), "the order's other names stay blocked"
        said = store.run("explain", "www.too-wide.com").one
        assert said["decision"] == "not-listed"
        assert said["matches"][0]["paused"]["matched"] >= 30
        history = store.history(line["id"])
        assert history[-1]["by"] == "system" and "paused by the brake" in history[-1]["what"]

        store.run("order", "resume", line["id"], "--line", "1", "--reason", "meant", by="olga")
        assert client.blocked(server.port, "www.too-wide.com")
        for _ in range(3):
            ask_from(range(60), server.port, "www.too-wide.com")
        assert store.run("record", "verify").one["verified"]
    with store.serve(upstream=authority.address) as server:
        assert client.blocked(server.port, "www.too-wide.com")
        assert not paused(store, line)


def test_a_pause_lasts_over_a_restart(store, authority):
    line = store.put_in_force(young("WIDE-2", "too-wide.com", "venue.com"))
    with store.serve(upstream=authority.address, settings=QUICK) as server:
        def pauses():
            ask_from(range(60), server.port, "too-wide.com")
            return paused(store, line)
        until(pauses, "the brake acts", 60)
    with store.serve(upstream=authority.address) as server:
        assert client.addresses(client.ask(server.port, "too-wide.com"))
        assert client.blocked(server.port, "venue.com")


def test_a_flood_from_few_networks_pauses_nothing(store, authority):
    line = store.put_in_force(young("FLOOD-1", "venue.com"))
    with store.serve(upstream=authority.address, settings=QUICK) as server:
        for _ in range(6):
            client.ask_many(server.port, [f"n{n}.venue.com" for n in range(1_500)])
            ask_from(range(3), server.port, "venue.com")
        assert not paused(store, line)
        assert client.blocked(server.port, "venue.com")
