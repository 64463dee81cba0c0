"""A platform: hands posts in, and takes sanctions by webhook."""

import http.client
import http.server
import json
import socketserver
import subprocess
import threading
import urllib.parse

from .tools import python_with
from .waiting import until

# Standard Webhooks' own library, as a judge: reads a JSON object a line, answers true or false.
JUDGE = """
import json, sys
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
for line in sys.stdin:
    call = json.loads(line)
    try:
        Webhook(call["secret"]).verify(call["body"], call["headers"])
        print("true", flush=True)
    except WebhookVerificationError:
        print("false", flush=True)
"""


class Judge:
    """Says whether a webhook's signature holds, by somebody else's code."""

    def __init__(self):
        self.process = subprocess.Popen(
            [python_with("standardwebhooks==1.1.0"), "-c", JUDGE], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)

    def holds(self, secret, headers, body):
        line = json.dumps({"secret": secret, "headers": headers, "body": body})
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip() == "true"

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


class Platform:
    """Takes webhooks on loopback and keeps each; refuses them all while `is_down`."""

    def __init__(self):
        self.calls = []
        self.is_down = False
        self.answer = 204
        platform = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                headers = {name.lower(): value for name, value in self.headers.items()}
                if not platform.is_down:
                    platform.calls.append((headers, body))
                self.send_response(503 if platform.is_down else platform.answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/cordon"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def messages(self):
        """What was told, each `webhook-id` once, in the order in which it came first."""
        told = {}
        for headers, body in self.calls:
            told.setdefault(headers["webhook-id"], json.loads(body))
        return list(told.values())

    def told(self, type_, **wanted):
        """The newest message of a type whose data has these members; waits for it."""

        def find():
            for message in reversed(self.messages):
                data = message["data"]
                if message["type"] == type_ and all(data.get(k) == v for k, v in wanted.items()):
                    return message

        return until(find, f"{type_} {wanted} is told", 30)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def headers_of(answer):
    """The fields of an answer, their names as they are usually written."""
    return {name.title(): value for name, value in answer.getheaders()}


class API:
    """A program that asks the API."""

    def __init__(self, address, token=None):
        self.host = address
        self.token = token

    def ask(self, method, path, body=None, key=None, media="application/json", raw=False):
        """Status, headers and JSON of an answer."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        if body is not None:
            headers["Content-Type"] = media
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if raw:
            return answer.status, headers_of(answer), text
        return answer.status, headers_of(answer), json.loads(text) if text else None

    def get(self, path, expect=200):
        status, _, value = self.ask("GET", path)
        assert status == expect, value
        return value

    def post(self, path, body=None, expect=200, key=None):
        status, _, value = self.ask("POST", path, body, key)
        assert status == expect, value
        return value

    def hand_in(self, platform, posts):
        """Hands posts in; answers the answers."""
        body = "".join(json.dumps(post, ensure_ascii=False) + "\n" for post in posts).encode()
        path = f"/api/v1/platforms/{urllib.parse.quote(platform)}/posts"
        status, _, text = self.ask("POST", path, body, media="application/x-ndjson", raw=True)
        assert status == 200, text
        return [json.loads(line) for line in text.splitlines()]
