"""Names to block and queries for them: generated, and the same for the same seed."""

import collections.abc
import pathlib
import random

# Words and endings far from any popular name, so that no line is held for a person to look at.
WORDS = ["quorvane", "zelmarkt", "ombraxis", "tavolume", "kryndale", "fexarium", "plovender"]
ENDINGS = ["com", "net", "org", "io", "top", "xyz", "co.uk", "com.br"]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# Six digits to the base of 36, none of them leading zeros.
LEAST, NUMBERS = 36**5, 36**6 - 36**5
# Has no divisor in common with NUMBERS, so that different places get different numbers.
STRIDE = 1_234_567_891


def base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text


class Names(collections.abc.Sequence):
    """Different names such as `v7k2m9q-kryndale.top`, each made when it is asked for.

    A list of them would count as memory of every program that is started from here.
    """

    def __init__(self, count: int, seed: int):
        self.count, self.seed = count, seed

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < self.count:
            raise IndexError(place)
        number = LEAST + (place * STRIDE + self.seed) % NUMBERS
        word, ending = WORDS[number % len(WORDS)], ENDINGS[number // len(WORDS) % len(ENDINGS)]
        return f"v{base36(number)}-{word}.{ending}"


def write_lines(path: pathlib.Path, lines) -> pathlib.Path:
    with path.open("w", encoding="ascii") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def append_lines(path: pathlib.Path, lines):
    with path.open("a", encoding="ascii") as file:
        file.writelines(line + "\n" for line in lines)


def write_allowed(path: pathlib.Path, zone: str, count: int) -> pathlib.Path:
    """Queries for names that no rule covers, few enough that every cache holds them all."""
    return write_lines(path, (f"a{number}.{zone} A" for number in range(count)))


def write_mix(
    path: pathlib.Path, blocked: Names, zone: str, count: int, share: float
) -> pathlib.Path:
    """Allowed queries, a share of them blocked, in random order."""
    source = random.Random(blocked.seed + 1)

    def line() -> str:
        if source.random() < share:
            return f"www.{blocked[source.randrange(len(blocked))]} A"
        return f"a{source.randrange(1_000)}.{zone} A"

    return write_lines(path, (line() for _ in range(count)))


def write_queries(path: pathlib.Path, blocked: Names, count: int) -> pathlib.Path:
    """Queries for hosts below blocked names, in random order, as dnsperf reads them."""
    source = random.Random(blocked.seed)
    places = (source.randrange(len(blocked)) for _ in range(count))
    return write_lines(path, (f"www.{blocked[place]} A" for place in places))
