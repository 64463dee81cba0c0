"""What goes wrong around the program ends in a clear word, and loses nothing."""

import fcntl
import json
import os
import random
import re
import shutil
import socket
import stat
import subprocess

import pytest

from support import client
from support.authority import address_of
from support.orders import moment, order
from support.ports import free_port
from support.program import BINARY, DONE, FAILED, REFUSED, Store, environment
from support.tiny_disk import TinyDisk
from support.waiting import until

AS_ROOT = os.geteuid() == 0


# MARK: The data directory


def test_a_second_server_on_the_same_directory_is_refused(store, authority):
    with store.serve(upstream=authority.address) as server:
        code, said = store.serve_in_vain(CORDON_GATE_LISTEN=f"127.0.0.1:{free_port()}")
        assert code == FAILED
        assert "in use" in said and str(server.process.pid) in said, said
        assert client.answers(server.port), "the first server goes on"
        store.bring_in(order("SECOND-1", "second-venue.com"))


@pytest.mark.parametrize("verb", [
    ("order", "list"), ("record", "verify"), ("explain", "venue.com"), ("record", "rebuild")])
def test_a_verb_on_a_directory_that_another_process_holds_is_refused(store, verb):
    with open(store.data / "lock", "r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "in use" in store.run(*verb, expect=FAILED).err
    store.run(*verb)


def test_a_killed_server_leaves_nothing_in_the_way_of_the_next(store, authority):
    store.put_in_force(order("KILLED-1", "killed-venue.com"))
    server = store.serve(upstream=authority.address).start()
    server.kill()
    assert (store.data / "cordon.sock").exists()
    assert store.run("order", "list").one["state"] == "in-force"
    with store.serve(upstream=authority.address) as server:
        assert client.blocked(server.port, "killed-venue.com")


def test_a_server_told_to_stop_ends_well_and_leaves_no_socket(store, authority):
    server = store.serve(upstream=authority.address).start()
    assert server.stop() == DONE, server.errors()
    assert not (store.data / "cordon.sock").exists()


@pytest.fixture
def obedient(store):
    """The store, for a program that the modes of files stop, root or not."""
    if AS_ROOT:
        store.prefix = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    store.run("user", "list")
    yield store
    store.data.chmod(0o700)


def test_a_directory_that_cannot_be_written_is_told(obedient):
    for path in obedient.data.iterdir():
        path.chmod(0o400)
    obedient.data.chmod(0o500)
    result = obedient.bring_in(order("READONLY-1", "readonly-venue.com"), expect=FAILED)
    assert "cannot be written" in result.err and str(obedient.data) in result.err, str(result)


def test_a_directory_that_cannot_be_made_is_told(obedient):
    parent = obedient.home / "closed"
    parent.mkdir(mode=0o500)
    obedient.data = parent / "data"
    result = obedient.run("user", "add", "ada", expect=FAILED)
    assert "cannot be written" in result.err, str(result)
    obedient.data = parent


def test_a_file_in_the_place_of_the_directory_is_told(store):
    store.data = store.write("I am a file\n", "")
    result = store.run("order", "list", expect=FAILED)
    assert "cannot be written" in result.err, str(result)
    assert store.data.read_text() == "I am a file\n"


# MARK: The disk


@pytest.fixture
def on_tiny_disk(new_store):
    """A store on a disk of 32 MiB."""
    if not AS_ROOT:
        pytest.skip("only root can mount a small disk")
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        pytest.skip("unshare and nsenter are needed to mount a small disk")
    store = new_store("tiny")
    whole = store.home / "whole"
    store.data.rename(whole)
    disk = TinyDisk(store.data, mebibytes=32)
    if not disk.works:
        disk.close()
        pytest.skip("this system lets nobody mount a small disk")
    shutil.copytree(whole, disk.inside, dirs_exist_ok=True)
    store.prefix, store.disk = disk.prefix, disk
    yield store
    disk.close()


def assert_nothing_lost(store, references):
    assert [line["reference"] for line in store.run("order", "list").lines] == references
    assert store.run("record", "verify", expect=None).one["verified"] is True
    assert store.run("record", "rebuild").one["identical"] is True


@pytest.mark.parametrize("serving", [True, False], ids=["server", "no-server"])
def test_on_a_full_disk_nothing_is_recorded_or_lost_and_work_goes_on_after(
    on_tiny_disk, authority, serving
):
    store = on_tiny_disk
    first = store.put_in_force(order("FULL-1", "full-one.com"))
    pending = store.bring_in(order("FULL-2", "full-two.com"))
    server = store.serve(upstream=authority.address).start() if serving else None
    try:
        filler = store.disk.fill()
        refused = [
            store.bring_in(order("FULL-3", "full-three.com"), expect=FAILED),
            store.run("order", "confirm", pending["id"], by="otto", expect=FAILED),
            store.run("order", "revoke", first["id"], "--reason", "x", by="otto", expect=FAILED),
        ]
        for result in refused:
            assert "full" in result.err and result.out == "", str(result)
        if serving:
            assert client.blocked(server.port, "full-one.com")
            assert not client.blocked(server.port, "full-two.com")
            assert len(store.run("order", "list").lines) == 2
            assert store.run("explain", "full-one.com").one["decision"] == "blocked"
        filler.unlink()
        store.run("order", "confirm", pending["id"], by="otto")
        store.put_in_force(order("FULL-3", "full-three.com"))
        assert_nothing_lost(store, ["FULL-1", "FULL-2", "FULL-3"])
        if serving:
            assert client.blocked(server.port, "full-two.com")
    finally:
        if server:
            server.kill()
    assert_nothing_lost(store, ["FULL-1", "FULL-2", "FULL-3"])


def test_a_disk_that_fills_up_in_the_middle_of_a_write_loses_nothing(on_tiny_disk, authority):
    store = on_tiny_disk
    store.put_in_force(order("MIDST-1", "midst-one.com"))
    # Long notes make a large order of few targets.
    large = store.write(
        dict(order("MIDST-2", "midst-two.com"), targets=[
            {"name": f"midst-{n}.com", "scope": "subtree", "note": "\N{CLAPPING HANDS SIGN}" * 1000}
            for n in range(3000)]))
    with store.serve(upstream=authority.address) as server:
        filler = store.disk.fill(leaving=(8 << 20) + (1 << 18))
        result = store.run("order", "import", large, by="ines", expect=FAILED)
        assert "full" in result.err and result.out == "", str(result)
        assert client.blocked(server.port, "midst-one.com")
        filler.unlink()
        assert_nothing_lost(store, ["MIDST-1"])
        store.put_in_force(order("MIDST-3", "midst-three.com"))
        assert client.blocked(server.port, "midst-three.com")
    assert_nothing_lost(store, ["MIDST-1", "MIDST-3"])


# MARK: Ports


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM], ids=["tcp", "udp"])
def test_a_port_that_is_taken_is_told_with_what_to_do(store, kind):
    port = free_port()
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", port))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        code, said = store.serve_in_vain(CORDON_GATE_LISTEN=f"127.0.0.1:{port}")
    assert code == FAILED
    assert f"127.0.0.1:{port} is taken" in said and "gate.listen" in said, said
    store.run("order", "list")


