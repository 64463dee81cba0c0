"""Programs that the benchmark starts, what they cost, and their end."""

import dataclasses
import os
import pathlib
import signal
import subprocess
import threading
import time

TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclasses.dataclass(frozen=True)
class CPU:
    """Seconds of processor time."""

    user: float
    system: float

    @property
    def total(self) -> float:
        return self.user + self.system

    def __add__(self, other: "CPU") -> "CPU":
        return CPU(self.user + other.user, self.system + other.system)

    def __sub__(self, other: "CPU") -> "CPU":
        return CPU(self.user - other.user, self.system - other.system)


@dataclasses.dataclass(frozen=True)
class Cost:
    """What a program cost from its start to its end."""

    seconds: float
    cpu: CPU
    peak_octets: int

    def __add__(self, other: "Cost") -> "Cost":
        """Of two programs, one after the other."""
        return Cost(
            self.seconds + other.seconds, self.cpu + other.cpu,
            max(self.peak_octets, other.peak_octets))


def cpu_of(pid: int) -> CPU:
    """From /proc/PID/stat, whose second field may hold spaces and parentheses."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return CPU(int(fields[11]) * TICK, int(fields[12]) * TICK)


def busy_seconds() -> float:
    """What all processors have worked since the machine started, interrupts included."""
    fields = pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _idle, _wait, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) * TICK


def memory_of(pid: int, field: str) -> int:
    """Octets of `VmRSS` (now) or `VmHWM` (most so far)."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"process {pid} does not tell its {field}")


def interrupt(*_):
    """Leaves all blocks in order when the program is told to end."""
    raise KeyboardInterrupt


class Nursery:
    """Ends every process that was started in it, by its number, however the block is left."""

    def __init__(self):
        self.running: list[subprocess.Popen] = []

    def __enter__(self) -> "Nursery":
        signal.signal(signal.SIGTERM, interrupt)
        signal.signal(signal.SIGHUP, interrupt)
        return self

    def __exit__(self, *_):
        for process in list(self.running):
            self.end(process)

    def start(self, command: list[str], log: pathlib.Path, **options) -> subprocess.Popen:
        with log.open("ab") as file:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, **options)
        self.running.append(process)
        return process

    def end(self, process: subprocess.Popen):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.running.remove(process)

    def run(
        self, command: list[str], output: pathlib.Path | None = None, **options
    ) -> tuple[str, Cost]:
        """Runs a program to its end and returns what it printed and what it cost.

        What it prints goes into the file where one is given. Linux counts the memory that this
        program has at the start of another as the other's, so nothing large may be kept here.
        """
        started = time.monotonic()
        with open(output or os.devnull, "wb") as file:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file if output else subprocess.PIPE,
                stderr=subprocess.PIPE, **options)
        self.running.append(process)
        try:
            printed, usage, status, complaint = self._wait(process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            self.running.remove(process)
        seconds = time.monotonic() - started
        if status != 0:
            verb = " ".join(command[:4])
            raise RuntimeError(f"{verb} … ended with {status}: {complaint.strip()}")
        cost = Cost(seconds, CPU(usage.ru_utime, usage.ru_stime), usage.ru_maxrss * 1024)
        return printed, cost

    @staticmethod
    def _wait(process: subprocess.Popen):
        """Drains both pipes, then waits in the way that tells the process's own use."""
        complaint: list[bytes] = []
        reader = threading.Thread(target=lambda: complaint.append(process.stderr.read()))
        reader.start()
        output = process.stdout.read() if process.stdout else b""
        reader.join()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        text = output.decode(errors="replace")
        return text, usage, process.returncode, complaint[0].decode(errors="replace")
