"""Fixtures of the integration tests. Every server they start is ended by its process id."""

import pathlib
import shutil
import sys

import pytest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

pytest.register_assert_rewrite("support")

from support.authority import Authority  # noqa: E402
from support.program import BINARY, Store  # noqa: E402


def pytest_sessionstart(session):
    if not BINARY.exists():
        pytest.exit(f"{BINARY} is not there: build it, or name it in CORDON_BINARY", 2)


@pytest.fixture(scope="session")
def peopled(tmp_path_factory):
    """A store with an administrator (ada) and three officers (ines, otto, olga); to be copied."""
    store = Store(tmp_path_factory.mktemp("peopled"))
    store.add_people()
    return store


@pytest.fixture(scope="session")
def small_grounds(tmp_path_factory):
    """Settings with guard lists of one name, where assessment is not what a test is about.

    The program reads its lists each time it starts, which is most of that time in a debug build.
    """
    folder = tmp_path_factory.mktemp("grounds")
    (folder / "guard").mkdir()
    (folder / "guard" / "essential.yaml").write_text(
        "kind: essential\ndecision: refuse\nnames:\n  - name: time.apple.com\n    note: time\n")
    (folder / "suffixes.dat").write_text("com\nnet\norg\n")
    return {
        "CORDON_ASSESSMENT_POLICIES": folder,
        "CORDON_ASSESSMENT_SUFFIX_LIST": folder / "suffixes.dat",
    }


@pytest.fixture(scope="session")
def new_store(peopled, small_grounds, tmp_path_factory):
    """Makes stores of their own, with people; with the project's own lists where they matter."""

    def make(name="store", own_lists=False):
        home = tmp_path_factory.mktemp(name)
        store = Store(home, peopled.tokens)
        shutil.copytree(peopled.data, store.data)
        if not own_lists:
            store.settings.update(small_grounds)
        return store

    return make


@pytest.fixture
def store(new_store):
    """A store of this test's own, with people and no orders."""
    return new_store()


@pytest.fixture(scope="module")
def authority():
    """A server that answers everything."""
    server = Authority()
    yield server
    server.close()