def test_a_port_of_zero_lets_the_system_choose_and_the_greeting_tells(store, authority):
    log = store.home / "greeting"
    settings = dict(
        store.settings, CORDON_GATE_LISTEN="127.0.0.1:0", CORDON_GATE_UPSTREAM=authority.address)
    with open(log, "wb") as out:
        process = subprocess.Popen(
            store.command("serve"), cwd=store.home, env=environment(**settings),
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        until(
            lambda: process.poll() is not None or "record" in log.read_text(),
            "the greeting is there")
        assert process.poll() is None, log.read_text()
        port = int(re.search(r"DNS\s+127\.0\.0\.1:(\d+)", log.read_text())[1])
        until(lambda: client.answers(port), "the server answers where it says")
    finally:
        process.terminate()
        process.wait(20)


def test_an_address_of_another_machine_is_told(store):
    code, said = store.serve_in_vain(CORDON_GATE_LISTEN=f"192.0.2.1:{free_port()}")
    assert code == FAILED
    assert "192.0.2.1" in said, said


# MARK: The configuration


def check_config(store, content, expect=REFUSED):
    return store.run(
        "config", "check", "--config", store.write(content, ".yaml"), json=False, expect=expect)


@pytest.mark.parametrize("content, line, hint", [
    ("gate:\n  listn: [127.0.0.1:5300]\n", 2, "gate.listen"),
    ("console:\n  listen: 127.0.0.1:8480\n\ngait:\n  workers: 2\n", 4, "gate"),
    ("orders:\n  default_scop: exact\n", 2, "orders.default_scope"),
    ("protcted: [example-help.org]\n", 1, "protected"),
    ("assessment:\n  popularty: x.txt\n", 2, "assessment.popularity"),
])
def test_a_wrong_key_is_named_with_its_line_and_the_nearest_right_one(store, content, line, hint):
    said = check_config(store, content).err
    assert f".yaml:{line}:" in said, said
    assert f"did you mean {hint}?" in said, said


@pytest.mark.parametrize("content, line", [
    ("gate:\n  workers: many\n", 2),
    ("gate:\n  workers: 0\n", 2),
    ("# comment\ngate:\n  listen: 127.0.0.1:5300\n", 3),
    ("gate:\n  listen: [nonsense]\n", 2),
    ("gate:\n  upstream: nobody\n", 2),
    ("orders:\n  default_scope: everything\n", 2),
    ("gate: 5\n", 1),
    ("gate:\n  block_page: [not-an-address]\n", 2),
    ("gate:\n  listen: [127.0.0.1:5300\nconsole:\n", 3),
    ("gate:\n\tworkers: 2\n", 2),
    ("protected: ['bad..name']\n", 1),
])
def test_a_wrong_value_is_told_with_its_line(store, content, line):
    said = check_config(store, content).err
    assert f".yaml:{line}:" in said, said


def test_a_key_that_stands_there_twice_is_told_with_the_line_of_one_of_them(store):
    said = check_config(store, "gate:\n  listen: []\n  workers: 1\n  workers: 2\n").err
    assert "workers" in said and (".yaml:3:" in said or ".yaml:4:" in said), said


@pytest.mark.parametrize("content", [b"\xff\xfe\x00garbled", b"\x00\x01\x02", b"- a\n- b\n", b"%"])
def test_a_garbled_configuration_is_told(store, content):
    said = check_config(store, content).err
    assert said.startswith("cordon: refused:") and ".yaml" in said, said


def test_nothing_starts_with_a_wrong_configuration(store):
    path = store.write("gate:\n  listn: [127.0.0.1:5300]\n", ".yaml")
    code, said = store.serve_in_vain("--config", path)
    assert code == REFUSED
    assert "gate.listen" in said


def test_a_configuration_that_is_not_there_is_told(store):
    missing = store.home / "missing.yaml"
    said = store.run("config", "check", "--config", missing, expect=REFUSED).err
    assert str(missing) in said


def test_a_right_configuration_is_said_to_be_right(store):
    content = f"gate:\n  listen: [127.0.0.1:{free_port()}]\n  upstream: recursive\nprotected: []\n"
    assert check_config(store, content, expect=DONE).err == ""
    check_config(store, "", expect=DONE)


def test_a_wrong_environment_variable_is_named(store):
    result = store.run("config", "check", expect=REFUSED, env={"CORDON_GATE_WORKERS": "many"})
    assert "CORDON_GATE_WORKERS" in result.err


# MARK: Order files


def assert_no_order(store):
    assert store.run("order", "list").lines == []


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.99])
def test_a_half_written_order_file_is_refused_whole(store, share):
    content = json.dumps(order("HALF-1", *(f"half-{n}.com" for n in range(20))), indent=1).encode()
    path = store.write(content[: int(len(content) * share)], ".json")
    for verb in ("check", "import"):
        result = store.run("order", verb, path, by="ines", expect=REFUSED)
        assert result.out == "" and result.err.startswith("cordon: refused:"), str(result)
    assert_no_order(store)


