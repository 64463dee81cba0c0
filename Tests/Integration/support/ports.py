"""Loopback ports that nobody uses."""

import socket

_given = set()


def free_port():
    """A port on 127.0.0.1 that is free by UDP and TCP, and was not given out before."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream:
            stream.bind(("127.0.0.1", 0))
            port = stream.getsockname()[1]
            if port in _given:
                continue
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
                try:
                    datagram.bind(("127.0.0.1", port))
                except OSError:
                    continue
            _given.add(port)
            return port
