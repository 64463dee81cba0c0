"""Killed at any moment, the program loses nothing that it acknowledged."""

import json
import random
import subprocess
import threading

import pytest

from support import client
from support.orders import order
from support.program import DONE, environment

# In all 1,000 orders and 50 kills, in five stores: a store's check takes as long as it is large.
SEEDS = [2018, 2019, 2020, 2021, 2022]
ORDERS = 200
KILLS = 10
CLIENTS = 3


class Import:
    """One `order import FILE…` in progress, whose acknowledgements are kept in a file."""

    def __init__(self, store, files, by):
        self.files = files
        self.out = store.home / f"import-{id(self)}.out"
        with open(self.out, "wb") as out:
            self.process = subprocess.Popen(
                store.command("order", "import", *files, "--format", "json"), cwd=store.home,
                env=environment(**store.settings, CORDON_TOKEN=store.tokens[by]),
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)

    def acknowledged(self):
        """The lines that came out whole."""
        whole = self.out.read_bytes().rpartition(b"\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def kill(self):
        self.process.kill()
        self.process.wait()


class Confirmations(threading.Thread):
    """Confirms orders one by one until told to end; keeps what was acknowledged."""

    def __init__(self, store, ids):
        super().__init__(daemon=True)
        self.store, self.ids = store, ids
        self.done, self.failures = [], []
        self.ending = threading.Event()
        self.process = None

    def run(self):
        settings = dict(self.store.settings, CORDON_TOKEN=self.store.tokens["otto"])
        for order_id in self.ids:
            if self.ending.is_set():
                return
            self.process = subprocess.Popen(
                self.store.command("order", "confirm", order_id, "--format", "json"),
                cwd=self.store.home, env=environment(**settings), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if self.ending.is_set():
                self.process.kill()
            _, err = self.process.communicate()
            if self.process.returncode == DONE:
                self.done.append(order_id)
            elif not self.ending.is_set():
                self.failures.append(err.decode())

    def end(self):
        self.ending.set()
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        self.join()


class Trial:
    """A store that is killed again and again while orders come in."""

    def __init__(self, store, authority, seed):
        self.store, self.authority = store, authority
        self.random = random.Random(seed)
        self.files, self.names = {}, {}
        for number in range(ORDERS):
            reference = f"CRASH-{number:04}"
            self.names[reference] = [
                f"venue-{number}-{part}.com" for part in range(1 + number % 3)]
            self.files[reference] = store.write(order(reference, *self.names[reference]))
        self.acknowledged = {}
        self.confirmed = set()

    @property
    def missing(self):
        """References whose import nobody acknowledged yet."""
        known = {line["reference"] for line in self.acknowledged.values()}
        return [reference for reference in self.files if reference not in known]

    def start(self):
        """A server on the store."""
        return self.store.serve(upstream=self.authority.address).start()

    def note(self, imports, confirmations):
        for one in imports:
            for line in one.acknowledged():
                self.acknowledged[line["id"]] = line
        self.confirmed.update(confirmations.done)

    def interrupt(self, server):
        """Has orders come in and be confirmed, and kills it all at a random moment."""
        missing = self.missing
        waiting = sorted(set(self.acknowledged) - self.confirmed)
        self.random.shuffle(waiting)
        confirmations = Confirmations(self.store, waiting)
        imports = []
        try:
            imports = [
                Import(self.store, [self.files[r] for r in missing[n::CLIENTS]], "ines")
                for n in range(CLIENTS) if missing[n::CLIENTS]
            ]
            confirmations.start()
            try:
                server.process.wait(self.random.uniform(0.02, 0.6))
            except subprocess.TimeoutExpired:
                pass
            assert server.process.poll() is None, server.errors()
        finally:
            # The clients outlive the server by a moment: without it they write the store themselves.
            server.kill()
            if imports and self.random.random() < 0.5:
                try:
                    imports[0].process.wait(self.random.uniform(0, 0.2))
                except subprocess.TimeoutExpired:
                    pass
            for one in imports:
                one.kill()
            if confirmations.is_alive():
                confirmations.end()
        self.note(imports, confirmations)

    def import_the_rest(self):
        """Brings in, in peace, what is not acknowledged yet."""
        if self.missing:
            files = [self.files[reference] for reference in self.missing]
            lines = self.store.run("order", "import", *files, by="ines").lines
            self.acknowledged.update({line["id"]: line for line in lines})
        assert not self.missing

    def check(self, server, sample):
        """Everything acknowledged is there, the record holds, and the gate does what it says."""
        lines = {line["id"]: line for line in self.store.run("order", "list").lines}
        lost = self.acknowledged.keys() - lines.keys()
        assert not lost, f"{len(lost)} acknowledged orders are gone, such as {sorted(lost)[:3]}"
        for order_id, line in self.acknowledged.items():
            assert lines[order_id]["reference"] == line["reference"]
        references = [line["reference"] for line in lines.values()]
        assert len(references) == len(set(references)), "an order is there twice"
        undone = [i for i in self.confirmed if lines[i]["state"] != "in-force"]
        assert not undone, f"acknowledged confirmations are gone: {undone[:3]}"
        verified = self.store.run("record", "verify", expect=None)
        assert verified.one["verified"] is True, str(verified)
        assert self.store.run("record", "rebuild").one["identical"] is True
        in_force = {l["reference"] for l in lines.values() if l["state"] == "in-force"}
        self.check_gate(server, in_force, sample)

    def check_gate(self, server, in_force, sample):
        names = [n for r in self.random.sample(sorted(in_force), min(sample, len(in_force)))
                 for n in self.names[r]]
        others = sorted(self.files.keys() - in_force)
        free = [n for r in self.random.sample(others, min(sample, len(others)))
                for n in self.names[r]]
        found = client.ask_many(server.port, names + free)
        is_blocked = {name: b"Order CRASH" in answer for name, answer in found.items()}
        wrong = [n for n in names if not is_blocked[n]] + [n for n in free if is_blocked[n]]
        assert not wrong, f"the gate does not do what is in force: {wrong[:5]}"


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_acknowledged_survives_being_killed_at_any_moment(new_store, authority, seed):
    trial = Trial(new_store("crash"), authority, seed)
    server = trial.start()
    try:
        for number in range(KILLS):
            trial.interrupt(server)
            try:
                server = trial.start()
                trial.check(server, sample=10)
            except AssertionError as fault:
                raise AssertionError(f"after kill {number + 1} (seed {seed}): {fault}") from fault
        assert trial.acknowledged, "no order came through between the kills"
        assert trial.confirmed, "no confirmation came through between the kills"
        trial.import_the_rest()
        assert len(trial.store.run("order", "list").lines) == ORDERS
        trial.check(server, sample=ORDERS)
    finally:
        server.kill()
