"""Hosts that hurt crawlers. Each answer is a coroutine that writes to the connection as it likes."""

import asyncio
import functools
import gzip
import zlib

from . import pages

# What a trap sends at most, so that a crawler without bounds ends some day.
BODY_LIMIT = 1 << 30
DRIP_LIMIT = 600


def head(status, fields, reason="OK"):
    """The head of a response."""
    lines = [f"HTTP/1.1 {status} {reason}"] + [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def html(body, encoding="utf-8", fields=()):
    """A whole response of markup."""
    octets = body if isinstance(body, bytes) else body.encode(encoding, "replace")
    return head(200, [("Content-Type", "text/html; charset=utf-8"),
                      ("Content-Length", len(octets)), *fields]) + octets


@functools.cache
def bomb():
    """A gigabyte of markup, packed; made once."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    block = b"<p>" + b"0" * 1048573
    return b"".join([packer.compress(block) for _ in range(1024)] + [packer.flush()])


async def redirect_loop(site, path, writer):
    target = "/b" if path != "/b" else "/"
    writer.write(head(302, [("Location", target), ("Content-Length", 0)], "Found"))


async def redirect_private(site, path, writer):
    writer.write(head(302, [("Location", "http://10.0.0.7/admin"), ("Content-Length", 0)], "Found"))


async def redirect_metadata(site, path, writer):
    writer.write(head(302, [("Location", "http://169.254.169.254/latest/meta-data/"),
                            ("Content-Length", 0)], "Found"))


async def many_redirects(site, path, writer):
    number = int(path.rsplit("/", 1)[-1]) if path.rsplit("/", 1)[-1].isdigit() else 0
    writer.write(head(301, [("Location", f"/r/{number + 1}"), ("Content-Length", 0)], "Moved"))


async def tar_pit(site, path, writer):
    """A calendar without an end: each page leads to new ones, ever deeper."""
    links = "".join(f'<a href="{path.rstrip("/")}/{i}">{i}</a>' for i in range(50))
    writer.write(html(f"<!doctype html><title>{path[:80]}</title><p>{links}</p>"))


async def gzip_bomb(site, path, writer):
    """A megabyte that becomes a gigabyte."""
    octets = bomb()
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Encoding", "gzip"),
                            ("Content-Length", len(octets))]) + octets)


async def nested_gzip(site, path, writer):
    octets = gzip.compress(gzip.compress(b"<p>twice</p>"))
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Encoding", "gzip, gzip"),
                            ("Content-Length", len(octets))]) + octets)


async def huge_body(site, path, writer):
    """A gigabyte of text."""
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Length", BODY_LIMIT)]))
    block = b"<p>all work and no play makes a dull page</p>\n" * 1024
    for _ in range(BODY_LIMIT // len(block)):
        writer.write(block)
        await writer.drain()


async def wrong_charset(site, path, writer):
    """GB18030 that calls itself UTF-8."""
    text = pages.page(site, 0).replace('<meta charset="utf-8">', "")
    writer.write(html(text.encode("gb18030", "replace")))


async def robots_refusal(site, path, writer):
    """Whoever comes here did not heed the robots file; the log says so."""
    writer.write(html("<!doctype html><title>private</title><p>you were asked not to come</p>"))


async def slow_drip(site, path, writer):
    """An octet a second."""
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Length", DRIP_LIMIT)]))
    for _ in range(DRIP_LIMIT):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(1)


async def huge_headers(site, path, writer):
    fields = [(f"X-{i}", "y" * 1000) for i in range(2000)]
    writer.write(html("<p>headers</p>", fields=fields))


async def deep_nesting(site, path, writer):
    writer.write(html("<div>" * 200_000 + "deep" + "</div>" * 200_000))


async def endless_chunks(site, path, writer):
    """A body without an end, in small chunks."""
    writer.write(head(200, [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]))
    for _ in range(BODY_LIMIT // 1024):
        writer.write(b"400\r\n" + b"z" * 1024 + b"\r\n")
        await writer.drain()


async def short_body(site, path, writer):
    """Less than was announced, and then nothing."""
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Length", 5000)]) + b"<p>short")
    await writer.drain()
    writer.close()


async def binary(site, path, writer):
    octets = bytes(range(256)) * 4096
    writer.write(head(200, [("Content-Type", "text/html"), ("Content-Length", len(octets))]) + octets)


async def reset(site, path, writer):
    """The connection ends amid the head."""
    writer.write(b"HTTP/1.1 200 O")
    await writer.drain()
    writer.transport.abort()


ANSWERS = {name.replace("_", "-"): function for name, function in list(globals().items())
           if asyncio.iscoroutinefunction(function)}
