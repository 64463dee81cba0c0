"""`cordon scan`: pages and lines in, verdicts with evidence out."""

import http.server
import json
import re
import subprocess
import threading

import pytest

from support.program import BINARY, DONE, FAILED, REFUSED, Result, environment

SOLICITS = (
    "Register at Bybit with my referral code FARM2026 and keep 20% of all trading fees. "
    "Click the link below, sign up today and join my Telegram group."
)
REPORTS = (
    "The SEC sued a crypto exchange on Monday, according to a complaint filed in court. "
    "Analysts said investors lost millions; a lawyer for the firm declined to comment."
)
HTML = f"<!doctype html><html><body><script>evil()</script><p>{SOLICITS}</p></body></html>"


def scan(*arguments, given="", cwd=None):
    done = subprocess.run(
        [BINARY, "scan", *map(str, arguments)], input=given.encode(), capture_output=True,
        env=environment(), cwd=cwd, timeout=120,
    )
    return Result(("scan", *arguments), done.returncode, done.stdout.decode(), done.stderr.decode())


def line(number, text, **more):
    return json.dumps({"id": number, "text": text, **more}) + "\n"


def test_lines_are_answered_in_order_and_bad_ones_do_not_stop_the_others():
    given = (
        line("a", SOLICITS) + "{not json}\n" + line(2, REPORTS, title="News", url="https://n.example/")
        + "\n" + '{"id":"c"}\n' + '{"text":"x"}\n' + json.dumps({"id": "d", "html": HTML})
    )
    answers = scan("--jsonl", given=given).lines
    assert [answer.get("id") for answer in answers] == ["a", None, 2, "c", None, "d"]
    assert [answer.get("category") for answer in answers] == [
        "solicitation", None, "reporting", None, None, "solicitation"]
    assert [answer["line"] for answer in answers if "error" in answer] == [2, 5, 6]


def test_a_verdict_holds_what_the_contract_names():
    answer = scan("--jsonl", given=line("a", SOLICITS)).one
    assert set(answer) == {"id", "category", "score", "language", "evidence", "packs"}
    assert answer["language"] == "en" and 0 <= answer["score"] <= 1 and answer["packs"]
    octets = SOLICITS.encode()
    for piece in answer["evidence"]:
        assert set(piece) == {"signal", "text", "where", "weight"}
        where = piece["where"]
        assert where["part"] == "text"
        assert octets[where["start"]:where["end"]].decode().startswith(piece["text"])


def test_offsets_count_octets_of_the_text():
    text = "🚀 快来！填写邀请码 bifan88 注册币安，永久返佣 20%，点击下方链接立即注册"
    answer = scan("--jsonl", given=line(1, text)).one
    assert answer["category"] == "solicitation" and answer["language"] == "zh-Hans"
    for piece in answer["evidence"]:
        where = piece["where"]
        assert text.encode()[where["start"]:where["end"]].decode() == piece["text"]


def test_thousands_of_lines_keep_their_order():
    given = "".join(line(number, SOLICITS if number % 3 else REPORTS) for number in range(3000))
    answers = scan("--jsonl", given=given).lines
    assert [answer["id"] for answer in answers] == list(range(3000))
    assert {answer["category"] for answer in answers[::3]} == {"reporting"}


