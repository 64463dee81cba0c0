"""Whatever is damaged in the store, `record verify` finds it and says where."""

import random
import shutil
import sqlite3
import types

import pytest

from support.orders import moment, order
from support.ports import free_port
from support.program import DONE, FAILED, Store

SEED = 20180824
RAW_FLIPS = 60


@pytest.fixture(scope="module")
def whole(new_store):
    """A store with a bit of everything, and which entry is what."""
    store = new_store("whole")
    for number in range(4):
        line = store.put_in_force(order(f"DAMAGE-{number}", *[
            f"damaged-{number}-{part}.com" for part in range(5)]))
    changed = order("DAMAGE-3", "damaged-3-1.com", "damaged-3-9.com")
    store.run("order", "amend", line["id"], store.write(changed), by="otto")
    store.run("order", "confirm", line["id"], by="ines")
    store.run("order", "revoke", line["id"], "--reason", "it is over", by="otto")
    store.run("order", "confirm", line["id"], by="otto", expect=None)
    store.bring_in(order("DAMAGE-9", "damaged-9.com", effective=moment(days=2)))
    # No page is left free, so that every page is one that matters.
    with open_database(store) as database:
        database.execute("VACUUM")
    database.close()
    assert store.run("record", "verify").one["verified"] is True
    return store


@pytest.fixture
def copy(whole, tmp_path):
    """The store once more, to damage."""
    twin = Store(tmp_path, whole.tokens)
    shutil.copytree(whole.data, twin.data)
    twin.settings = dict(whole.settings)
    return twin


def open_database(store):
    return sqlite3.connect(store.data / "cordon.db", isolation_level=None)


def flipped(octets, at):
    """The octets with one bit of one of them changed."""
    at %= len(octets)
    return octets[:at] + bytes([octets[at] ^ 0x01]) + octets[at + 1 :]


def flip_cell(store, table, column, where="1", at=0, position=0):
    """Flips a bit in one cell and answers its row as it was."""
    with open_database(store) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(f"SELECT * FROM {table} WHERE {where}").fetchall()
        row = rows[position % len(rows)]
        content = row[column]
        bad = flipped(content if isinstance(content, bytes) else content.encode(), at)
        value = bad if isinstance(content, bytes) else bad.decode()
        keys = [k for k in row.keys() if k != column]
        match = " AND ".join(f"{key} IS ?" for key in keys)
        done = database.execute(
            f"UPDATE {table} SET {column} = ? WHERE {match}", [value, *[row[k] for k in keys]])
        assert done.rowcount == 1
    database.close()
    return types.SimpleNamespace(**dict(zip(row.keys(), row)))


def verify(store):
    """What `record verify` finds: its fault, or None; and all it said."""
    result = store.run("record", "verify", expect=None)
    assert result.code in (DONE, FAILED), str(result)
    if result.code == DONE:
        assert result.one["verified"] is True, str(result)
        return None, result
    if not result.out:
        assert result.err.startswith("cordon: failed:"), str(result)
        return {"reason": result.err}, result
    assert result.one["verified"] is False, str(result)
    return result.one["first_fault"], result


def assert_names_entry(store, entry):
    fault, result = verify(store)
    assert fault is not None, f"the damage was not found: {result}"
    assert fault.get("entry") == entry, f"entry {entry} is bad: {result}"
    text = store.run("record", "verify", json=False, expect=FAILED).out
    assert f"first bad entry is {entry}" in text, text


def entries(store, kind):
    """The numbers of entries of a kind."""
    database = open_database(store)
    found = [row[0] for row in database.execute(
        "SELECT idx FROM entry WHERE instr(leaf, ?) ORDER BY idx", (f'"kind":"{kind}"'.encode(),))]
    database.close()
    return found


# MARK: Entries and what belongs to them


@pytest.mark.parametrize("position", [0, 3, 7, 15, -1])
@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_flipped_byte_in_a_leaf_names_its_entry(copy, position, at):
    assert_names_entry(copy, flip_cell(copy, "entry", "leaf", position=position, at=at).idx)


@pytest.mark.parametrize("position", [0, 8, -1])
def test_a_flipped_byte_in_a_recorded_hash_names_its_entry(copy, position):
    assert_names_entry(copy, flip_cell(copy, "entry", "hash", position=position, at=17).idx)


@pytest.mark.parametrize("column", ["salt", "value"])
@pytest.mark.parametrize("table", ["sealed_field", "target"])
@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_flipped_byte_in_sealed_data_names_its_entry(copy, table, column, position):
    assert_names_entry(copy, flip_cell(copy, table, column, position=position, at=3).entry)


