"""The contenders: how each gets the list, starts, and is known to be ready."""

import datetime
import itertools
import json
import pathlib
import signal
import socket
import struct
import subprocess
import time

from names import Names, append_lines, write_lines
from processes import Cost, Nursery, memory_of

START_LIMIT = 900.0
NAMES_OF_ORDER = 1_000_000


def free_port() -> int:
    """A port of the loopback address that is free for UDP and TCP."""
    for _ in range(100):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream:
            stream.bind(("127.0.0.1", 0))
            port = stream.getsockname()[1]
            try:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
                    datagram.bind(("127.0.0.1", port))
                    return port
            except OSError:
                continue
    raise RuntimeError("there is no free port")


INTERNET, CHAOS = 1, 3


def query(name: str, record_class: int) -> bytes:
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    question = labels + struct.pack("!B2H", 0, 1, record_class)
    return struct.pack("!6H", 4711, 0x0100, 1, 0, 0, 0) + question


def answer_code(port: int, name: str, record_class: int = INTERNET) -> int | None:
    """The response code for a name, or None without an answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(0.05)
        peer.connect(("127.0.0.1", port))
        try:
            peer.send(query(name, record_class))
            answer = peer.recv(1500)
            # The system may lend the port itself to this socket, which then hears its own query.
            return answer[3] & 0x0F if answer[2] & 0x80 else None
        except OSError:
            return None


class Server:
    """A contender. `title` names it in the results; `code` is its answer to a blocked name."""

    title = ""
    code = "NXDOMAIN"
    keeps_names = True
    program = ""
    # The port of who resolves allowed names; one where nobody listens.
    upstream = 9

    def __init__(self, folder: pathlib.Path, workers: int):
        self.folder = folder
        self.workers = workers
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.start_seconds = 0.0
        self.resident = self.peak = self.resident_empty = 0
        self.preparation: dict[str, Cost] = {}
        folder.mkdir()

    def prepare(self, nursery: Nursery, rules: pathlib.Path, names: Names):
        """Makes from the list what the server reads."""

    def command(self, with_rules: bool) -> tuple[list[str], dict]:
        raise NotImplementedError

    def measure_empty(self, nursery: Nursery):
        """What the server takes without any rule."""
        self._launch(nursery, with_rules=False)
        # Answered, or refused, by each itself: nothing is resolved for it.
        self._await(
            lambda: answer_code(self.port, "version.bind", CHAOS) is not None
            or answer_code(self.port, "a.allowed.example") is not None)
        self.resident_empty = memory_of(self.process.pid, "VmRSS")
        nursery.end(self.process)

    def start(self, nursery: Nursery, blocked: str):
        """Starts with the list, and waits until a blocked name is answered as blocked."""
        started = time.monotonic()
        self._launch(nursery, with_rules=True)
        expected = {"NXDOMAIN": 3, "NOERROR": 0}[self.code]
        self._await(lambda: answer_code(self.port, blocked) == expected)
        self.start_seconds = time.monotonic() - started
        self.resident = memory_of(self.process.pid, "VmRSS")
        self.peak = memory_of(self.process.pid, "VmHWM")

    def restart(self, nursery: Nursery, blocked: str):
        """Starts again, where that differs from the first start."""

    def add_rule(self, nursery: Nursery, name: str) -> float:
        """Has one more name denied, saved as the list is; answers the seconds that took.

        It need not be denied yet then. This is the way of those that read their list at a start
        alone: they are started again, at the same port.
        """
        started = time.monotonic()
        self.append(name)
        nursery.end(self.process)
        command, options = self.command(True)
        self.process = nursery.start(command, self.folder / "log", **options)
        return time.monotonic() - started

    def append(self, name: str):
        """Puts one more name into what the server reads."""
        raise NotImplementedError

    def signal_reload(self, name: str) -> float:
        """As `add_rule`, for those that read their list again when they get SIGHUP."""
        started = time.monotonic()
        self.append(name)
        self.process.send_signal(signal.SIGHUP)
        return time.monotonic() - started

    def _launch(self, nursery: Nursery, with_rules: bool):
        self.port = free_port()
        command, options = self.command(with_rules)
        self.process = nursery.start(command, self.folder / "log", **options)

    def _await(self, is_ready):
        deadline = time.monotonic() + START_LIMIT
        while not is_ready():
            if self.process.poll() is not None:
                log = (self.folder / "log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.title} ended at its start:\n{log}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.title} was not ready in {START_LIMIT:g} s")
            time.sleep(0.01)


class Echo(Server):
    title = "bare echo"
    code = "NOERROR"
    keeps_names = False

    def prepare(self, nursery, rules, names):
        source = pathlib.Path(__file__).with_name("echo.c")
        nursery.run(
            ["gcc", "-O2", "-Wall", "-Werror", "-pthread", "-o", str(self.folder / "echo"),
             str(source)])

    def command(self, with_rules):
        return [str(self.folder / "echo"), str(self.port), str(self.workers)], {}


class Unbound(Server):
    """What both ways to give Unbound a list share."""

    rules_clause = ""
    modules = "iterator"

    def command(self, with_rules):
        # Whatever is not blocked goes to a port where nobody listens: nothing leaves the machine.
        clause = self.rules_clause if with_rules else ""
        path = self.folder / "unbound.conf"
        path.write_text(f"""
