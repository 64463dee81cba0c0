"""A small signed world: a root zone, a signed zone with one tampered record, and an unsigned one."""

import pathlib
import re
import subprocess

from .peers import bind, program

HEAD = """$TTL 300
@ SOA ns.signed. admin.signed. 1 3600 600 86400 60
@ NS ns.signed.
"""
SIGNED = HEAD + """$ORIGIN signed.
ns A 127.0.0.1
www A 192.0.2.10
alias CNAME www
tampered A 192.0.2.11
venue A 192.0.2.12
below.venue A 192.0.2.13
alias-to-venue CNAME below.venue
"""
PLAIN = HEAD + """$ORIGIN plain.
www A 192.0.2.20
"""
ROOT = HEAD + """signed. NS ns.signed.
plain. NS ns.signed.
ns.signed. A 127.0.0.1
"""


class SignedWorld:
    """The zones, served by BIND, and the root's trust anchor."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self._sign("signed", self.signed_text())
        delegation = (self.folder / "dsset-signed.").read_text()
        self._sign(".", ROOT + delegation, name="root")
        zone = self.folder / "signed.zone.signed"
        genuine = zone.read_text()
        zone.write_text(genuine.replace("192.0.2.11", "192.0.2.66"))
        assert zone.read_text() != genuine
        (self.folder / "plain.zone").write_text(PLAIN)
        self.anchor = self.folder / "anchor.key"
        keys = (self.folder / "root.zone.signed").read_text()
        self.anchor.write_text((self.folder / "dsset-.").read_text())
        assert re.search(r"DNSKEY\s+257", keys)
        self.server = bind(self.folder, {
            ".": self.folder / "root.zone.signed", "signed": zone,
            "plain": self.folder / "plain.zone"}, "recursion no;")

    def signed_text(self):
        """The master file of the signed zone, before it is signed."""
        return SIGNED

    def _sign(self, zone, text, name=None):
        file = self.folder / f"{name or zone}.zone"
        file.write_text(text)
        for flags in ([], ["-f", "KSK"]):
            key = self._run("dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", *flags, zone).strip()
            with open(file, "a") as out:
                out.write(f'$INCLUDE "{self.folder / key}.key"\n')
        self._run("dnssec-signzone", "-q", "-o", zone, "-f", f"{file}.signed", str(file))

    def _run(self, *command):
        ended = subprocess.run(
            [program(command[0]), *command[1:]], cwd=self.folder, capture_output=True, text=True,
            timeout=60, check=False)
        assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def close(self):
        self.server.close()
