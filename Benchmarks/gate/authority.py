"""Where allowed names come from: one zone on loopback, answered by BIND as authority."""

import pathlib
import time

from processes import Nursery
from servers import answer_code, free_port

ZONE = "allowed.example"


class Authority:
    """Answers every name of the zone with an address that is kept for a day."""

    def __init__(self, folder: pathlib.Path):
        folder.mkdir()
        self.folder, self.port = folder, free_port()

    def start(self, nursery: Nursery):
        (self.folder / "zone").write_text(
            f"$TTL 86400\n@ SOA ns.{ZONE}. root.{ZONE}. 1 3600 600 86400 60\n@ NS ns\n"
            "ns A 192.0.2.53\n* A 192.0.2.1\n")
        (self.folder / "named.conf").write_text(f"""
options {{
  directory "{self.folder}"; pid-file none; session-keyfile none; recursion no;
  listen-on port {self.port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
}};
controls {{ }};
zone "{ZONE}" {{ type primary; file "zone"; }};
""")
        nursery.start(
            ["/usr/sbin/named", "-f", "-n", "1", "-c", str(self.folder / "named.conf")],
            self.folder / "log")
        deadline = time.monotonic() + 20
        while answer_code(self.port, f"a.{ZONE}") != 0:
            if time.monotonic() > deadline:
                raise RuntimeError(
                    "the authority does not answer:\n" + (self.folder / "log").read_text())
            time.sleep(0.05)