server:
  interface: 127.0.0.1@{self.port}
  port: {self.port}
  num-threads: {self.workers}
  so-reuseport: yes
  module-config: "{self.modules}"
  do-ip6: no
  do-daemonize: no
  use-syslog: no
  verbosity: 0
  chroot: ""
  username: ""
  directory: "{self.folder}"
  pidfile: "{self.folder}/pid"
  do-not-query-localhost: no
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@{self.upstream}
{clause.format(folder=self.folder)}
""")
        return ["/usr/sbin/unbound", "-d", "-c", str(path)], {}


    def add_rule(self, nursery, name):
        return self.signal_reload(name)


class UnboundZones(Unbound):
    title = "Unbound, local-zone"
    rules_clause = 'server:\n  include: "{folder}/zones.conf"'

    def append(self, name):
        append_lines(self.folder / "zones.conf", [f'local-zone: "{name}." always_nxdomain'])

    def prepare(self, nursery, rules, names):
        write_lines(
            self.folder / "zones.conf",
            (f'local-zone: "{name}." always_nxdomain' for name in names))


class UnboundPolicy(Unbound):
    title = "Unbound, RPZ"
    modules = "respip iterator"
    rules_clause = 'rpz:\n  name: "rpz.invalid."\n  zonefile: "{folder}/rpz.zone"'

    def append(self, name):
        append_lines(self.folder / "rpz.zone", [f"{name} CNAME .", f"*.{name} CNAME ."])

    def prepare(self, nursery, rules, names):
        head = ["$TTL 60", "@ SOA localhost. root.localhost. 1 3600 600 86400 60",
                "@ NS localhost."]
        records = (r for n in names for r in (f"{n} CNAME .", f"*.{n} CNAME ."))
        write_lines(self.folder / "rpz.zone", head)
        with (self.folder / "rpz.zone").open("a", encoding="ascii") as file:
            file.writelines(record + "\n" for record in records)


class Cordon(Server):
    """The program itself, which takes the list in as an order that two officers decide on."""

    title = "Cordon"

    def __init__(self, folder, workers, program: pathlib.Path):
        super().__init__(folder, workers)
        self.program = program

    def prepare(self, nursery, rules, names):
        verbs = CordonVerbs(self, nursery)
        administrator = verbs.add_person("ada", "administrator", token="")
        importer = verbs.add_person("ines", "officer", token=administrator)
        confirmer = verbs.add_person("omar", "officer", token=administrator)
        today = datetime.datetime.now(datetime.timezone.utc).date()
        terms = ["--as", "text", "--reference", "BENCH-1", "--authority", "Benchmark Authority",
                 "--jurisdiction", "EU", "--basis", "Generated list for a benchmark",
                 "--issued", str(today - datetime.timedelta(days=1)),
                 "--expires", str(today + datetime.timedelta(days=365))]
        accepted = 0
        for part in self._parts(rules):
            self._note(
                "check",
                verbs.run(
                    ["order", "check", str(part), *terms], output=self.folder / "check.json"))
            output = self._note(
                "import", verbs.run(["order", "import", str(part), *terms], token=importer))
            order = json.loads(output.splitlines()[0])
            accepted += order["counts"]["accept"]
            if order["open"]:
                raise RuntimeError(f"not all names were accepted: {order}")
            self._note("confirm", verbs.run(["order", "confirm", order["id"]], token=confirmer))
            # One reference is one order; the next part is another.
            terms[terms.index("--reference") + 1] += "+"
        if accepted != len(names):
            raise RuntimeError(f"{accepted:,} of {len(names):,} names were accepted")
        self._note("list", verbs.run(["order", "list"]))
        self.verbs, self.importer, self.confirmer = verbs, importer, confirmer

    def add_rule(self, nursery, name):
        """Takes in an order with one name; answers the seconds of the deciding verb."""
        path = self.folder / f"{name}.txt"
        path.write_text(name + "\n")
        today = datetime.datetime.now(datetime.timezone.utc).date()
        output, _ = self.verbs.run(
            ["order", "import", str(path), "--as", "text", "--reference", name, "--authority",
             "Benchmark Authority", "--jurisdiction", "EU", "--basis", "One more name",
             "--issued", str(today - datetime.timedelta(days=1)),
             "--expires", str(today + datetime.timedelta(days=365))], token=self.importer)
        order = json.loads(output.splitlines()[0])
        _, cost = self.verbs.run(["order", "confirm", order["id"]], token=self.confirmer)
        return cost.seconds

    def restart(self, nursery, blocked):
        # The first start reads the record and compiles it; the next ones find it compiled.
        self.first_start_seconds, self.first_peak = self.start_seconds, self.peak
        nursery.end(self.process)
        self.start(nursery, blocked)

    def _parts(self, rules: pathlib.Path):
        """Files of as many names as an order takes: it may have 64 MiB."""
        with rules.open("rb") as lines:
            while part := list(itertools.islice(lines, NAMES_OF_ORDER)):
                path = self.folder / "part.txt"
                path.write_bytes(b"".join(part))
                yield path

    def _note(self, step: str, outcome: tuple[str, Cost]) -> str:
        output, cost = outcome
        before = self.preparation.get(step)
        self.preparation[step] = before + cost if before else cost
        return output

    def command(self, with_rules):
        data = self.folder / ("data" if with_rules else "empty")
        return [str(self.program), "serve", "--data", str(data)], {"env": self.environment()}

    def environment(self, token: str = "") -> dict[str, str]:
        # Whatever is not blocked goes to a port where nobody listens: nothing leaves the machine.
        return {
            "PATH": "/usr/bin:/bin",
            "CORDON_GATE_LISTEN": f"127.0.0.1:{self.port}",
            "CORDON_GATE_WORKERS": str(self.workers),
            # As docs/gate.md advises where queries come in on all processors, as they do here.
            "CORDON_GATE_PIN_WORKERS": "true",
            "CORDON_GATE_UPSTREAM": f"127.0.0.1:{self.upstream}",
            "CORDON_CONSOLE_LISTEN": f"127.0.0.1:{free_port()}",
            **({"CORDON_TOKEN": token} if token else {}),
        }


class CordonVerbs:
    """Runs Cordon's verbs on the benchmark's data directory."""

    def __init__(self, server: Cordon, nursery: Nursery):
        self.server, self.nursery = server, nursery

    def run(
        self, verb: list[str], token: str = "", output: pathlib.Path | None = None
    ) -> tuple[str, Cost]:
        command = [str(self.server.program), *verb, "--format", "json",
                   "--data", str(self.server.folder / "data")]
        return self.nursery.run(command, output, env=self.server.environment(token))

    def add_person(self, name: str, role: str, token: str) -> str:
        output, _ = self.run(["user", "add", name, "--role", role], token)
        return json.loads(output)["token"]