def test_a_line_is_answered_before_the_next_one_is_sent():
    program = subprocess.Popen(
        [BINARY, "scan", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
    watchdog = threading.Timer(60, program.kill)
    watchdog.start()
    try:
        for number in range(3):
            program.stdin.write(line(number, REPORTS).encode())
            program.stdin.flush()
            assert json.loads(program.stdout.readline())["id"] == number
        program.stdin.close()
        assert program.wait() == DONE
    finally:
        watchdog.cancel()
        program.kill()
        program.wait()


def test_a_line_without_end_is_refused_and_the_next_is_answered():
    given = '{"id":"long","text":"' + "x" * (17 << 20) + '"}\n' + line("next", REPORTS)
    first, second = scan("--jsonl", given=given).lines
    assert first["line"] == 1 and "longer" in first["error"]
    assert second["id"] == "next"


def test_files_are_read_as_markup_or_text(tmp_path):
    (tmp_path / "page.html").write_text(HTML)
    (tmp_path / "note.txt").write_text(REPORTS)
    answers = scan("--format", "json", "page.html", "note.txt", cwd=tmp_path).lines
    assert [(answer["id"], answer["category"]) for answer in answers] == [
        ("page.html", "solicitation"), ("note.txt", "reporting")]
    assert {piece["where"]["part"] for piece in answers[0]["evidence"]} == {"html"}


def test_an_explained_page_marks_the_evidence_and_lists_it():
    result = scan("--explain", given=SOLICITS)
    assert result.code == DONE
    assert "⟦" in result.out and "solicitation.code-bound" in result.out
    assert "\x1b" not in result.out


def test_the_explained_page_is_one_file_that_asks_nothing_of_others(tmp_path):
    page = tmp_path / "evil.html"
    page.write_text(
        '<html><body><p>"><img src=x onerror=alert(1)></p><p>'
        f'{SOLICITS} &lt;script&gt; <a href="https://www.bybit.com/invite?ref=FARM2026">go</a></p></body></html>')
    out = tmp_path / "explained.html"
    assert scan("--html-out", out, page).code == DONE
    markup = out.read_text()
    assert "default-src 'none'" in markup
    for forbidden in ("<script", "<img", "<link", "src=", "url(", "@import", "onerror=alert(1)>"):
        assert forbidden not in markup.replace("&lt;img src=x onerror=alert(1)&gt;", ""), forbidden
    assert markup.count('class="mark ') > 3 and "solicitation" in markup


def test_options_that_do_not_go_together_are_refused():
    assert scan("--jsonl", "--explain").code == REFUSED
    assert scan("--features").code == REFUSED
    assert scan("/nonexistent").code == REFUSED


@pytest.mark.parametrize("damage, said", [
    ("pack: venue\nversion: one\n", "venue.yaml, line 4, version: “one” is no number"),
    (None, "model.yaml was learned with"),
])
def test_policies_that_cannot_be_used_are_refused_by_line(tmp_path, damage, said):
    source = BINARY.parents[2] / "Policies" / "detection"
    if not source.exists():
        pytest.skip("the policies are not beside the program")
    folder = tmp_path / "detection"
    folder.mkdir()
    for file in source.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    if damage:
        text = (folder / "venue.yaml").read_text()
        (folder / "venue.yaml").write_text(re.sub(r"pack: venue\nversion: \d+\n", damage, text))
    else:
        (folder / "venue.yaml").unlink()
    done = subprocess.run(
        [BINARY, "scan"], input=b"x", capture_output=True, timeout=60,
        env=environment(CORDON_ASSESSMENT_POLICIES=tmp_path))
    assert done.returncode in (1, REFUSED) and said in done.stderr.decode()


NEWS = """<!doctype html><html><head><meta property="og:type" content="article"></head><body>
<article><h1>Exchange raises withdrawal fees</h1><span class="byline">By Ann Lee</span>
<time datetime="2026-03-02">2 March 2026</time>
<p>Bybit will raise what it charges for withdrawals of bitcoin, the exchange said on Monday. Users who trade spot and
futures pay 0.1 percent as makers and takers, according to its fee schedule; deposits stay free. “We have to cover the
network,” its spokesman told this paper. Analysts said that clients may open an account elsewhere and swap their coins
there. The regulator declined to comment.</p></article>%s</body></html>"""
BOX = (
    '<div><h2>Register now</h2><p>Sign up at Bybit with our referral code FARM2026, keep 20% of all trading fees and '
    'claim your welcome bonus.</p><a href="https://www.bybit.com/invite?ref=FARM2026">Register now</a></div>')


def test_a_newspaper_reports_and_the_same_page_with_a_referral_box_solicits():
    report, solicits = scan("--jsonl", given="".join(
        json.dumps({"id": number, "html": NEWS % box, "url": "https://paper.example/a"}) + "\n"
        for number, box in enumerate(("", BOX)))).lines
    assert (report["category"], solicits["category"]) == ("reporting", "solicitation")
    shown = [piece["text"] for piece in solicits["evidence"]]
    assert any("FARM2026" in text for text in shown) and any("egister now" in text for text in shown)


@pytest.fixture
def promoter():
    """A web server on loopback with one page that solicits."""

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = HTML.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_of_the_web_is_fetched_and_judged_only_where_the_guard_lets_it(promoter):
    refused = scan("--url", promoter, "--format", "json")
    assert refused.code == FAILED and refused.out == "" and promoter in refused.err
    done = subprocess.run(
        [BINARY, "scan", "--url", promoter, "--format", "json"], capture_output=True, timeout=120,
        env=environment(CORDON_WATCH_ALLOW_ADDRESSES="127.0.0.0/8"))
    answer = json.loads(done.stdout)
    assert (answer["id"], answer["category"]) == (promoter, "solicitation")
    assert {piece["where"]["part"] for piece in answer["evidence"]} <= {"html", "url"}
