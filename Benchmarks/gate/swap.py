"""One million rules for one million others while queries are answered: who waits, and what memory it
takes."""

import collections
import dataclasses
import multiprocessing
import pathlib
import select
import socket
import struct
import time

import authority
from processes import memory_of
from servers import answer_code, query

RATE = 1_000
PATIENCE = 3.0
DENIED, FOUND = 3, 0


@dataclasses.dataclass(frozen=True)
class Wait:
    """One query: when it was sent, on the clock of `time.monotonic`, and how long it took."""

    sent: float
    seconds: float


@dataclasses.dataclass(frozen=True)
class Memory:
    """Octets, at a moment."""

    at: float
    resident: int
    own: int
    """Of it, memory that is no file's."""


class Asker(multiprocessing.Process):
    """Asks at an even rate, in a process of its own, and notes each wait.

    Nine of ten queries are for allowed names, one for a name that is blocked before and after.
    """

    def __init__(self, port: int, blocked: list[str]):
        super().__init__(daemon=True)
        self.port, self.blocked = port, blocked
        self.ended = multiprocessing.Event()
        self.results, self._results = multiprocessing.Pipe(duplex=False)

    def run(self):
        flying: dict[int, tuple[float, int]] = {}
        waits, wrong, lost, number = [], 0, 0, 0
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.connect(("127.0.0.1", self.port))
            peer.setblocking(False)
            due = time.monotonic()
            while not self.ended.is_set() or flying:
                now = time.monotonic()
                if now >= due and not self.ended.is_set():
                    number += 1
                    is_blocked = number % 10 == 0
                    name = (f"www.{self.blocked[number // 10 % len(self.blocked)]}" if is_blocked
                            else f"a{number % 1_000}.{authority.ZONE}")
                    flying[number & 0xFFFF] = (now, DENIED if is_blocked else FOUND)
                    peer.send(struct.pack("!H", number & 0xFFFF) + query(name, 1)[2:])
                    due += 1 / RATE
                select.select([peer], [], [], max(0.0, min(due - time.monotonic(), 0.01)))
                while True:
                    try:
                        answer = peer.recv(1500)
                    except OSError:
                        break
                    sent = flying.pop(struct.unpack_from("!H", answer)[0], None)
                    if sent:
                        waits.append((sent[0], time.monotonic() - sent[0]))
                        wrong += answer[3] & 15 != sent[1]
                for key in [k for k, (at, _) in flying.items() if now - at > PATIENCE]:
                    del flying[key]
                    lost += 1
        self._results.send((waits, wrong, lost))

    def finish(self) -> tuple[list[Wait], int, int]:
        """Every wait, how many answers were wrong, and how many queries got none."""
        self.ended.set()
        waits, wrong, lost = self.results.recv()
        self.join()
        return [Wait(*wait) for wait in waits], wrong, lost


@dataclasses.dataclass
class Swap:
    """What was seen."""

    waits: list[Wait]
    wrong: int
    lost: int
    memory: list[Memory]
    peak: int
    """Resident octets at most, as the kernel counts them."""
    begun: float
    """When the deciding verb was started."""
    seen: float
    """When a name of the new list was denied first."""
    settled: float
    """When the verb had ended and the old list was gone from memory."""

    def of(self, begin: float, end: float) -> list[float]:
        return [wait.seconds for wait in self.waits if begin <= wait.sent < end]

    @property
    def idle(self) -> list[float]:
        return self.of(0, self.begun)

    @property
    def meanwhile(self) -> list[float]:
        return self.of(self.begun, self.settled)

    @property
    def steady(self) -> int:
        """Resident octets before: the median."""
        before = sorted(m.resident for m in self.memory if m.at < self.begun)
        return before[len(before) // 2]


def watch(pid: int, memory: list[Memory]):
    memory.append(
        Memory(time.monotonic(), memory_of(pid, "VmRSS"), memory_of(pid, "RssAnon")))


def measure(cordon, decide, kept: list[str], new: str, idle: float) -> Swap:
    """Lets the server be, then has the lists swapped, and watches until some time after.

    `decide` starts the verb that swaps, and answers its process.
    """
    pid = cordon.process.pid
    for number in range(1_000):
        answer_code(cordon.port, f"a{number}.{authority.ZONE}")
    asker = Asker(cordon.port, kept)
    asker.start()
    memory: list[Memory] = []
    try:
        end = time.monotonic() + idle
        while time.monotonic() < end:
            watch(pid, memory)
            time.sleep(0.05)
        # From here on the kernel notes the peak anew.
        pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")
        begun, seen = time.monotonic(), None
        verb = decide()
        recent = collections.deque(maxlen=40)
        while True:
            watch(pid, memory)
            now = memory[-1]
            recent.append(now.resident)
            if seen is None and answer_code(cordon.port, new) == DENIED:
                seen = time.monotonic()
            is_calm = len(recent) == recent.maxlen and max(recent) - min(recent) < 1 << 20
            if seen is not None and verb.poll() is not None and is_calm:
                break
            if now.at > begun + 300:
                raise RuntimeError("the new list was not in force after 300 s")
            time.sleep(0.02)
        if verb.returncode != 0:
            raise RuntimeError(f"the deciding verb ended with {verb.returncode}")
        settled = time.monotonic()
        peak = memory_of(pid, "VmHWM")
        time.sleep(1)
    finally:
        waits, wrong, lost = asker.finish()
    return Swap(waits, wrong, lost, memory, peak, begun, seen, settled)
