"""One more rule while allowed queries are answered: when it is seen, and who waits meanwhile."""

import dataclasses
import pathlib
import socket
import statistics
import threading
import time

import authority
from servers import answer_code, query


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
            peer.settimeout(2)
            peer.connect(("127.0.0.1", self.port))
            while not self.ended.wait(0.002):
                started = time.monotonic()
                peer.send(query(f"a{self.asked % 1_000}.{authority.ZONE}", 1))
                self.asked += 1
                try:
                    peer.recv(1500)
                    self.worst = max(self.worst, time.monotonic() - started)
                except OSError:
                    self.lost += 1


def measure(nursery, cordon, _queries: pathlib.Path, times: int = 5) -> Change:
    change = Change([], [], 0, 0, 0)
    asker = Asker(cordon.port)
    asker.start()
    try:
        for number in range(times):
            name = f"one-more-{number}-kryndale.top"
            watcher = Watcher(cordon.port, name)
            watcher.start()
            verb = cordon.add_rule(name)
            ended = time.monotonic()
            watcher.join(5)
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
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if answer_code(self.port, self.name) == 3:
                self.seen = time.monotonic()
                return
            time.sleep(0.002)


def median(values: list[float]) -> float:
    return statistics.median(values)
