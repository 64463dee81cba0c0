"""Time moves orders: by the gate's own clock, on the record, after downtime, and when it goes wrong."""

import time

import pytest

from support import client, clock
from support.authority import address_of
from support.orders import moment, order, seconds_since_1970
from support.program import FAILED, REFUSED
from support.waiting import until


def resolves(port, name):
    return client.addresses(client.ask(port, name)) == [address_of(name)]


# MARK: By the clock on the wall


@pytest.mark.parametrize("arguments", [[], ["--without-jobs"]], ids=["jobs", "no-jobs"])
def test_an_order_starts_to_block_when_it_takes_effect_and_not_before(store, authority, arguments):
    name = f"soon-venue-{len(arguments)}.com"
    with store.serve(upstream=authority.address, arguments=arguments) as server:
        line = store.put_in_force(order("SOON-1", name, effective=moment(seconds=3)))
        assert line["state"] == "confirmed"
        starts = seconds_since_1970(line["effective"])

        def is_blocked():
            answer = client.blocked(server.port, name)
            assert not answer or time.time() >= starts, "blocked before it takes effect"
            return answer

        until(is_blocked, f"{name} is blocked after {line['effective']}")


@pytest.mark.parametrize("arguments", [[], ["--without-jobs"]], ids=["jobs", "no-jobs"])
def test_an_order_stops_blocking_when_it_expires_and_not_before(store, authority, arguments):
    name = f"ending-venue-{len(arguments)}.com"
    with store.serve(upstream=authority.address, arguments=arguments) as server:
        line = store.put_in_force(order("ENDING-1", name, expires=moment(seconds=4)))
        ends = seconds_since_1970(line["expires"])

        def is_open():
            asked = time.time()
            answer = client.ask(server.port, name)
            if client.is_blocked(answer):
                assert asked < ends, "blocked after the order's end"
                # The gate's clock counts whole milliseconds.
                left = ends - asked + 0.001
                assert client.soa(answer).ttl <= left, "the answer outlives the order"
                return False
            assert time.time() >= ends, "not blocked although the order lasts"
            return client.addresses(answer) == [address_of(name)]

        until(is_open, f"{name} resolves after {line['expires']}")
    assert store.run("explain", name).one["decision"] == "not-listed"


def test_what_time_brings_about_is_on_the_record_as_done_by_the_system(store, authority):
    starts, ends = moment(seconds=2), moment(seconds=3)
    with store.serve(upstream=authority.address):
        line = store.put_in_force(order("BOTH-1", "both-venue.com", effective=starts, expires=ends))
        until(lambda: store.run("order", "show", line["id"]).one["order"]["state"] == "expired",
              "the order expires")
    said = [(e["by"], e["what"].split(" since ")[0]) for e in store.history(line["id"])]
    assert said[-2:] == [("system", "version 1 in force"), ("system", f"expired at {ends}")], said


# MARK: By a clock that the test moves


@pytest.fixture(scope="session")
def clock_library(tmp_path_factory):
    library = clock.build(tmp_path_factory.mktemp("clock"))
    if library is None:
        pytest.skip("there is no C compiler to make a movable clock with")
    return library


@pytest.fixture
def hands(store, clock_library):
    """The clock of the store's programs."""
    return clock.Clock(store, clock_library)


def due_events(store, *ids):
    """What the system did to orders, in the sequence of the record."""
    events = [
        (entry["entry"], order_id, entry["what"].split()[-3 if "since" in entry["what"] else 0])
        for order_id in ids for entry in store.history(order_id) if entry["by"] == "system"
    ]
    return [(order_id, what) for _, order_id, what in sorted(events)]


@pytest.mark.parametrize("serving", [True, False], ids=["server", "no-server"])
def test_after_downtime_events_are_caught_up_in_the_order_in_which_they_were_due(
    store, hands, authority, serving
):
    first = store.put_in_force(
        order("DOWN-1", "down-one.com", effective=moment(hours=1), expires=moment(hours=3)))["id"]
    second = store.put_in_force(order("DOWN-2", "down-two.com", expires=moment(hours=2)))["id"]
    third = store.put_in_force(
        order("DOWN-3", "down-three.com", effective=moment(hours=4), expires=moment(hours=99)))["id"]
    hands.set(hours=5)
    if serving:
        with store.serve(upstream=authority.address) as server:
            assert client.blocked(server.port, "down-three.com")
            assert resolves(server.port, "down-one.com")
            assert resolves(server.port, "down-two.com")
    assert due_events(store, first, second, third) == [
        (first, "force"), (second, "expired"), (first, "expired"), (third, "force")]
    assert store.run("record", "verify", expect=None).one["verified"] is True


