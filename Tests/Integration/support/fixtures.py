"""The lists of names beside these tests."""

from .program import REPOSITORY

FIXTURES = REPOSITORY / "Tests" / "Fixtures"


def names_in(fixture):
    """The names of a fixture, a name a line."""
    lines = (FIXTURES / fixture).read_text("ascii").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
