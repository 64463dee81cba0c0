"""Python tools that Debian does not package, in an environment of their own beside the build."""

import subprocess
import sys

from .program import REPOSITORY

FOLDER = REPOSITORY / ".build" / "test-tools"


def python_with(*requirements):
    """An interpreter that has these packages; they are installed when they are first asked for."""
    interpreter = FOLDER / "bin" / "python"
    mark = FOLDER / "installed.txt"
    if not interpreter.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    installed = mark.read_text().split() if mark.exists() else []
    missing = [name for name in requirements if name not in installed]
    if missing:
        subprocess.run(
            [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             *missing], check=True)
        mark.write_text("\n".join([*installed, *missing]))
    return interpreter
