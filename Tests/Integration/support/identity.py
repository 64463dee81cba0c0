"""A certificate for loopback and the authority above it, made by openssl."""

import os
import subprocess


class Identity:
    """Files of an authority, and of a server that it vouches for."""

    def __init__(self, folder):
        self.folder = folder
        self.authority = folder / "authority.pem"
        self.certificate = folder / "server.pem"
        self.key = folder / "server.key"
        self._serial = 0
        self._openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", "/CN=Cordon doors", "-keyout", folder / "authority.key",
            "-out", self.authority)
        self.issue()

    @staticmethod
    def _openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    def make(self, certificate, key):
        """Makes a new key, and a certificate for it with the next serial number; answers that."""
        self._serial += 1
        request = self.folder / "request.pem"
        names = self.folder / "names"
        names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        self._openssl(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", "/CN=localhost", "-keyout", key, "-out", request)
        self._openssl(
            "x509", "-req", "-in", request, "-CA", self.authority, "-CAkey",
            self.folder / "authority.key", "-set_serial", self._serial, "-days", "2",
            "-extfile", names, "-out", certificate)
        return self._serial

    def issue(self):
        """Puts a new certificate and key in the place of the old; answers its serial number."""
        new = [self.folder / "new.pem", self.folder / "new.key"]
        serial = self.make(*new)
        for source, target in zip(new, (self.certificate, self.key)):
            os.replace(source, target)
        return serial

    @property
    def settings(self):
        """The settings that name the files."""
        return {"CORDON_GATE_TLS_CERTIFICATE": self.certificate, "CORDON_GATE_TLS_KEY": self.key}
