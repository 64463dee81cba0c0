"""The real program, driven as people drive it: verbs, and a server in progress."""

import base64
import hmac
import json
import os
import pathlib
import signal
import subprocess

from . import client
from .ports import free_port
from .waiting import until

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
BINARY = pathlib.Path(
    os.environ.get("CORDON_BINARY", REPOSITORY / ".build" / "debug" / "cordon")
).absolute()
SAMPLE = REPOSITORY / "Examples" / "orders" / "offshore-venues-2018.json"

DONE, FAILED, REFUSED = 0, 1, 2


def environment(**extra):
    """A small environment of our own: nothing of the tester's settings reaches the program."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": "/nonexistent", **{k: str(v) for k, v in extra.items()}}


class Result:
    """How a verb ended, and what it said."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    @property
    def lines(self):
        """The JSON lines of the output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self):
        """The single JSON line of the output."""
        lines = self.lines
        assert len(lines) == 1, f"one line was expected: {self}"
        return lines[0]

    def __str__(self):
        said = " ".join(str(part) for part in self.arguments)
        return f"cordon {said}\nexit {self.code}\n{self.out[:4000]}\n{self.err[:4000]}"


class Store:
    """A data directory, its people, and the settings with which verbs run on it."""

    def __init__(self, home, tokens=None):
        self.home = pathlib.Path(home)
        self.data = self.home / "data"
        self.tokens = dict(tokens or {})
        self.settings = {
            "CORDON_CONSOLE_LISTEN": f"127.0.0.1:{free_port()}",
        }
        self.prefix = []
        self._files = 0

    def command(self, *arguments):
        """The command line of a verb."""
        return [*self.prefix, str(BINARY), *map(str, arguments), "--data", str(self.data)]

    def run(self, *arguments, by=None, expect=DONE, token=None, stdin=None, json=True, env=None):
        """Runs a verb as a person, by name, and checks how it ended; None expects anything."""
        settings = dict(self.settings, **(env or {}))
        if by is not None:
            settings["CORDON_TOKEN"] = self.tokens[by]
        if token is not None:
            settings["CORDON_TOKEN"] = token
        form = ["--format", "json"] if json else []
        command = self.command(*arguments, *form)
        ended = subprocess.run(
            command, cwd=self.home, env=environment(**settings), timeout=60,
            input=stdin if stdin is not None else b"", stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, check=False,
        )
        result = Result(
            arguments, ended.returncode, ended.stdout.decode("utf-8", "replace"),
            ended.stderr.decode("utf-8", "replace"),
        )
        if expect is not None:
            assert result.code == expect, f"exit {expect} was expected: {result}"
        return result

    def write(self, content, suffix=".json"):
        """A file beside the data directory, to hand to a verb."""
        self._files += 1
        path = self.home / f"file-{self._files}{suffix}"
        if isinstance(content, dict):
            content = json.dumps(content, ensure_ascii=False)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def add_people(self):
        """An administrator and three officers."""
        self.tokens["ada"] = self.run("user", "add", "ada").one["token"]
        for name in ("ines", "otto", "olga"):
            added = self.run("user", "add", name, "--role", "officer", by="ada")
            self.tokens[name] = added.one["token"]

    def bring_in(self, order, by="ines", expect=DONE):
        """Imports an order and answers its line."""
        result = self.run("order", "import", self.write(order), by=by, expect=expect)
        return result.one if expect == DONE else result

    def put_in_force(self, order, reason=None):
        """Imports an order as one officer, confirms it as another, and answers its line."""
        line = self.bring_in(order)
        why = ["--reason", reason] if reason else []
        return self.run("order", "confirm", line["id"], *why, by="otto").one

    def token_of(self, sanction):
        """The token with which the holder of a sanctioned account appeals."""
        key = (self.data / "appeal.key").read_bytes()
        code = hmac.digest(key, f"cordon appeal 1\n{sanction}".encode(), "sha256")
        return f"{sanction}." + base64.urlsafe_b64encode(code).decode().rstrip("=")

    def history(self, order):
        """What is on the record of an order, oldest first."""
        return self.run("order", "show", order).one["history"]

    def serve_in_vain(self, *arguments, **settings):
        """Starts a server that cannot start; answers its exit code and what it complained of."""
        settings = {**self.settings, "CORDON_GATE_UPSTREAM": "127.0.0.1:9", **settings}
        ended = subprocess.run(
            self.command("serve", *arguments), cwd=self.home, timeout=60, check=False,
            env=environment(**settings), stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return ended.returncode, ended.stderr

    def serve(self, **options):
        """A server on this store; use it with `with`."""
        return Server(self, **options)


class Server:
    """`cordon serve` in progress."""

    def __init__(self, store, upstream=None, arguments=(), settings=None, ready=30):
        self.store = store
        self.arguments = list(arguments)
        self.settings = dict(settings or {})
        self.upstream = upstream
        self.ready = ready
        self.port = None
        self.process = None
        self.log = None

    def start(self):
        """Starts the program and waits until it answers."""
        for _ in range(5):
            self._start_once()
            try:
                until(self._answers_or_ended, "the server answers", self.ready)
            except AssertionError:
                self.kill()
                raise
            if self.process.poll() is None:
                return self
            if "is taken by another program" not in self.errors():
                break
        raise AssertionError(f"the server ended with {self.process.returncode}: {self.errors()}")

    def _start_once(self):
        self.port = free_port()
        settings = {
            **self.store.settings,
            "CORDON_GATE_LISTEN": f"127.0.0.1:{self.port}",
            **({"CORDON_GATE_UPSTREAM": self.upstream} if self.upstream else {}),
            **self.settings,
        }
        self.log = self.store.home / f"serve-{self.port}"
        with open(f"{self.log}.out", "wb") as out, open(f"{self.log}.err", "wb") as err:
            self.process = subprocess.Popen(
                self.store.command("serve", *self.arguments), cwd=self.store.home,
                env=environment(**settings), stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            )

    def _answers_or_ended(self):
        return self.process.poll() is not None or client.answers(self.port)

    def output(self):
        """What it said on standard output."""
        return pathlib.Path(f"{self.log}.out").read_text("utf-8", "replace")

    def errors(self):
        """What it said on standard error."""
        return pathlib.Path(f"{self.log}.err").read_text("utf-8", "replace")

    def stop(self):
        """Asks it to stop, and waits; answers its exit code."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the server did not stop within 20 s of SIGTERM") from None
        return self.process.returncode if self.process else None

    def kill(self):
        """Ends it with no warning."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, _value, _trace):
        if kind is None:
            self.stop()
        else:
            self.kill()
