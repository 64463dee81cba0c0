"""A network of one's own: a namespace with a loopback of its own, and names answered there.

Servers take ports 80 and 53 in it, and nothing in it reaches the world. Needs root.
"""

import os
import pathlib
import subprocess


class Namespace:
    """A network namespace, with a resolver configuration of its own."""

    def __init__(self, folder, nameserver="127.0.0.1"):
        resolv = pathlib.Path(folder) / "resolv.conf"
        resolv.write_text(f"nameserver {nameserver}\noptions timeout:1 attempts:2\n")
        script = (f"mount --make-rprivate / && ip link set lo up"
                  f" && mount --bind {resolv} /etc/resolv.conf && echo ready && exec cat")
        # `cat` ends with its standard input, so the namespace ends with us, whatever happens.
        self.holder = subprocess.Popen(
            ["unshare", "--net", "--mount", "sh", "-c", script], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline().strip() != "ready":
            raise RuntimeError("cannot make a network namespace: this needs root and iproute2")

    @staticmethod
    def possible():
        """Whether this user may make one."""
        return os.geteuid() == 0

    def command(self, arguments):
        """The arguments that run a command in the namespace."""
        return ["nsenter", f"--target={self.holder.pid}", "--net", "--mount", f"--wd={os.getcwd()}",
                "--", *map(str, arguments)]

    def run(self, arguments, **options):
        """Runs a command in the namespace, and waits for it."""
        return subprocess.run(self.command(arguments), text=True, capture_output=True, **options)

    def start(self, arguments, **options):
        """Starts a command in the namespace. `nsenter` becomes it: the process id is its own."""
        return subprocess.Popen(self.command(arguments), text=True, **options)

    def close(self):
        """Ends the namespace; what runs in it is for its starters to end."""
        self.holder.stdin.close()
        self.holder.wait(timeout=10)
