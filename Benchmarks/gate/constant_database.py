"""Writes constant databases (cdb), as D. J. Bernstein's description has them."""

import pathlib
import struct


def key_hash(key: bytes) -> int:
    value = 5381
    for octet in key:
        value = ((value << 5) + value ^ octet) & 0xFFFFFFFF
    return value


def write(path: pathlib.Path, keys):
    """Writes keys, each with one octet as its value."""
    tables: list[list[tuple[int, int]]] = [[] for _ in range(256)]
    with path.open("wb") as file:
        file.write(bytes(2048))
        place = 2048
        for key in keys:
            file.write(struct.pack("<2L", len(key), 1) + key + b"1")
            value = key_hash(key)
            tables[value & 255].append((value, place))
            place += 9 + len(key)
        heads = []
        for table in tables:
            slots: list[tuple[int, int]] = [(0, 0)] * (2 * len(table))
            for value, at in table:
                slot = (value >> 8) % len(slots)
                while slots[slot] != (0, 0):
                    slot = (slot + 1) % len(slots)
                slots[slot] = (value, at)
            heads.append((place, len(slots)))
            file.write(b"".join(struct.pack("<2L", *slot) for slot in slots))
            place += 8 * len(slots)
        file.seek(0)
        file.write(b"".join(struct.pack("<2L", *head) for head in heads))