@pytest.mark.parametrize("suffix", [".json", ".csv", ".txt", ".hosts", ""])
@pytest.mark.parametrize("content", [
    b"", b"\n\n", b"\x00" * 100, random.Random(7).randbytes(4096), b"\x7fELF\x02\x01\x01" + bytes(64),
], ids=["empty", "blank", "zeros", "random", "program"])
def test_a_file_that_is_no_order_is_refused(store, content, suffix):
    terms = [
        "--reference", "NONE-1", "--authority", "Example", "--basis", "s. 1",
        "--issued", moment(days=-2)[:10], "--expires", moment(days=30)]
    result = store.run(
        "order", "import", store.write(content, suffix), *terms, by="ines", expect=REFUSED)
    assert result.out == "" and result.err.startswith("cordon: refused:"), str(result)
    assert "\x00" not in result.err and "\x1b" not in result.err
    assert_no_order(store)


def test_a_missing_file_and_a_folder_are_refused(store):
    for path in (store.home / "missing.json", store.home):
        result = store.run("order", "import", path, by="ines", expect=REFUSED)
        assert str(path) in result.err


def test_of_several_files_the_bad_one_is_refused_and_the_others_come_in(store):
    files = [
        store.write(order("SEVERAL-1", "several-one.com")), store.write("{", ".json"),
        store.write(order("SEVERAL-2", "several-two.com"))]
    result = store.run("order", "import", *files, by="ines", expect=REFUSED)
    assert [line["reference"] for line in result.lines] == ["SEVERAL-1", "SEVERAL-2"]


