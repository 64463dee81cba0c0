"""An RDAP server on loopback (RFC 9082, RFC 9083): answers are set path by path."""

import http.server
import json
import threading


def card(name, email=None, organization=None):
    """A jCard."""
    properties = [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]
    if organization:
        properties.append(["org", {}, "text", organization])
    if email:
        properties.append(["email", {}, "text", email])
    return ["vcard", properties]


def entity(roles, name, email=None, nested=()):
    """Someone who stands behind a name or a network."""
    return {"objectClassName": "entity", "roles": roles, "vcardArray": card(name, email),
            "entities": list(nested)}


REGISTRAR = entity(["registrar"], "Sample Registrar, LLC", None,
                   [entity(["abuse"], "Abuse", "abuse@registrar.example")])


class RDAP:
    """A server and what it was asked."""

    def __init__(self):
        self.answers, self.asked = {}, []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                outer.asked.append((self.path, self.headers.get("Accept")))
                status, headers, body = outer.answers.get(
                    self.path, (404, {}, {"errorCode": 404, "title": "Not found"}))
                octets = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/rdap+json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def answer(self, path, body, status=200, **headers):
        """Says what a path is answered with."""
        self.answers[path] = (status, headers, body)

    def domain(self, name, *entities, related=()):
        """A record of a name."""
        links = [{"rel": "related", "href": href, "type": "application/rdap+json"}
                 for href in related]
        self.answer(f"/domain/{name}", {
            "objectClassName": "domain", "ldhName": name, "entities": list(entities),
            "links": links})

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
