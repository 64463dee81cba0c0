"""The gate as a validating resolver, in a small signed world of its own."""

import dns.flags
import dns.rdatatype
import pytest

from support import client
from support.orders import order
from support.program import FAILED
from support.signed import SignedWorld


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = SignedWorld(tmp_path_factory.mktemp("signed"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def resolver(new_store, world):
    store = new_store("recursion")
    store.put_in_force(order("RECURSION-1", "venue.signed"))
    stubs = "".join(
        f'      "{zone}": "{world.server.address}"\n' for zone in (".", "signed.", "plain."))
    path = store.write(
        f"gate:\n  upstream: recursive\n  recursion:\n    trust_anchor: {world.anchor}\n"
        f"    stubs:\n{stubs}", ".yaml")
    with store.serve(arguments=["--config", path]) as server:
        yield server


def test_good_data_is_resolved_and_told_to_be_authentic(resolver):
    answer = client.ask(resolver.port, "www.signed", want_dnssec=True)
    assert client.addresses(answer) == ["192.0.2.10"]
    assert answer.flags & dns.flags.AD
    assert dns.rdatatype.RRSIG in {rrset.rdtype for rrset in answer.answer}


def test_a_client_that_does_not_ask_for_signatures_gets_none(resolver):
    answer = client.ask(resolver.port, "www.signed")
    assert client.addresses(answer) == ["192.0.2.10"]
    assert {rrset.rdtype for rrset in answer.answer} == {dns.rdatatype.A}


def test_tampered_data_is_refused_as_bogus(resolver):
    for tcp in (False, True):
        answer = client.ask(resolver.port, "tampered.signed", tcp=tcp)
        assert (client.rcode(answer), answer.answer) == ("SERVFAIL", [])
        assert [code for code, _ in client.errors(answer)] == [6]


def test_a_client_that_checks_for_itself_gets_tampered_data_unvouched(resolver):
    flags = dns.flags.RD | dns.flags.CD
    answer = client.ask(resolver.port, "tampered.signed", flags=flags)
    assert client.addresses(answer) == ["192.0.2.66"]
    assert not answer.flags & dns.flags.AD


def test_unsigned_data_is_resolved_and_not_told_to_be_authentic(resolver):
    answer = client.ask(resolver.port, "www.plain", want_dnssec=True)
    assert client.addresses(answer) == ["192.0.2.20"]
    assert not answer.flags & dns.flags.AD


def test_a_name_that_does_not_exist_is_denied_with_proof(resolver):
    answer = client.ask(resolver.port, "nobody.signed", want_dnssec=True)
    assert client.rcode(answer) == "NXDOMAIN" and not client.is_blocked(answer)
    assert answer.flags & dns.flags.AD
    assert dns.rdatatype.NSEC in {rrset.rdtype for rrset in answer.authority}


@pytest.mark.parametrize("name", ["venue.signed", "below.venue.signed", "alias-to-venue.signed"])
def test_a_blocked_name_is_blocked_though_it_is_signed_and_nothing_is_forged(resolver, name):
    flags = dns.flags.RD | dns.flags.CD | dns.flags.AD
    for options in ({}, {"want_dnssec": True}, {"want_dnssec": True, "flags": flags}):
        answer = client.ask(resolver.port, name, **options)
        assert client.is_blocked(answer) and answer.answer == []
        assert not answer.flags & dns.flags.AD
        assert {rrset.rdtype for rrset in answer.authority} == {dns.rdatatype.SOA}


def test_an_alias_within_signed_data_resolves(resolver):
    answer = client.ask(resolver.port, "alias.signed", want_dnssec=True)
    assert client.addresses(answer) == ["192.0.2.10"] and answer.flags & dns.flags.AD


def test_a_missing_trust_anchor_is_told_and_nothing_starts(store):
    missing = store.home / "missing.key"
    code, said = store.serve_in_vain(
        CORDON_GATE_UPSTREAM="recursive", CORDON_GATE_RECURSION_TRUST_ANCHOR=missing)
    assert code == FAILED and str(missing) in said, said
