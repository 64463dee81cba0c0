"""The watch at work as people meet it: inside the server, with a browser, to its mirrors, and live."""

import json
import os
import pty
import re
import shutil
import subprocess
import time

import pytest

from support.program import REPOSITORY, environment
from support.tally import Tally
from support.waiting import until
from web import pages

HOSTS, PAGES = 24, 120
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def watching(small_grounds, tmp_path_factory):
    """Settings under which loopback is watched without delay, with the packs of the project."""
    folder = tmp_path_factory.mktemp("policies")
    guard = small_grounds["CORDON_ASSESSMENT_POLICIES"] / "guard"
    (folder / "guard").symlink_to(guard)
    (folder / "detection").symlink_to(REPOSITORY / "Policies" / "detection")
    return {
        **small_grounds, "CORDON_ASSESSMENT_POLICIES": folder,
        "CORDON_WATCH_ALLOW_ADDRESSES": "127.0.0.0/8", "CORDON_WATCH_DELAY_MILLISECONDS": 0,
        "CORDON_WATCH_WORKERS": 8, "CORDON_WATCH_RENDER": "off",
    }


@pytest.fixture
def web():
    """A small web, gone when the test ends."""
    tally = Tally(HOSTS, PAGES)
    yield tally
    tally.close()


def watched(new_store, settings, urls):
    """A store that watches some places."""
    store = new_store("watch")
    store.settings.update(settings)
    store.run("watch", "add", "--from", store.write("\n".join(urls), ".txt"), by="ines")
    return store


def site_of(url):
    return url.removeprefix("http://").removesuffix("/")


def planted(tally):
    """Site and category of all that was planted."""
    return {(f"{host}:{tally.port}", site.expected)
            for host, site in tally.sites.items() if site.expected}


def cases(store):
    return {(line["site"], line["category"]) for line in store.run("case", "list").lines}


def test_a_server_with_the_watch_on_finds_what_is_planted_and_ends_when_asked(
        new_store, watching, web):
    store = watched(new_store, watching, web.urls)
    wanted = planted(web)
    assert wanted
    with store.serve(settings={"CORDON_WATCH_ENABLED": "true"}) as server:
        until(lambda: wanted <= cases(store), "the server finds what is planted", 90)
        # A site that is added while it runs has its turn, too.
        store.run("watch", "drop", site_of(web.urls[0]), "--reason", "a test", by="ines")
        store.run("watch", "add", web.urls[0], by="ines")
        states = {line["site"]: line for line in store.run("watch", "list").lines}
        assert len(states) == HOSTS
        # Only one crawl at a time: what is asked of the server by hand is refused with a reason.
        refused = store.run("watch", "run", "--once", by="ines", expect=None)
        assert refused.code != 0 and "at work already" in refused.err
        assert "watch has stopped" not in server.errors()
    assert cases(store) == wanted
    assert max(n for url, n in web.counts().items() if url.endswith(".html")) == 1
    assert store.run("record", "verify").one["verified"] is True


SHELL = b"""<!doctype html><html lang=en><head><meta charset=utf-8><title>Loading</title></head>
<body><div id=root></div><script src=/app.js></script></body></html>"""


class Shell(Tally):
    """A web whose first venue shows nothing before its script has run."""

    def __init__(self):
        super().__init__(HOSTS, PAGES)
        self.host, self.site = next(
            (h, s) for h, s in self.sites.items() if s.kind == "venue")

    def answer(self, host, path):
        if host != self.host or path == "/robots.txt":
            return super().answer(host, path)
        with self.lock:
            self.asked[f"http://{host}:{self.port}{path}"] += 1
        if path == "/app.js":
            markup = re.sub("<script.*?</script>", "", pages.page(self.site, 0), flags=re.DOTALL)
            body = re.search("<body>(.*)</body>", markup, re.DOTALL).group(1)
            return 200, "text/javascript", (
                f"document.getElementById('root').innerHTML = {json.dumps(body)}").encode()
        if path == "/":
            return 200, "text/html; charset=utf-8", SHELL
        return 404, "text/plain", b"no such page"


@pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium")
def test_a_page_that_needs_its_scripts_is_shown_to_the_browser_and_no_other(new_store, watching):
    web = Shell()
    try:
        urls = [f"http://{web.host}:{web.port}/", web.urls[0], web.urls[1]]
        store = watched(new_store, {**watching, "CORDON_WATCH_RENDER": "needed"}, urls)
        told = store.run("watch", "run", "--until-idle", by="ines")
        if "without its sandbox" in told.err or "user namespaces" in told.err:
            pytest.skip("the kernel has no sandbox for Chromium")
        assert (f"{web.host}:{web.port}", "venue") in cases(store), told
        counts = web.counts()
        # The plain fetch and the browser ask for the page, the browser alone for the script.
        assert counts[f"http://{web.host}:{web.port}/"] == 2
        # What shows itself without scripts is asked for once.
        for url in urls[1:]:
            assert counts[url] == 1
        detail = store.run("watch", "show", site_of(urls[0])).one
        assert detail["captures"], "the page is kept"
    finally:
        web.close()


def test_mirrors_are_proposed_after_a_run_and_stay_away_once_dismissed(new_store, watching, web):
    venue = next(h for h, s in web.sites.items() if s.kind == "venue")
    # A second address of the venue, with its pages.
    copy = "127.0.9.9"
    web.sites[copy] = web.sites[venue]
    store = watched(new_store, watching, [*web.urls])
    store.run("watch", "run", "--until-idle", by="ines")
    pair = {f"{venue}:{web.port}", f"{copy}:{web.port}"}

    def proposed():
        return [line for line in store.run("watch", "mirrors").lines
                if {line["candidate"], line["resembles"]} == pair]

    [line] = proposed()
    assert line["state"] == "watched" and line["strength"] >= 0.4
    assert {"template", "scripts"} & {reason["kind"] for reason in line["reasons"]}
    refused = store.run(
        "watch", "mirrors", "--dismiss", line["candidate"], by="ines", expect=None)
    assert refused.code != 0 and "--reason" in refused.err
    said = store.run(
        "watch", "mirrors", "--dismiss", line["candidate"], "--reason", "one  owner, both known",
        by="ines")
    assert {line["by"] for line in said.lines} == {"ines"}
    assert proposed() == []
    kept = store.run("watch", "mirrors", "--dismissed").lines
    assert {entry["reason"] for entry in kept} == {"one owner, both known"}
    assert pair in [{entry["name"], entry["resembles"]} for entry in kept]


def test_leads_that_are_none_cannot_be_dismissed(new_store, watching):
    store = watched(new_store, watching, ["http://127.0.0.1:9/"])
    said = store.run(
        "watch", "leads", "--dismiss", "nobody.example", "--reason", "a test", by="ines",
        expect=None)
    assert said.code != 0 and "is no lead" in said.err
    assert store.run("watch", "leads", "--dismissed").lines == []


def test_a_terminal_is_shown_how_the_crawl_stands_in_place(new_store, watching, web):
    store = watched(new_store, {**watching, "CORDON_WATCH_WORKERS": 2}, web.urls)
    master, terminal = pty.openpty()
    process = subprocess.Popen(
        store.command("watch", "run", "--until-idle"), cwd=store.home,
        env=environment(**store.settings, CORDON_TOKEN=store.tokens["ines"]),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    shown, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        try:
            part = os.read(master, 65_536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    out = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0
    text = shown.decode("utf-8", "replace")
    assert re.search(r"\d+ pages \(\d+/s\), \d+ findings", text)
    assert re.search(r"\n  [12]  \d+ s  http://127\.0\.\d+\.\d+:\d+/", text), "a line a worker"
    assert "\x1b[" in text, "drawn in place"
    assert "pages looked at" in out
