"""Public suffixes and registrable domains, for the scripts in this folder.

Reads a list in the form that publicsuffix.org publishes (Debian: package publicsuffix)
and applies its algorithm, the private section included. Names are lower-case A-labels.
"""

import re

DEFAULT_LIST = "/usr/share/publicsuffix/public_suffix_list.dat"

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


def is_host_name(name):
    """Whether a text is a lower-case host name of two or more labels, and no address."""
    labels = name.split(".")
    return (
        len(labels) >= 2
        and len(name) <= 253
        and all(_LABEL.match(label) for label in labels)
        and not labels[-1].isdigit()
    )


def is_at_or_below(name, other):
    """Whether a name is the other one or lies below it, label by label."""
    return name == other or name.endswith("." + other)


def _ascii(rule):
    """A rule in A-labels; a label that is ASCII already stays as it is."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in rule.lower().split(".")
    )


class PublicSuffixes:
    """The rules of one list."""

    def __init__(self, lines):
        self._plain, self._wildcards, self._exceptions = set(), set(), set()
        for line in lines:
            rule = line.strip().split(" ")[0]
            if not rule or rule.startswith("//"):
                continue
            rule = _ascii(rule)
            if rule.startswith("!"):
                self._exceptions.add(rule[1:])
            elif rule.startswith("*."):
                self._wildcards.add(rule[2:])
            else:
                self._plain.add(rule)
        if not self._plain:
            raise ValueError("the list of public suffixes has no rules")

    @classmethod
    def read(cls, path=DEFAULT_LIST):
        """Reads the list at a path. Raises OSError or ValueError."""
        with open(path, encoding="utf-8") as file:
            return cls(file)

    def suffix(self, name):
        """The public suffix of a name: the longest rule that matches, else the last label."""
        labels = name.split(".")
        for at in range(len(labels)):
            candidate = ".".join(labels[at:])
            parent = ".".join(labels[at + 1 :])
            if candidate in self._exceptions:
                return parent
            if candidate in self._plain or (parent and parent in self._wildcards):
                return candidate
        return labels[-1]

    def is_suffix(self, name):
        """Whether a name is itself a public suffix."""
        return self.suffix(name) == name

    def registrable(self, name):
        """The suffix and one label more; None where the name is a suffix itself."""
        suffix = self.suffix(name)
        if suffix == name:
            return None
        return name[: -len(suffix) - 1].split(".")[-1] + "." + suffix
