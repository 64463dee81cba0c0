"""A signed zone with thousands of names of every kind, generated from a seed."""

import random

from .signed import HEAD, SignedWorld

KINDS = ["A", "AAAA", "TXT", "MX", "SRV", "CAA", "HTTPS", "TYPE65280", "NS", "SOA", "DS"]


def zone(count, seed):
    """The zone's text, and the names in it."""
    draw = random.Random(seed)
    lines, names = [], []
    for number in range(count):
        name = f"n{number}"
        kind = draw.choice(
            ["a", "a", "a", "aaaa", "both", "txt", "mx", "srv", "caa", "https", "odd", "chain",
             "chain", "dangling", "deep", "big", "many"])
        address = f"198.51.100.{draw.randrange(1, 255)}"
        if kind in ("a", "both"):
            lines.append(f"{name} {draw.choice([60, 300, 3600])} A {address}")
        if kind in ("aaaa", "both"):
            lines.append(f"{name} AAAA 2001:db8::{number + 1:x}")
        if kind == "txt":
            lines.append(f'{name} TXT "{"x" * draw.randrange(1, 200)}" "Mixed Case {number}"')
        if kind == "mx":
            lines.append(f"{name} MX 10 n{draw.randrange(count)}")
            lines.append(f"{name} MX 20 mail.elsewhere.plain.")
        if kind == "srv":
            lines.append(f"{name} SRV 1 2 443 n{draw.randrange(count)}")
        if kind == "caa":
            lines.append(f'{name} CAA 0 issue "ca.example"')
        if kind == "https":
            lines.append(f"{name} HTTPS 1 . alpn=h2 ipv4hint={address}")
        if kind == "odd":
            lines.append(f"{name} TYPE65280 \\# 4 0a0b0c0d")
        if kind == "chain":
            # Aliases lead upwards alone, so that no chain has an end of its own.
            lines.append(f"{name} CNAME n{min(count - 1, number + draw.randrange(1, 9))}"
                         if number < count - 1 else f"{name} A {address}")
        if kind == "dangling":
            lines.append(f"{name} CNAME nobody-{number}")
        if kind == "deep":
            lines.append(f"x.y.{name} A {address}")
            names.append(f"x.y.{name}")
            names.append(f"y.{name}")
        if kind == "big":
            lines += [f'{name} TXT "{part:03}{"y" * 240}"' for part in range(8)]
        if kind == "many":
            lines += [f"{name} A 203.0.113.{host}" for host in range(1, 30)]
        names.append(name)
    lines.append("*.wild A 192.0.2.99")
    names += [f"w{number}.wild" for number in range(count // 50)]
    names += [f"missing-{number}" for number in range(count // 10)]
    names += [f"below.n{draw.randrange(count)}" for _ in range(count // 20)]
    return HEAD + "$ORIGIN signed.\nns A 127.0.0.1\n" + "\n".join(lines) + "\n", names


class WideWorld(SignedWorld):
    """A small signed world whose signed zone is a wide one."""

    def __init__(self, folder, count, seed):
        self.text, labels = zone(count, seed)
        self.names = [f"{label}.signed" for label in labels]
        super().__init__(folder)

    def signed_text(self):
        return self.text + "tampered A 192.0.2.11\n"
