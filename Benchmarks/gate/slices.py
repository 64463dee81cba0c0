"""Short runs of load on one server after the other, and what each paid for a query."""

import dataclasses
import pathlib
import re
import statistics

import load
from processes import CPU, Nursery, cpu_of

MICRO = 1e6
STEADY_RATE = 20_000


@dataclasses.dataclass(frozen=True)
class Slice:
    """One short run; seconds of processor time for each answer."""

    cpu: CPU
    rate: float
    codes: frozenset[str]
    lost: int
    answer_octets: float | None = None


class Work:
    """What a process does from here on: to the nanosecond in all, shared out by ticks, which are
    coarse."""

    def __init__(self, pid: int):
        self.pid = pid
        self.ticks, self.total = cpu_of(pid), self._total()

    def spent(self, answers: int) -> CPU:
        """Seconds for each answer."""
        ticks, total = cpu_of(self.pid) - self.ticks, self._total() - self.total
        own = ticks.user / ticks.total if ticks.total else 0.0
        return CPU(total * own / answers, total * (1 - own) / answers)

    def _total(self) -> float:
        threads = pathlib.Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


class Loads:
    """The ways to load a server. `flood` is the program of flood.c."""

    def __init__(self, nursery: Nursery, flood: pathlib.Path, seconds: float):
        self.nursery, self.flood, self.seconds = nursery, flood, seconds

    def saturating(self, server, queries: pathlib.Path) -> Slice:
        """So much under way that full batches wait: what the server is waited for."""
        work = Work(server.process.pid)
        output, _ = self.nursery.run(
            [str(self.flood), str(server.port), str(queries), f"{self.seconds:g}"])
        said = dict(line.split(" ", 1) for line in output.splitlines() if " " in line)
        answers = int(said["answers"])
        if answers == 0:
            raise RuntimeError(f"{server.title} answered nothing")
        cpu = work.spent(answers)
        codes = {0: "NOERROR", 3: "NXDOMAIN"}
        found = (int(code) for code in re.findall(r"^code (\d+)", output, re.MULTILINE))
        return Slice(
            cpu, answers / float(said["seconds"]),
            frozenset(codes.get(code, str(code)) for code in found), int(said["lost"]),
            int(said["octets"]) / answers)

    def dnsperf(self, server, queries: pathlib.Path) -> Slice:
        """All that dnsperf can do, on the same processors."""
        return self._dnsperf(server, queries, "-q", str(load.IN_FLIGHT))

    def steady(self, server, queries: pathlib.Path) -> Slice:
        """The same rate for all: each query comes alone, and wakes the server."""
        return self._dnsperf(server, queries, "-Q", str(STEADY_RATE))

    def _dnsperf(self, server, queries: pathlib.Path, *options: str) -> Slice:
        work = Work(server.process.pid)
        output, _ = self.nursery.run(
            ["dnsperf", "-s", "127.0.0.1", "-p", str(server.port), "-d", str(queries),
             "-l", f"{self.seconds:g}", "-c", str(load.CLIENTS), "-e", *options])
        answers = int(load.figure(r"Queries completed:\s+(\d+)", output))
        if answers == 0:
            raise RuntimeError(f"{server.title} answered nothing")
        return Slice(
            work.spent(answers), float(load.figure(r"Queries per second:\s+([\d.]+)", output)),
            frozenset(load.codes(output)), int(load.figure(r"Queries lost:\s+(\d+)", output)))


@dataclasses.dataclass(frozen=True)
class Cost:
    """What one contender paid: microseconds a query, and multiples of the floor's in the same round."""

    cpu: float
    user: float
    spread: tuple[float, float]
    """The quartiles of `cpu`."""
    ratio: float
    ratio_spread: tuple[float, float]
    rate: float
    lost: int
    answer_octets: float | None

    @staticmethod
    def of(slices: list[Slice], floors: list[float]) -> "Cost":
        totals = [one.cpu.total * MICRO for one in slices]
        ratios = [total / floor for total, floor in zip(totals, floors, strict=True)]
        middle = statistics.median(totals)
        own = sum(one.cpu.user for one in slices) / sum(one.cpu.total for one in slices)
        return Cost(
            cpu=middle, user=middle * own, spread=quartiles(totals),
            ratio=statistics.median(ratios), ratio_spread=quartiles(ratios),
            rate=statistics.median(one.rate for one in slices),
            lost=sum(one.lost for one in slices), answer_octets=slices[0].answer_octets)


def quartiles(values: list[float]) -> tuple[float, float]:
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def measure(contenders, floor, way, queries, rounds: int, check) -> dict[str, Cost]:
    """Loads each in turn, again and again; the floor at the beginning and the end of each round.

    The order turns from round to round, so that nobody is always first. `check` is called with each
    run, and raises where an answer was not as it should be.
    """
    slices = {server.title: [] for server in contenders}
    floors: list[float] = []
    for number in range(rounds):
        turn = number % max(1, len(contenders))
        first = way(floor, queries)
        check(floor, first)
        for server in contenders[turn:] + contenders[:turn]:
            one = way(server, queries)
            check(server, one)
            slices[server.title].append(one)
        last = way(floor, queries)
        check(floor, last)
        slices.setdefault(floor.title, []).extend([first, last])
        floors.append((first.cpu.total + last.cpu.total) / 2 * MICRO)
    costs = {server.title: Cost.of(slices[server.title], floors) for server in contenders}
    # The floor beside itself: how far its two runs of one round lie apart.
    both = [floor_of_round for floor_of_round in floors for _ in range(2)]
    costs[floor.title] = Cost.of(slices[floor.title], both)
    return costs
