"""Loopback ports that nobody uses."""

import pathlib
import random
import socket

_given = set()


def _below_ephemeral():
    """The ports that the system lends to no client."""
    lent = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text("ascii").split()
    below = range(10_000, int(lent[0]))
    return below if len(below) > 1_000 else range(10_000, 65_536)


def free_port():
    """A port on 127.0.0.1 that is free by UDP and TCP, and was not given out before.

    It lies below the ports of clients: nobody's outgoing socket takes it before its server does,
    and no client finds itself at the other end.
    """
    while True:
        port = random.choice(_below_ephemeral())
        if port in _given:
            continue
        try:
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                with socket.socket(socket.AF_INET, kind) as sock:
                    sock.bind(("127.0.0.1", port))
        except OSError:
            continue
        _given.add(port)
        return port