# MARK: Who may see and do what


def modes(folder):
    return {
        path.name: stat.S_IMODE(path.lstat().st_mode)
        for path in [folder, *folder.iterdir()]
    }


def test_everything_in_the_data_directory_is_for_its_owner_alone(tmp_path, authority):
    store = Store(tmp_path)
    # A careless umask must not open anything.
    store.prefix = ["sh", "-c", 'umask 0 && exec "$@"', "sh"]
    store.add_people()
    store.put_in_force(order("MODES-1", "modes-venue.com"))
    with store.serve(upstream=authority.address):
        store.put_in_force(order("MODES-2", "modes-other.com"))
        found = modes(store.data)
    assert found.pop("data") == 0o700
    assert found.pop("cordon.sock") == 0o600
    assert {"cordon.db", "log.key"} <= found.keys()
    assert all(mode == 0o600 for mode in found.values()), {n: oct(m) for n, m in found.items()}


def test_a_token_that_is_nobodys_is_refused_and_not_repeated(store):
    path = store.write(order("TOKEN-1", "token-venue.com"))
    for token in ("cordon_wrong-token-of-nobody", " ", "x" * 5000, "ünïcode"):
        result = store.run("order", "import", path, token=token, expect=REFUSED)
        assert not token.strip() or token not in result.out + result.err
    assert_no_order(store)


def test_a_replaced_token_ends_at_once(store, authority):
    with store.serve(upstream=authority.address):
        fresh = store.run("user", "token", "ines", by="ada").one["token"]
        store.bring_in(order("REPLACED-1", "replaced-venue.com"), expect=REFUSED)
        store.tokens = dict(store.tokens, ines=fresh)
        store.bring_in(order("REPLACED-1", "replaced-venue.com"))


def test_a_token_file_stands_in_for_the_variable(store):
    path = store.write(order("FILE-1", "file-venue.com"))
    good = store.write(store.tokens["ines"] + "\n", ".token")
    store.run("order", "import", path, "--token-file", good)
    missing = store.home / "missing.token"
    result = store.run("order", "import", path, "--token-file", missing, expect=REFUSED)
    assert str(missing) in result.err


