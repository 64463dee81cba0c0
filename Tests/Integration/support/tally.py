"""A small web on loopback, a site an address, that counts what it is asked for."""

import collections
import http.server
import socketserver
import threading

from web import pages, plan


class Tally:
    """Sites of the test web, each on an address of its own, and how often each page was asked for."""

    def __init__(self, hosts, page_count, seed=1):
        self.lock = threading.Lock()
        self.asked = collections.Counter()
        self.sites = {}
        for number, site in enumerate(plan.sites(hosts, page_count, seed, with_traps=False)):
            self.sites[f"127.0.{1 + number // 250}.{1 + number % 250}"] = site
        self.server = Server(self)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def urls(self):
        """Where each site begins."""
        return [f"http://{host}:{self.port}/" for host in self.sites]

    def counts(self):
        """How often each URL was asked for."""
        with self.lock:
            return dict(self.asked)

    def total(self):
        """How many requests there were."""
        with self.lock:
            return sum(self.asked.values())

    def answer(self, host, path):
        """The status and the octets of a page."""
        with self.lock:
            self.asked[f"http://{host}:{self.port}{path}"] += 1
        site = self.sites.get(host)
        if path == "/robots.txt":
            return 200, "text/plain", b"User-agent: *\nDisallow: /private/\n"
        number = int(path[3:-5]) if path.startswith("/p/") and path[3:-5].isdigit() else None
        number = 0 if path == "/" else number
        if site is None or number is None or number >= site.pages:
            return 404, "text/plain", b"no such page"
        return 200, "text/html; charset=utf-8", pages.page(site, number).encode()

    def close(self):
        """Ends the server."""
        self.server.shutdown()
        self.server.server_close()


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Listens on every address of loopback."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, tally):
        self.tally = tally
        super().__init__(("0.0.0.0", 0), Answer)


class Answer(http.server.BaseHTTPRequestHandler):
    """Answers GET, and keeps the connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        host = self.headers.get("Host", "").partition(":")[0]
        status, kind, body = self.server.tally.answer(host, self.path.partition("?")[0])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