def test_of_two_damaged_entries_the_first_is_named(copy):
    flip_cell(copy, "entry", "leaf", position=9)
    flip_cell(copy, "entry", "hash", position=4)
    assert_names_entry(copy, 4)


@pytest.mark.parametrize("table", ["sealed_field", "target"])
def test_a_removed_row_of_sealed_data_names_its_entry(copy, table):
    database = open_database(copy)
    entry, key = database.execute(
        f"SELECT * FROM {table} ORDER BY entry DESC LIMIT 1").fetchone()[:2]
    column = "name" if table == "sealed_field" else "position"
    database.execute(f"DELETE FROM {table} WHERE entry = ? AND {column} = ?", (entry, key))
    database.close()
    assert_names_entry(copy, entry)


def test_a_removed_entry_in_the_middle_is_named(copy):
    database = open_database(copy)
    database.execute("DELETE FROM entry WHERE idx = 6")
    database.close()
    fault, result = verify(copy)
    assert fault is not None and fault.get("entry") in (6, None), str(result)


def test_removed_last_entries_are_found(copy):
    database = open_database(copy)
    last = database.execute("SELECT max(idx) FROM entry").fetchone()[0]
    for table, column in (("sealed_field", "entry"), ("target", "entry"), ("entry", "idx")):
        database.execute(f"DELETE FROM {table} WHERE {column} >= ?", (last - 1,))
    database.close()
    fault, result = verify(copy)
    assert fault is not None, str(result)


def test_an_entry_that_was_swapped_with_another_is_found(copy):
    database = open_database(copy)
    one, other = (database.execute(
        "SELECT leaf, hash FROM entry WHERE idx = ?", (i,)).fetchone() for i in (5, 6))
    for index, (leaf, digest) in ((5, other), (6, one)):
        database.execute("UPDATE entry SET leaf = ?, hash = ? WHERE idx = ?", (leaf, digest, index))
    database.close()
    assert_names_entry(copy, 5)


# MARK: What surrounds the entries


@pytest.mark.parametrize("position", [0, 4, 13, -1])
def test_a_flipped_byte_in_the_tree_is_found(copy, position):
    node = flip_cell(copy, "tree_node", "hash", position=position, at=9)
    fault, result = verify(copy)
    assert fault is not None, str(result)
    covered = range(node.idx << node.level, (node.idx + 1) << node.level)
    assert fault.get("entry") is None or fault["entry"] in covered, str(result)


@pytest.mark.parametrize("at", [0, 20, -40, -3])
def test_a_flipped_byte_in_the_checkpoint_is_found(copy, at):
    flip_cell(copy, "checkpoint", "note", at=at)
    fault, result = verify(copy)
    assert fault is not None and fault.get("entry") is None, str(result)


VIEWS = [
    ("view_person", "role"), ("view_person", "token"), ("view_person", "name"),
    ("view_order", "id"), ("view_order", "state"), ("view_order", "body"),
    ("view_rule", "order_id"), ("view_rule", "line"), ("view_rule", "name"),
    ("view_rule", "scope"), ("view_interval", "order_id"), ("view_history", "kind"),
    ("view_assessment", "order_id"),
]


@pytest.mark.parametrize("table, column", VIEWS)
def test_a_flipped_byte_in_a_view_is_found_and_a_rebuild_mends_it(copy, table, column):
    flip_cell(copy, table, column, at=-1)
    fault, result = verify(copy)
    assert fault is not None and fault.get("entry") is None, str(result)
    rebuilt = copy.run("record", "rebuild", expect=None)
    assert rebuilt.code == DONE and rebuilt.one["identical"] is False, str(rebuilt)
    assert verify(copy)[0] is None


@pytest.mark.parametrize("table", ["view_rule", "view_interval", "view_history", "view_assessment"])
def test_rows_missing_from_a_view_are_found(copy, table):
    database = open_database(copy)
    database.execute(
        f"DELETE FROM {table} WHERE order_id IN (SELECT order_id FROM {table} LIMIT 1)")
    database.close()
    fault, result = verify(copy)
    assert fault is not None, str(result)


# MARK: The file itself


def dump(path):
    """Everything the database says, or None where SQLite cannot read it."""
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            return list(database.iterdump())
        finally:
            database.close()
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def pages_of(path):
    """The size of a page, and the pages' numbers, from 0."""
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    size = database.execute("PRAGMA page_size").fetchone()[0]
    count = database.execute("PRAGMA page_count").fetchone()[0]
    database.close()
    return size, range(count)