@pytest.mark.parametrize("arguments", [[], ["--without-jobs"]], ids=["jobs", "no-jobs"])
def test_a_running_gate_follows_its_clock_over_a_whole_year(store, hands, authority, arguments):
    store.put_in_force(
        order("YEAR-1", "year-venue.com", effective=moment(hours=24), expires=moment(hours=9000)))
    with store.serve(upstream=authority.address, arguments=arguments) as server:
        for hours, blocked in ((0, False), (23, False), (25, True), (8999, True), (9001, False)):
            hands.set(hours)
            until(lambda: client.blocked(server.port, "year-venue.com") is blocked,
                  f"after {hours} hours the name is {'' if blocked else 'not '}blocked", 5)


@pytest.fixture
def set_back(store, hands):
    """A store whose newest events are two hours ahead of the clock."""
    store.put_in_force(order("BACK-1", "back-venue.com", expires=moment(hours=1)))
    store.put_in_force(order("BACK-2", "lasting-venue.com"))
    hands.set(hours=2)
    store.put_in_force(order("BACK-3", "ahead-venue.com"))
    hands.set(hours=0)
    return store


def test_a_clock_set_back_stops_writing_with_a_clear_word_and_loses_nothing(set_back):
    before = set_back.run("record", "checkpoint").one
    result = set_back.bring_in(order("BACK-4", "later-venue.com"), expect=FAILED)
    assert "clock" in result.err and "accept-clock" in result.err, str(result)
    assert set_back.run("record", "checkpoint").one == before
    assert len(set_back.run("order", "list").lines) == 3
    assert set_back.run("record", "verify", expect=None).one["verified"] is True


def test_a_clock_set_back_does_not_bring_an_expired_block_back(set_back, authority):
    with set_back.serve(upstream=authority.address) as server:
        assert resolves(server.port, "back-venue.com")
        assert client.blocked(server.port, "lasting-venue.com")
        assert client.blocked(server.port, "ahead-venue.com")


def test_a_clock_set_back_under_a_running_gate_does_not_bring_an_expired_block_back(
    store, hands, authority
):
    store.put_in_force(order("UNDER-1", "under-venue.com", expires=moment(hours=1)))
    with store.serve(upstream=authority.address) as server:
        assert client.blocked(server.port, "under-venue.com")
        hands.set(hours=2)
        until(lambda: resolves(server.port, "under-venue.com"), "the order expires")
        until(lambda: store.run("order", "list").one["state"] == "expired", "expiry is recorded")
        hands.set(hours=0)
        assert resolves(server.port, "under-venue.com")


def test_an_administrator_accepts_the_clock_in_writing_and_work_goes_on(set_back):
    accept = ("record", "accept-clock")
    set_back.run(*accept, "--reason", "it was ahead", by="otto", expect=REFUSED)
    set_back.run(*accept, by="ada", expect=REFUSED)
    set_back.run(*accept, "--reason", "it was ahead", by="ada")
    set_back.put_in_force(order("BACK-5", "goes-on-venue.com"))
    assert set_back.run("record", "verify", expect=None).one["verified"] is True
    assert set_back.run("record", "rebuild").one["identical"] is True


def test_after_the_clock_was_accepted_an_order_waits_for_its_hour(set_back, authority):
    with set_back.serve(upstream=authority.address) as server:
        set_back.run("record", "accept-clock", "--reason", "it was ahead", by="ada")
        name = "own-hour-venue.com"
        line = set_back.put_in_force(order("BACK-6", name, effective=moment(hours=1)))
        assert line["state"] == "confirmed"
        assert resolves(server.port, name), "blocked an hour before the order takes effect"
