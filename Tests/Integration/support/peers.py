"""Real DNS servers beside the program: BIND, Knot DNS and Unbound, each in a folder of its own."""

import pathlib
import shutil
import subprocess

from . import client
from .ports import free_port
from .waiting import until


class Peer:
    """A server in the foreground, ended by its process id."""

    def __init__(self, folder, command, port, settings):
        self.folder, self.port = pathlib.Path(folder), port
        for name, text in settings.items():
            (self.folder / name).write_text(text)
        self.log = self.folder / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until(lambda: self.process.poll() is not None or client.answers(port),
              f"{command[0]} answers", 30)
        assert self.process.poll() is None, self.log.read_text("utf-8", "replace")

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def close(self):
        """Ends the server."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def program(name):
    """The path of a server's program, which may be outside an ordinary user's PATH."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    assert found, f"{name} is not installed: scripts/bootstrap --test installs it"
    return found


def bind(folder, zones, options=""):
    """BIND with authority over zones (name to master file)."""
    port = free_port()
    text = f"""
options {{
  directory "{folder}"; pid-file none; session-keyfile none; listen-on-v6 {{ none; }};
  listen-on port {port} {{ 127.0.0.1; }}; dnssec-validation no; notify no;
  allow-query {{ any; }}; allow-transfer {{ any; }}; minimal-responses no;
  lock-file none; managed-keys-directory "{folder}";
  {options}
}};
controls {{ }};
"""
    for name, file in zones.items():
        text += f'zone "{name}" {{ type primary; file "{file}"; masterfile-format text; }};\n'
    return Peer(
        folder, [program("named"), "-g", "-n", "1", "-c", "named.conf"], port,
        {"named.conf": text})


def knot(folder, zones):
    """Knot DNS with authority over zones (name to master file)."""
    port = free_port()
    text = f"""
server:
    rundir: "{folder}"
    listen: 127.0.0.1@{port}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: "{folder}"
log:
  - target: stderr
    any: warning
zone:
"""
    for name, file in zones.items():
        text += f'  - domain: "{name}"\n    file: "{file}"\n    zonefile-sync: -1\n'
    return Peer(folder, [program("knotd"), "-c", "knot.conf"], port, {"knot.conf": text})


def unbound(folder, settings):
    """Unbound with settings added to its own."""
    port = free_port()
    text = f"""
server:
  directory: "{folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1
  port: {port}
  do-ip6: no
  num-threads: 1
  do-not-query-localhost: no
{settings}
"""
    return Peer(
        folder, [program("unbound"), "-d", "-p", "-c", "unbound.conf"], port,
        {"unbound.conf": text})
