"""Names that no order blocks get the answers that Unbound gives, to the record."""

import random

import dns.flags
import pytest

from support import client, mass
from support.orders import order
from support.peers import unbound
from support.wide import KINDS, WideWorld

COUNT = 10_000
ZONES = (".", "signed.", "plain.")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = WideWorld(tmp_path_factory.mktemp("wide"), COUNT, seed=5)
    yield made
    made.close()


@pytest.fixture(scope="module")
def judge(world, tmp_path_factory):
    stubs = "".join(
        f'stub-zone:\n  name: "{zone}"\n  stub-addr: 127.0.0.1@{world.server.port}\n'
        for zone in ZONES)
    folder = tmp_path_factory.mktemp("judge")
    with unbound(folder, f"""
  trust-anchor-file: "{world.anchor}"
  module-config: "validator iterator"
  qname-minimisation: yes
  edns-buffer-size: 1232
  access-control: 127.0.0.0/8 allow
  msg-cache-size: 64m
  rrset-cache-size: 128m
{stubs}""") as server:
        yield server


@pytest.fixture(scope="module")
def questions(world):
    draw = random.Random(9)
    assert len(world.names) >= COUNT
    asked = []
    for name in draw.sample(world.names, COUNT):
        kind = draw.choice(["A", "A", "A", "AAAA", *KINDS])
        flags = dns.flags.RD
        if draw.random() < 0.2:
            flags |= dns.flags.AD
        if draw.random() < 0.1:
            flags |= dns.flags.CD
        mixed = "".join(draw.choice([c.upper(), c]) for c in name)
        asked.append((mixed, kind, flags, draw.random() < 0.5))
    return asked


def differences(questions, ours, theirs, ad):
    found = []
    for question, one, other in zip(questions, ours, theirs):
        # With CD it depends on what Unbound has validated before whether it vouches for the data.
        vouched = ad and not question[2] & dns.flags.CD
        left, right = mass.gist(one, vouched), mass.gist(other, vouched)
        if left != right:
            found.append(f"{question}: {left} instead of {right}")
    return found


def settings(world):
    stubs = "".join(f'      "{zone}": "{world.server.address}"\n' for zone in ZONES)
    return (f"gate:\n  upstream: recursive\n  recursion:\n    trust_anchor: {world.anchor}\n"
            f"    stubs:\n{stubs}")


def test_ten_thousand_allowed_names_get_the_answers_of_unbound(new_store, world, judge, questions):
    store = new_store("recursive")
    store.put_in_force(order("SAME-1", "blocked.signed"))
    path = store.write(settings(world), ".yaml")
    with store.serve(arguments=["--config", path]) as server:
        theirs = mass.ask_all(judge.port, questions)
        first = mass.ask_all(server.port, questions)
        found = differences(questions, first, theirs, ad=True)
        assert not found, "\n".join(found[:5]) + f"\n{len(found)} in all"
        again = mass.ask_all(server.port, questions)
        found = differences(questions, again, theirs, ad=True)
        assert not found, "from the cache: " + "\n".join(found[:5]) + f"\n{len(found)} in all"
        assert client.blocked(server.port, "blocked.signed")
    # The sample is one: every kind of answer is in it.
    codes = {client.rcode(message) for message in theirs}
    assert codes == {"NOERROR", "NXDOMAIN"}
    assert sum(bool(message.flags & dns.flags.AD) for message in theirs) > COUNT // 4
    assert sum(len(message.answer) > 2 for message in theirs) > COUNT // 100
    assert sum(not message.answer for message in theirs) > COUNT // 10


def test_a_forwarding_gate_hands_on_what_its_resolver_says(new_store, judge, questions):
    store = new_store("forwarding")
    some = questions[:2_000]
    with store.serve(upstream=judge.address) as server:
        theirs = mass.ask_all(judge.port, some)
        for round_name in ("asked", "cached"):
            ours = mass.ask_all(server.port, some)
            # AD is not taken over from a resolver that is reached over an open path.
            found = differences(some, ours, theirs, ad=False)
            assert not found, f"{round_name}: " + "\n".join(found[:5]) + f"\n{len(found)} in all"
            assert not any(message.flags & dns.flags.AD for message in ours)
