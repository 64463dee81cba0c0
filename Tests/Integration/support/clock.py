"""A wall clock that a test moves, for the program alone."""

import pathlib
import shutil
import struct
import subprocess

SOURCE = pathlib.Path(__file__).with_name("clock.c")


def build(folder):
    """Compiles the clock and answers its library; None where there is no C compiler."""
    compiler = next(filter(None, map(shutil.which, ("cc", "clang", "gcc"))), None)
    if compiler is None:
        return None
    library = pathlib.Path(folder) / "clock.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


class Clock:
    """The clock of one store's programs."""

    def __init__(self, store, library):
        self._file = store.home / "clock"
        self.hours = 0
        self.set(hours=0)
        store.settings.update(LD_PRELOAD=library, CORDON_TEST_CLOCK=self._file)

    def set(self, hours):
        """Sets the clock so many hours ahead of the real one; also for programs that run."""
        self.hours = hours
        with open(self._file, "r+b" if self._file.exists() else "w+b") as file:
            file.write(struct.pack("=q", int(hours * 3_600_000)))
