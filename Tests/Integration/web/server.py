"""Serves the web, and writes down who asked for what.

Usage: python3 -m web.server --hosts 2000 --pages 100000 --port 80 [--dns 53] [--no-traps] --log FILE

Prints a line of JSON once it listens. Ends on SIGTERM, and then writes FILE: how often each page
was asked for, and what nobody should have asked for.
"""

import argparse
import asyncio
import collections
import dataclasses
import hashlib
import json
import signal
import sys
import zlib

from . import pages, plan, traps

FAVICON = b"\x00\x00\x01\x00"


class Web:
    """The sites, and what was asked of them."""

    def __init__(self, sites):
        self.sites = {site.host: site for site in sites}
        self.asked = collections.Counter()
        self.forbidden = collections.Counter()
        self.unknown = collections.Counter()
        self.changed = collections.Counter()

    def report(self):
        """What the log says."""
        return {
            "sites": {s.host: {"kind": s.kind, "expected": s.expected, "pages": s.pages,
                               "trap": s.trap} for s in self.sites.values()},
            "asked": {f"{host}{path}": n for (host, path), n in self.asked.items()},
            "forbidden": {f"{host}{path}": n for (host, path), n in self.forbidden.items()},
            "unknown": dict(self.unknown),
        }

    async def answer(self, host, path, fields, writer):
        """Answers one request; returns whether the connection may go on."""
        site = self.sites.get(host)
        if site is None:
            self.unknown[host] += 1
            writer.write(plain(404, "no such host"))
            return True
        self.asked[host, path] += 1
        path = path.partition("?")[0]
        if path == "/robots.txt":
            writer.write(plain(200, robots(site)))
            return True
        if path.startswith("/private/") or site.trap == "robots-refusal":
            self.forbidden[host, path] += 1
        if site.trap:
            await traps.ANSWERS[site.trap](site, path, writer)
            return site.trap not in ("short-body", "reset", "huge-body", "endless-chunks")
        writer.write(self.respond(site, path, fields))
        return True

    def respond(self, site, path, fields):
        """The response to a request for a page or what belongs to it."""
        if path == "/favicon.ico":
            source = site.original or site.host
            return whole(FAVICON + hashlib.sha256(source.encode()).digest() * 8, "image/x-icon", fields)
        if path == "/app.js":
            source = site.original or site.host
            return whole(f"window.app={source!r};".encode() * 20, "text/javascript", fields)
        if path == "/style.css":
            return whole(pages.STYLE.encode(), "text/css", fields)
        if path == "/sitemap.xml":
            return whole(sitemap(site).encode(), "application/xml", fields)
        number = number_of(path)
        if number is None or number >= site.pages:
            return plain(404, "no such page")
        look = site
        if site.original:
            look = dataclasses.replace(self.sites[site.original], pages=site.pages)
        markup = pages.page(look, number, self.changed[site.host])
        encoding = "utf-8"
        if site.language == "zh-Hans" and site.seed % 3 == 0:
            encoding, markup = "gb18030", markup.replace('charset="utf-8"', 'charset="gb2312"')
        if site.language == "zh-Hant" and site.seed % 3 == 0:
            encoding, markup = "big5", markup.replace('charset="utf-8"', 'charset="big5"')
        return whole(markup.encode(encoding, "xmlcharrefreplace"), "text/html", fields)


def number_of(path):
    """The number of the page at a path."""
    if path == "/":
        return 0
    if path.startswith("/p/") and path.endswith(".html") and path[3:-5].isdigit():
        return int(path[3:-5])
    return None


def robots(site):
    """A site's robots file."""
    if site.trap == "robots-refusal":
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow: /private/\nSitemap: http://{site.host}/sitemap.xml\n"


def sitemap(site):
    """A site's sitemap; a page in ten is found by nothing else."""
    urls = "".join(f"<url><loc>http://{site.host}{pages.path(n)}</loc></url>"
                   for n in range(0, site.pages, 10))
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>')


def plain(status, text):
    """A short response."""
    octets = text.encode()
    return traps.head(status, [("Content-Type", "text/plain"), ("Content-Length", len(octets))],
                      "OK" if status == 200 else "Not Found") + octets


def whole(octets, media_type, fields):
    """A response with an entity tag; 304 where the asker has it, gzip where it is wanted."""
    tag = f'"{zlib.crc32(octets):08x}"'
    if fields.get("if-none-match") == tag:
        return traps.head(304, [("ETag", tag)], "Not Modified")
    coding = []
    if "gzip" in fields.get("accept-encoding", "") and media_type == "text/html":
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        octets, coding = packer.compress(octets) + packer.flush(), [("Content-Encoding", "gzip")]
    return traps.head(200, [("Content-Type", media_type), ("ETag", tag), *coding,
                            ("Content-Length", len(octets))]) + octets


async def serve_connection(web, reader, writer):
    """Answers the requests of a connection, one after the other."""
    try:
        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            line, *rest = request.decode("latin-1").split("\r\n")
            method, path, _ = line.split(" ", 2)
            fields = {name.lower(): value.strip() for name, _, value in
                      (field.partition(":") for field in rest if field)}
            host = fields.get("host", "").partition(":")[0].lower()
            if path.startswith("http://"):
                path = "/" + path[7:].partition("/")[2]
            goes_on = await web.answer(host, path, fields, writer)
            await writer.drain()
            if not goes_on or fields.get("connection", "").lower() == "close":
                break
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
        pass
    finally:
        writer.close()


class Names(asyncio.DatagramProtocol):
    """Answers every name below the web's domain with 127.0.0.1."""

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        if len(data) < 17:
            return
        end = 12
        while end < len(data) and data[end]:
            end += data[end] + 1
        question = data[12:end + 5]
        known = question.lower().find(b"\x03web\x04test\x00") >= 0
        is_address = question[-4:-2] == b"\x00\x01"
        flags = b"\x85\x80" if known else b"\x85\x83"
        count = b"\x00\x01" if known and is_address else b"\x00\x00"
        answer = data[:2] + flags + b"\x00\x01" + count + b"\x00\x00\x00\x00" + question
        if known and is_address:
            answer += b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x01"
        self.transport.sendto(answer, address)


async def run(options):
    """Serves until told to end."""
    web = Web(plan.sites(options.hosts, options.pages, options.seed, not options.no_traps))
    if not options.no_traps:
        traps.bomb()
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await asyncio.start_server(
        lambda reader, writer: serve_connection(web, reader, writer), "127.0.0.1", options.port,
        backlog=1024, limit=1 << 18)
    if options.dns:
        await loop.create_datagram_endpoint(Names, local_addr=("127.0.0.1", options.dns))
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port, "hosts": list(web.sites)}), flush=True)
    await ended.wait()
    server.close()
    with open(options.log, "w", encoding="utf-8") as log:
        json.dump(web.report(), log, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hosts", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-traps", action="store_true", help="leave the traps out")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--dns", type=int, default=0, help="port to answer names on; 0 for none")
    parser.add_argument("--log", required=True)
    asyncio.run(run(parser.parse_args()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
