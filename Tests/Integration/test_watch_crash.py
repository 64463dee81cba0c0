"""Killed at any moment, the watch loses no finding and asks for no page again that it knows."""

import pathlib
import random
import sqlite3
import subprocess

import pytest

from support.program import REPOSITORY, environment
from support.tally import Tally
from support.waiting import until

SEEDS = [1, 2]
KILLS = 8
HOSTS = 40
PAGES = 1_200


@pytest.fixture(scope="module")
def watch_settings(small_grounds, tmp_path_factory):
    """Guard lists of one name, and the packs of the project."""
    folder = tmp_path_factory.mktemp("policies")
    (folder / "guard").symlink_to(pathlib.Path(small_grounds["CORDON_ASSESSMENT_POLICIES"]) / "guard")
    (folder / "detection").symlink_to(REPOSITORY / "Policies" / "detection")
    return {
        **small_grounds,
        "CORDON_ASSESSMENT_POLICIES": folder,
        "CORDON_WATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "CORDON_WATCH_DELAY_MILLISECONDS": 0,
        "CORDON_WATCH_WORKERS": 16,
        "CORDON_WATCH_RENDER": "off",
    }


def watched(new_store, settings, tally):
    """A store that watches every site of a web."""
    store = new_store("watch")
    store.settings.update(settings)
    places = store.write("\n".join(tally.urls).encode(), ".txt")
    added = store.run("watch", "add", "--from", places, "--note", "a test", by="ines").lines
    assert [line["state"] for line in added] == ["added"] * len(tally.urls)
    return store


def findings(store):
    """Site and category of each open case."""
    return {(line["site"], line["category"]) for line in store.run("case", "list").lines}


def known(store):
    """The pages that the store says were looked at."""
    with sqlite3.connect(f"file:{store.data / 'watch.sqlite'}?mode=ro", uri=True) as base:
        return {url for (url,) in base.execute("SELECT url FROM page WHERE fetched IS NOT NULL")}


def run_and_kill(store, tally, draw):
    """Starts a crawl, and ends it with no warning once it has begun; False where it ended itself."""
    before = tally.total()
    process = subprocess.Popen(
        store.command("watch", "run", "--until-idle"), cwd=store.home,
        env=environment(**store.settings), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    try:
        until(lambda: tally.total() > before or process.poll() is not None, "the crawl begins", 60)
        try:
            process.wait(draw.uniform(0.01, 1.0))
            return False
        except subprocess.TimeoutExpired:
            return True
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def undisturbed(new_store, watch_settings):
    """What a crawl that nobody disturbs finds."""
    tally = Tally(HOSTS, PAGES)
    store = watched(new_store, watch_settings, tally)
    store.run("watch", "run", "--until-idle")
    found = {(site.partition(":")[0], category) for site, category in findings(store)}
    asked = len(tally.counts())
    assert max(tally.counts().values()) == 1, "a page was asked for twice in one crawl"
    tally.close()
    assert found, "nothing is found on this web, so nothing could be lost"
    return found, asked


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_watch_loses_no_finding_and_repeats_no_page(
        new_store, watch_settings, undisturbed, seed):
    draw = random.Random(seed)
    tally = Tally(HOSTS, PAGES)
    try:
        store = watched(new_store, watch_settings, tally)
        kills = 0
        for _ in range(KILLS):
            kills += run_and_kill(store, tally, draw)
            settled, before = known(store), tally.counts()
            again = run_and_kill(store, tally, draw)
            kills += again
            after = tally.counts()
            twice = [url for url in settled if after.get(url, 0) > before.get(url, 0)]
            assert not twice, f"{len(twice)} pages were asked for again: {twice[:3]}"
        assert kills > 1, "the crawl was over before it could be killed"
        settled, before = known(store), tally.counts()
        store.run("watch", "run", "--until-idle")
        after = tally.counts()
        assert not [url for url in settled if after.get(url, 0) > before.get(url, 0)]
        expected, asked = undisturbed
        assert {(s.partition(":")[0], c) for s, c in findings(store)} == expected
        assert len(after) == asked, "the killed watch found other pages"
        assert store.run("record", "verify").one["verified"] is True
    finally:
        tally.close()
