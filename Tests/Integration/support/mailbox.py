"""A mail server on loopback (aiosmtpd): keeps what it takes, with TLS and a login if asked to."""

import email
import email.policy
import ssl
import subprocess

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from .ports import free_port


class Mailbox:
    """A server, its messages and the logins that were tried."""

    def __init__(self, home, tls=None, login=None):
        self.messages, self.logins = [], []
        self.refusal = None
        self.certificate = home / "mail.pem"
        context = self._context(home) if tls else None
        options = {"hostname": "127.0.0.1", "port": free_port()}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        elif tls == "implicit":
            options |= {"ssl_context": context}
        if login:
            options |= {"auth_required": True, "authenticator": self._authenticator(login),
                        "auth_require_tls": tls == "starttls"}
        self.controller = Controller(self, **options)
        self.controller.start()
        self.place = f"127.0.0.1:{self.controller.port}"

    def _context(self, home):
        key = home / "mail.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
             "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", self.certificate],
            check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        return context

    def _authenticator(self, expected):
        def check(server, session, envelope, mechanism, data):
            given = (data.login.decode(), data.password.decode())
            self.logins.append(given)
            return AuthResult(success=given == expected, handled=False)

        return check

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.messages.append((envelope, encrypted))
        return "250 OK"

    @property
    def mails(self):
        """The messages as Python's own library reads them."""
        return [email.message_from_bytes(envelope.content, policy=email.policy.default)
                for envelope, _ in self.messages]

    def close(self):
        self.controller.stop()
