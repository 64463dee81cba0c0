"""What is kept, for how long, and what happens where upstreams fail."""

import re
import urllib.request

import pytest

from support import client
from support.authority import Authority, address_of
from support.orders import order
from support.waiting import until


@pytest.fixture
def resolver():
    server = Authority(ttl=1)
    yield server
    server.close()


def metrics(store):
    """The metrics of a server, by name."""
    url = f"http://{store.settings['CORDON_CONSOLE_LISTEN']}/metrics"
    with urllib.request.urlopen(url, timeout=10) as response:
        assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
        text = response.read().decode()
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"]+"\})?', name), line
            found[name] = float(value)
    return found, text


def test_an_answer_past_its_time_is_used_where_the_resolver_is_silent_but_never_past_a_rule(
        store, resolver):
    with store.serve(upstream=resolver.address) as server:
        for name in ("kept.test", "later-venue.com"):
            assert client.addresses(client.ask(server.port, name)) == [address_of(name)]
        resolver.silent = True

        def stale(name="kept.test"):
            answer = client.ask(server.port, name)
            return [code for code, _ in client.errors(answer)] == [3] and answer
        answer = until(stale, "the answer is past its time", 20)
        assert client.addresses(answer) == [address_of("kept.test")]
        assert [rrset.ttl for rrset in answer.answer] == [30]
        assert stale("later-venue.com")
        store.put_in_force(order("STALE-1", "later-venue.com"))
        blocked = client.ask(server.port, "later-venue.com")
        assert client.is_blocked(blocked) and not blocked.answer
        assert [code for code, _ in client.errors(blocked)] == [16]
        assert metrics(store)[0]["cordon_gate_stale_answers_total"] >= 2


def test_a_lifted_name_is_asked_for_afresh(store):
    resolver = Authority(ttl=3600)
    try:
        with store.serve(upstream=resolver.address) as server:
            for name in ("www.lifted.com", "other.com"):
                client.ask(server.port, name)
            line = store.put_in_force(order("LIFT-1", "lifted.com"))
            assert client.blocked(server.port, "www.lifted.com")
            resolver.script("www.lifted.com", "www.lifted.com. 60 IN A 192.0.2.77")
            store.run("order", "revoke", line["id"], "--reason", "it ended", by="otto")
            answer = client.ask(server.port, "www.lifted.com")
            assert client.addresses(answer) == ["192.0.2.77"]
            asked = resolver.count("other.com")
            client.ask(server.port, "other.com")
            assert resolver.count("other.com") == asked, "other names stay where they are"
    finally:
        resolver.close()


def test_metrics_tell_what_happened_without_names_or_clients(store, resolver):
    canary = "zq-canary-venue.com"
    store.put_in_force(order("METRIC-1", canary))
    store.put_in_force(order("METRIC-2", "zq-watched.com", mode="observe"))
    resolver.ttl = 300
    with store.serve(upstream=resolver.address) as server:
        before, _ = metrics(store)
        for _ in range(7):
            assert client.blocked(server.port, canary)
        for _ in range(5):
            client.ask(server.port, "zq-watched.com")
        client.ask(server.port, "zq-free.com", tcp=True)
        after, text = metrics(store)

    def more(name):
        return after[f"cordon_{name}"] - before[f"cordon_{name}"]
    assert more("gate_queries_total") == 13
    assert more("gate_blocked_total") == 7
    assert more("gate_observed_total") == 5
    assert more("gate_cache_hits_total") == 4
    assert more("gate_upstream_seconds_count") == 2
    assert after['cordon_orders{state="in-force"}'] == 2
    assert after["cordon_gate_cache_answers"] == 2
    for word in ("zq-", "127.0.0.1", "METRIC", "Supervisor"):
        assert word not in text, word


def test_totals_are_kept_in_steps_over_a_restart_and_nowhere_else(store, resolver):
    line = store.put_in_force(order("TOTAL-1", "counted.com"))
    with store.serve(upstream=resolver.address) as server:
        client.ask_many(server.port, [f"n{n}.counted.com" for n in range(250)])
    hits = store.run("explain", "counted.com").one["hits"]
    assert (hits["blocked"], hits["step"]) == (200, 100)
    assert store.run("order", "show", line["id"]).one["hits"]["blocked"] == 200
    with store.serve(upstream=resolver.address) as server:
        client.ask_many(server.port, [f"n{n}.counted.com" for n in range(60)])
    # What was short of a step went with the process.
    assert store.run("explain", "counted.com").one["hits"]["blocked"] == 200
    for file in store.data.rglob("*"):
        if file.is_file():
            assert b"n7.counted.com" not in file.read_bytes(), file


def test_a_resolver_under_tls_is_asked_where_its_certificate_is_right(store, tmp_path):
    from support.peers import unbound
    from support.ports import free_port
    from support.program import REPOSITORY

    fixtures = REPOSITORY / "Tests" / "Fixtures" / "tls"
    port = free_port()
    with unbound(tmp_path, f"""
  interface: 127.0.0.1@{port}
  tls-port: {port}
  tls-service-key: "{fixtures}/shop.key"
  tls-service-pem: "{fixtures}/shop.pem"
  local-zone: "tls.test" static
  local-data: "www.tls.test. 60 IN A 192.0.2.55"
"""):
        trusted = {"CORDON_GATE_UPSTREAM_AUTHORITIES": fixtures / "authority.pem"}
        with store.serve(upstream=f"tls://127.0.0.1:{port}#shop.example", settings=trusted) as server:
            for name in ("www.tls.test", "WWW.tls.test"):
                assert client.addresses(client.ask(server.port, name)) == ["192.0.2.55"]
        for upstream, settings in (
                (f"tls://127.0.0.1:{port}#other.example", trusted),
                (f"tls://127.0.0.1:{port}#shop.example", {})):
            with store.serve(upstream=upstream, settings=settings) as server:
                answer = client.ask(server.port, "www.tls.test")
                assert client.rcode(answer) == "SERVFAIL"
                assert [code for code, _ in client.errors(answer)] == [23]
