"""A small disk of memory in a mount namespace of its own: nothing outside can see or fill it."""

import os
import pathlib
import subprocess


class TinyDisk:
    """A tmpfs over a folder, for the programs that are started through `prefix`."""

    def __init__(self, folder, mebibytes):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        script = f'mount -t tmpfs -o size={mebibytes}m,mode=700 tmpfs "$0" && echo ready && exec cat'
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.works = self._holder.stdout.readline() == b"ready\n"
        self.prefix = ["nsenter", "--mount", "--target", str(self._holder.pid), "--"]
        # The folder as it looks from inside.
        self.inside = pathlib.Path(f"/proc/{self._holder.pid}/root{self.folder}")

    def free(self):
        """Octets that are free."""
        status = os.statvfs(self.inside)
        return status.f_bavail * status.f_frsize

    def fill(self, leaving=0):
        """Writes a file until so many octets are left; answers its path, to be removed later."""
        path = self.inside / "filler"
        with open(path, "ab", buffering=0) as file:
            while (room := self.free() - leaving) > 0:
                try:
                    file.write(bytes(min(room, 1 << 20)))
                except OSError:
                    break
        return path

    def close(self):
        """Ends the namespace, and the disk with it."""
        self._holder.stdin.close()
        self._holder.wait()
        self._holder.stdout.close()
        self._holder.stderr.close()