def test_a_byte_flipped_anywhere_in_the_file_is_found_or_changes_nothing(whole, tmp_path):
    source = whole.data / "cordon.db"
    original, good = source.read_bytes(), dump(source)
    assert good is not None
    size, pages = pages_of(source)
    # A page that is all zeros is one that nothing is kept in.
    pages = [page for page in pages if any(original[page * size : (page + 1) * size])]
    chance = random.Random(SEED)
    missed, found = [], 0
    for number in range(RAW_FLIPS):
        page = original[(start := chance.choice(pages) * size) : start + size]
        at = start + chance.choice([i for i, octet in enumerate(page) if octet])
        twin = Store(tmp_path / str(number), whole.tokens)
        shutil.copytree(whole.data, twin.data)
        twin.settings = dict(whole.settings)
        database = twin.data / "cordon.db"
        database.write_bytes(flipped(original, at))
        untouched = dump(database) == good
        fault, result = verify(twin)
        found += fault is not None
        if fault is None and not untouched:
            missed.append((at, str(result)))
    assert not missed, f"{len(missed)} flips were not found (seed {SEED}): {missed[:3]}"
    assert found > RAW_FLIPS // 2, f"only {found} of {RAW_FLIPS} flips did harm"


@pytest.mark.parametrize("kept", [0, 1, 100, 4096, 9 * 4096, -10_000, -2 * 4096])
def test_a_truncated_file_is_found(copy, kept):
    """Two pages at the least are cut off: the last one may be free."""
    database = copy.data / "cordon.db"
    octets = database.read_bytes()
    database.write_bytes(octets[: kept if kept >= 0 else len(octets) + kept])
    result = copy.run("record", "verify", expect=FAILED)
    assert "damaged" in result.err or result.one["verified"] is False, str(result)


def test_a_database_that_is_gone_beside_its_key_is_not_silently_begun_anew(copy):
    (copy.data / "cordon.db").unlink()
    result = copy.run("record", "verify", expect=FAILED)
    assert result.err.startswith("cordon: failed:") or result.one["verified"] is False


def test_a_file_of_garbage_is_refused_and_left_alone(copy):
    database = copy.data / "cordon.db"
    garbage = random.Random(SEED).randbytes(65536)
    database.write_bytes(garbage)
    result = copy.run("record", "verify", expect=FAILED)
    assert result.err.startswith("cordon: failed:") and "damaged" in result.err, str(result)
    assert database.read_bytes() == garbage


def test_a_missing_key_is_told_and_no_new_one_is_made(copy):
    (copy.data / "log.key").unlink()
    result = copy.run("record", "verify", expect=FAILED)
    assert "log.key" in result.err and "backup" in result.err, str(result)
    assert not (copy.data / "log.key").exists()


@pytest.mark.parametrize("content", [b"", b"garbage\n", bytes(range(256))])
def test_a_damaged_key_is_told_and_kept(copy, content):
    (copy.data / "log.key").write_bytes(content)
    result = copy.run("record", "verify", expect=FAILED)
    assert "log.key" in result.err, str(result)
    assert (copy.data / "log.key").read_bytes() == content


def test_a_key_of_another_log_does_not_verify(copy):
    (copy.home / "other").mkdir()
    other = Store(copy.home / "other")
    other.run("user", "add", "ada")
    shutil.copy(other.data / "log.key", copy.data / "log.key")
    fault, result = verify(copy)
    assert fault is not None, str(result)


@pytest.mark.parametrize("verb", [
    ("order", "list"), ("user", "list"), ("explain", "damaged-0-1.com"),
    ("zone", "export", "--to", "rpz"), ("zone", "export", "--to", "json"), ("order", "import")],
    ids=" ".join)
def test_on_damaged_views_no_verb_speaks_as_if_there_were_no_orders(copy, verb):
    flip_cell(copy, "view_order", "body", at=0)
    words = [*verb, copy.write(order("DAMAGE-NEW", "damaged-new.com"))] if "import" in verb else verb
    result = copy.run(*words, by="ines", expect=None)
    assert result.code == FAILED and "damaged" in result.err and result.out == "", str(result)


def test_on_damaged_views_no_server_starts(copy):
    flip_cell(copy, "view_order", "body", at=0)
    code, said = copy.serve_in_vain(CORDON_GATE_LISTEN=f"127.0.0.1:{free_port()}")
    assert code == FAILED and "damaged" in said, said
