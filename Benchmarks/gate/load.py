"""Load by dnsperf, and what a server pays for it."""

import dataclasses
import pathlib
import re
import statistics

from processes import CPU, Nursery, busy_seconds, cpu_of

# Enough in flight that a server is never idle for want of queries, few enough that none is lost.
CLIENTS, IN_FLIGHT = 8, 200
PACED_RATE = 2_000


@dataclasses.dataclass(frozen=True)
class Run:
    """One run at full load."""

    cpu: CPU
    """Processor seconds of the server for each query."""
    rate: float
    """Queries answered a second."""
    codes: dict[str, int]
    lost: int
    others: float
    """Share of the machine that neither server nor dnsperf used, though somebody did."""


def full_load(
    nursery: Nursery, port: int, pid: int, queries: pathlib.Path, seconds: float
) -> Run:
    before, busy = cpu_of(pid), busy_seconds()
    output, cost = nursery.run(
        ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", str(queries), "-l", f"{seconds:g}",
         "-c", str(CLIENTS), "-q", str(IN_FLIGHT), "-e"])
    spent, busy = cpu_of(pid) - before, busy_seconds() - busy
    answered = int(figure(r"Queries completed:\s+(\d+)", output))
    if answered == 0:
        raise RuntimeError("no query was answered")
    return Run(
        cpu=CPU(spent.user / answered, spent.system / answered),
        rate=float(figure(r"Queries per second:\s+([\d.]+)", output)),
        codes=codes(output),
        lost=int(figure(r"Queries lost:\s+(\d+)", output)),
        others=max(0.0, busy - spent.total - cost.cpu.total) / cost.seconds)


def paced_latencies(
    nursery: Nursery, port: int, queries: pathlib.Path, seconds: float
) -> list[float]:
    """Seconds from query to answer, at a rate that every contender can keep."""
    output, _ = nursery.run(
        ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", str(queries), "-l", f"{seconds:g}",
         "-Q", str(PACED_RATE), "-e", "-v"])
    found = re.findall(r"^> \w+ \S+ \w+ ([\d.]+)$", output, re.MULTILINE)
    if not found:
        raise RuntimeError("dnsperf told no latencies")
    return sorted(float(latency) for latency in found)


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def median(values) -> float:
    return statistics.median(values)


def figure(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if not found:
        raise RuntimeError(f"dnsperf did not say {pattern!r}:\n{text}")
    return found.group(1)


def codes(text: str) -> dict[str, int]:
    line = re.search(r"Response codes:\s+(.*)", text)
    return {c: int(n) for c, n in re.findall(r"([A-Z]+) (\d+)", line.group(1))} if line else {}
