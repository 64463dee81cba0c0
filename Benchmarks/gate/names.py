"""Names to block and queries for them: generated, and the same for the same seed."""

import pathlib
import random

# Words and endings far from any popular name, so that no line is held for a person to look at.
WORDS = ["quorvane", "zelmarkt", "ombraxis", "tavolume", "kryndale", "fexarium", "plovender"]
ENDINGS = ["com", "net", "org", "io", "top", "xyz", "co.uk", "com.br"]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
        if number == 0:
            return text


def names(count: int, seed: int) -> list[str]:
    """Different names such as `v7k2m9q-kryndale.top`."""
    source = random.Random(seed)
    numbers = source.sample(range(36**5, 36**6), count)
    return [f"v{base36(n)}-{source.choice(WORDS)}.{source.choice(ENDINGS)}" for n in numbers]


def write_lines(path: pathlib.Path, lines) -> pathlib.Path:
    with path.open("w", encoding="ascii") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def write_queries(path: pathlib.Path, blocked: list[str], count: int, seed: int) -> pathlib.Path:
    """Queries for hosts below blocked names, in random order, as dnsperf reads them."""
    source = random.Random(seed + 1)
    return write_lines(path, (f"www.{source.choice(blocked)} A" for _ in range(count)))