def test_neither_output_nor_logs_nor_the_store_hold_a_secret_or_a_question(tmp_path, authority):
    store = Store(tmp_path)
    store.add_people()
    said = []
    names = [f"private-question-{n}.com" for n in range(20)]
    with store.serve(upstream=authority.address) as server:
        line = store.put_in_force(order("SECRET-1", "secret-venue.com"))
        for verb in (
            ("user", "list"), ("order", "list"), ("order", "show", line["id"], "--all"),
            ("explain", "secret-venue.com"), ("record", "verify"), ("record", "checkpoint"),
            *(("record", "prove", number) for number in range(8)),
            ("zone", "export", "--to", "json"),
        ):
            for as_json in (True, False):
                result = store.run(*verb, json=as_json)
                said.append(result.out + result.err)
        store.run("order", "import", "/nonexistent", by="ines", expect=REFUSED)
        for name in names:
            client.ask(server.port, name)
            client.ask(server.port, f"{name[:-4]}.secret-venue.com")
        at_work = b"".join(p.read_bytes() for p in store.data.iterdir() if p.is_file())
        said += [server.output(), server.errors()]
    said += [server.output(), server.errors()]
    everything = "\n".join(said)
    key = (store.data / "log.key").read_text().strip()
    for secret in [*store.tokens.values(), key, key.rpartition("+")[2]]:
        assert secret not in everything, "a secret is in what the program said"
    stored = at_work + b"".join(
        p.read_bytes() for p in store.data.iterdir() if p.name != "log.key")
    for token in store.tokens.values():
        assert token.encode() not in stored, "a token is in the store; only its hash belongs there"
    for name in names:
        assert name[:-4] not in everything, "a question is in what the program said"
        assert name[:-4].encode() not in stored, "a question is in the store"


def test_text_from_outside_cannot_steer_the_terminal(store):
    made = order(
        "STEER-1", "steer-venue.com", "\x1b]0;title\x07.com", authority="Red \x1b[31m Authority",
        note="line\r\x1b[2Jline")
    path = store.write(made)
    outputs = [store.run("order", "check", path, json=False, expect=None)]
    outputs.append(store.run("order", "import", path, by="ines", json=False, expect=None))
    listed = store.run("order", "list").lines
    if listed:
        outputs.append(store.run("order", "show", listed[0]["id"], "--all", json=False))
        outputs.append(store.run("order", "list", json=False))
    for result in outputs:
        assert "\x1b" not in result.out + result.err and "\x07" not in result.out, str(result)


# MARK: The local socket


@pytest.mark.parametrize("octets", [
    b"", b"GET / HTTP/1.1\r\n\r\n", b"Q\xff\xff\xff\xff", b"Q\x00\x00\x00\x02{}F\x00\x00\x00\x00",
    b"\x00" * 64, b"X\x00\x00\x00\x01\x00",
])
def test_nonsense_on_the_local_socket_ends_that_talk_alone(store, authority, octets):
    with store.serve(upstream=authority.address) as server:
        with socket.socket(socket.AF_UNIX) as talk:
            talk.settimeout(10)
            folder = os.open(store.data, os.O_RDONLY)
            try:
                talk.connect(f"/proc/self/fd/{folder}/cordon.sock")
            finally:
                os.close(folder)
            talk.sendall(octets)
            talk.shutdown(socket.SHUT_WR)
            while talk.recv(4096):
                pass
        store.run("order", "list")
        assert client.answers(server.port)


def test_a_data_directory_with_a_very_long_path_works(new_store, authority):
    store = new_store("long")
    deep = store.home.joinpath(*["a-folder-with-a-rather-long-name"] * 5)
    deep.mkdir(parents=True)
    store.data.rename(deep / "data")
    store.data = deep / "data"
    with store.serve(upstream=authority.address) as server:
        store.put_in_force(order("LONG-1", "long-venue.com"))
        assert client.blocked(server.port, "long-venue.com")
        assert client.addresses(client.ask(server.port, "other.com")) == [address_of("other.com")]


def test_without_its_guard_lists_nothing_is_assessed(store):
    empty = store.home / "no-policies"
    empty.mkdir()
    settings = {"CORDON_ASSESSMENT_POLICIES": str(empty)}
    path = store.write(order("UNGUARDED-1", "unguarded-venue.com"))
    result = store.run(
        "order", "import", path, env={**settings, "CORDON_TOKEN": store.tokens["ines"]},
        expect=None)
    assert result.code in (FAILED, REFUSED) and "guard" in result.err, str(result)
    assert_no_order(store)


def test_a_broken_pipe_does_no_harm(store):
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen(
        [str(BINARY), "order", "list", "--data", str(store.data)], cwd=store.home,
        env=environment(**store.settings), stdout=write, stderr=subprocess.DEVNULL)
    os.close(write)
    process.wait(30)
    assert store.run("record", "verify").one["verified"] is True
