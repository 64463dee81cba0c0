"""One more rule while allowed queries are answered: when it is seen, and who waits meanwhile."""

import dataclasses
import socket
import statistics
import threading
import time

import authority
from servers import answer_code, query


# Seconds after which a change is taken for failed.
LIMIT = 120.0


@dataclasses.dataclass
class Change:
    """Seconds."""

    verb: list[float]
    """The deciding verb, from its start to its end, with the start of its process."""
    seen: list[float]
    """From the start of the deciding verb to the first answer that denies the name."""
    worst: float
    """The longest wait of an allowed query meanwhile."""
    lost: int
    asked: int


class Asker(threading.Thread):
    """Asks for allowed names, 500 a second, one after the other."""

    def __init__(self, port: int):
        super().__init__()
        self.port, self.ended = port, threading.Event()
        self.worst, self.lost, self.asked = 0.0, 0, 0

    def run(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.settimeout(0.1)
            peer.connect(("127.0.0.1", self.port))
            while not self.ended.wait(0.002):
                self.asked += 1
                self._ask(peer, query(f"a{self.asked % 1_000}.{authority.ZONE}", 1))

    def _ask(self, peer: socket.socket, message: bytes):
        """Asks again and again until there is an answer, as a client would."""
        started = time.monotonic()
        is_lost = False
        while time.monotonic() < started + LIMIT:
            try:
                peer.send(message)
                peer.recv(1500)
                break
            except TimeoutError:
                is_lost = True
            except OSError:
                # Nobody listens at this moment.
                is_lost = True
                time.sleep(0.01)
        self.worst = max(self.worst, time.monotonic() - started)
        self.lost += is_lost


def measure(nursery, server, times: int = 5) -> Change:
    change = Change([], [], 0, 0, 0)
    asker = Asker(server.port)
    asker.start()
    try:
        for number in range(times):
            name = f"one-more-{number}-kryndale.top"
            watcher = Watcher(server.port, name)
            watcher.start()
            verb = server.add_rule(nursery, name)
            ended = time.monotonic()
            watcher.join(LIMIT)
            if watcher.seen is None:
                raise RuntimeError(f"{name} is not denied though its order is confirmed")
            change.verb.append(verb)
            change.seen.append(max(0.0, watcher.seen - (ended - verb)))
    finally:
        asker.ended.set()
        asker.join()
    change.worst, change.lost, change.asked = asker.worst, asker.lost, asker.asked
    return change


class Watcher(threading.Thread):
    """Asks for a name until it is denied."""

    def __init__(self, port: int, name: str):
        super().__init__(daemon=True)
        self.port, self.name, self.seen = port, name, None

    def run(self):
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            if answer_code(self.port, self.name) == 3:
                self.seen = time.monotonic()
                return
            time.sleep(0.002)


def median(values: list[float]) -> float:
    return statistics.median(values)
