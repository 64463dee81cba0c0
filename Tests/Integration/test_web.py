"""A whole web, crawled to its verdicts: what was planted is found, nobody else is flagged, and
hosts that hurt crawlers do no harm."""

import collections
import json
import os
import pathlib
import subprocess

import pytest

from support.namespace import Namespace
from support.program import REPOSITORY, environment

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"
HOSTS, PAGES = 150, 900
# Far above what a crawl of this size takes, far below what a bomb unpacks to.
MEMORY_LIMIT = 500 << 20


class Crawl:
    """What a crawl of the web left behind."""

    def __init__(self, log, usage, cases, sites):
        self.sites = log["sites"]
        self.asked = log["asked"]
        self.forbidden = log["forbidden"]
        self.unknown = log["unknown"]
        self.memory = usage.ru_maxrss << 10
        self.watched = sites
        self.found = collections.defaultdict(set)
        for case in cases:
            self.found[case["site"].partition("/")[0]].add(case["category"])


@pytest.fixture(scope="module")
def crawl(new_store, tmp_path_factory):
    """The web, watched from an empty store until nothing is due."""
    if not Namespace.possible():
        pytest.skip("a network namespace needs root")
    folder = tmp_path_factory.mktemp("web")
    store = new_store("watch")
    store.settings.update({
        "CORDON_ASSESSMENT_POLICIES": REPOSITORY / "Policies",
        "CORDON_WATCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "CORDON_WATCH_DELAY_MILLISECONDS": "0",
        "CORDON_WATCH_RENDER": "off",
    })
    namespace = Namespace(folder)
    log = folder / "web.json"
    web = namespace.start(
        [PYTHON, "-B", "-m", "web.server", "--hosts", HOSTS, "--pages", PAGES, "--port", 80,
         "--dns", 53, "--log", log],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(HERE)})
    try:
        hosts = json.loads(web.stdout.readline())["hosts"]
        starts = store.write("\n".join(f"http://{host}/" for host in hosts), ".txt")
        store.run("watch", "add", "--from", starts, by="ines")
        with open(folder / "crawl.log", "w", encoding="utf-8") as output:
            running = namespace.start(
                store.command("watch", "run", "--until-idle"), cwd=store.home,
                env=environment(**store.settings, CORDON_TOKEN=store.tokens["ines"]),
                stdout=output, stderr=output)
            _, status, usage = os.wait4(running.pid, 0)
        assert status == 0, (folder / "crawl.log").read_text(encoding="utf-8")[-2000:]
    finally:
        web.terminate()
        web.wait(timeout=30)
        namespace.close()
    return Crawl(
        json.loads(log.read_text(encoding="utf-8")), usage,
        store.run("case", "list").lines, store.run("watch", "list").lines)


def test_every_planted_site_has_a_case_of_its_kind(crawl):
    planted = {host: site["expected"] for host, site in crawl.sites.items() if site["expected"]}
    assert len(planted) >= 10
    assert {h: e for h, e in planted.items() if e not in crawl.found[h]} == {}


def test_no_other_site_has_one(crawl):
    others = [host for host, site in crawl.sites.items() if not site["expected"]]
    assert len(others) > 100
    assert {host: crawl.found[host] for host in others if crawl.found[host]} == {}


def test_every_page_of_a_plain_site_is_looked_at_once(crawl):
    pages = collections.Counter(
        address.partition("/")[0] for address in crawl.asked
        if address.endswith(".html") or address.endswith(".test/"))
    for host, site in crawl.sites.items():
        if not site["trap"]:
            assert pages[host] == site["pages"], host
    plain = {host for host, site in crawl.sites.items() if not site["trap"]}
    assert {a: n for a, n in crawl.asked.items()
            if n > 1 and a.partition("/")[0] in plain and a.endswith(".html")} == {}


def test_what_robots_files_ask_is_heeded(crawl):
    assert crawl.forbidden == {}


def test_nobody_is_asked_who_was_not_named(crawl):
    assert crawl.unknown == {}


def test_a_site_without_an_end_is_left_at_its_bound(crawl):
    pits = {host for host, site in crawl.sites.items() if site["trap"] == "tar-pit"}
    asked = collections.Counter(address.partition("/")[0] for address in crawl.asked)
    assert pits and all(asked[host] <= 600 for host in pits)


def test_memory_stays_bounded_among_bombs_and_endless_bodies(crawl):
    assert crawl.memory < MEMORY_LIMIT
