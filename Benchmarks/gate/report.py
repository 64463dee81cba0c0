"""The results: a table in Markdown and a chart in SVG."""

import dataclasses
from xml.sax.saxutils import escape

import change
import load

MICRO = 1e6
KINDS = {"blocked": "blocked", "allowed": "allowed, cached", "mix": "10 % blocked"}


@dataclasses.dataclass(frozen=True)
class Price:
    """Microseconds of the server's processor time for a query: the median run."""

    user: float
    system: float
    least: float
    most: float

    @property
    def cpu(self) -> float:
        return self.user + self.system

    @staticmethod
    def of(runs) -> "Price":
        middle = sorted(runs, key=lambda run: run.cpu.total)[len(runs) // 2]
        totals = [run.cpu.total * MICRO for run in runs]
        return Price(
            middle.cpu.user * MICRO, middle.cpu.system * MICRO, min(totals), max(totals))


@dataclasses.dataclass(frozen=True)
class Row:
    """The medians of one contender."""

    title: str
    prices: dict[str, Price]
    rate: float
    p50: float
    p99: float
    bytes_a_rule: float | None
    peak: int
    start: float
    lost: int
    others: float

    @property
    def cpu(self) -> float:
        return self.prices["blocked"].cpu

    @staticmethod
    def of(server, runs, waits, rules: int) -> "Row":
        grown = server.resident - server.resident_empty
        return Row(
            title=server.title,
            prices={kind: Price.of(some) for kind, some in runs.items()},
            rate=load.median(run.rate for run in runs["blocked"]),
            p50=load.median(load.quantile(w, 0.5) for w in waits) * MICRO,
            p99=load.median(load.quantile(w, 0.99) for w in waits) * MICRO,
            bytes_a_rule=grown / rules if server.keeps_names else None,
            peak=server.peak,
            start=server.start_seconds,
            lost=sum(run.lost for some in runs.values() for run in some),
            others=load.median(run.others for some in runs.values() for run in some))


def markdown(rows: list[Row], contenders, changes, facts: str, chosen) -> str:
    echo = next(row for row in rows if row.bytes_a_rule is None)
    cordon = next(row for row in rows if row.title == "Cordon")
    peers = [row for row in rows if row not in (echo, cordon)]
    others = max(row.others for row in rows)
    server = next(s for s in contenders if s.title == "Cordon")
    lines = [
        f"# Queries at {chosen.rules:,} rules", "",
        "Processor time of the server for one query at full load on loopback, in microseconds and as a"
        f" multiple of the bare echo's: the median of {chosen.repetitions} interleaved runs of"
        f" {chosen.seconds:g} s, {chosen.workers} threads each (one for those that have no more)."
        " Cordon's keep to a processor each (`gate.pin_workers`)."
        " Every query was answered as it should be.", "",
        *_costs(rows, echo), "", "Of a blocked query:", "", *_blocked(rows, echo), "",
        *_ratios(cordon, peers), "",
        "Memory, start, and what a client sees (p50 and p99 of blocked queries at"
        f" {load.PACED_RATE:,} a second; the highest rate with dnsperf on the same processors):", "",
        *_service(rows), "",
        f"Cordon's start above is one that finds its rules compiled; the first, which reads them from"
        f" the record, took {server.first_start_seconds:.2f} s and"
        f" {server.first_peak / 1e6:,.0f} MB at most.", "",
        *_changes(changes), "", *_intake(contenders, chosen.rules), "", facts.rstrip(),
        f"- Other programs meanwhile: {others:.0%} of one core (the worst median of a contender)",
    ]
    return "\n".join(lines) + "\n"


def _costs(rows: list[Row], echo: Row) -> list[str]:
    lines = ["| | " + " | ".join(f"{title} | × echo" for title in KINDS.values()) + " |",
             "|---|" + "---:|" * (2 * len(KINDS))]
    for row in rows:
        cells = (
            f"{row.prices[kind].cpu:.2f} | {row.prices[kind].cpu / echo.prices[kind].cpu:.2f}"
            for kind in KINDS)
        lines.append(f"| {row.title} | " + " | ".join(cells) + " |")
    return lines


def _blocked(rows: list[Row], echo: Row) -> list[str]:
    lines = ["| | of it the program's own | least to most | least × echo's least |",
             "|---|---:|---:|---:|"]
    floor = echo.prices["blocked"].least
    for row in rows:
        price = row.prices["blocked"]
        lines.append(
            f"| {row.title} | {price.user:.2f} | {price.least:.2f} to {price.most:.2f}"
            f" | {price.least / floor:.2f} |")
    return lines


def _changes(changes: dict[str, change.Change]) -> list[str]:
    lines = [
        "One more rule, saved so that a restart has it, while allowed queries are asked one after the"
        " other: from the start of the command until the name is denied, and what became of the"
        " others. Late are those that had no answer within 0.1 s.", "",
        "| | median | at most | the command itself | longest wait of an allowed query | late |",
        "|---|---:|---:|---:|---:|---:|"]
    for title, seen in changes.items():
        lines.append(
            f"| {title} | {change.median(seen.seen) * 1e3:,.0f} ms | {max(seen.seen) * 1e3:,.0f} ms"
            f" | {change.median(seen.verb) * 1e3:,.0f} ms | {seen.worst * 1e3:,.1f} ms"
            f" | {seen.lost} of {seen.asked:,} |")
    return lines


def _service(rows: list[Row]) -> list[str]:
    lines = ["| | octets a rule | most memory | start to ready | p50 | p99 | queries a second"
             " | lost |", "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for row in rows:
        octets = "" if row.bytes_a_rule is None else f"{max(0, row.bytes_a_rule):,.0f}"
        lines.append(
            f"| {row.title} | {octets} | {row.peak / 1e6:,.0f} MB | {row.start:.2f} s"
            f" | {row.p50:,.0f} µs | {row.p99:,.0f} µs | {row.rate:,.0f} | {row.lost} |")
    return lines


def _ratios(cordon: Row, peers: list[Row]) -> list[str]:
    lines = ["Cordon beside each peer (below 1 is better):", "",
             "| | processor time | octets a rule | most memory | start to ready | p99 |",
             "|---|---:|---:|---:|---:|---:|"]
    for peer in peers:
        # A list that stays in its file takes no memory that could be told from other things.
        octets = (
            f"{cordon.bytes_a_rule / peer.bytes_a_rule:.2f}" if peer.bytes_a_rule >= 1 else "")
        lines.append(
            f"| Cordon ÷ {peer.title} | {cordon.cpu / peer.cpu:.2f}"
            f" | {octets} | {cordon.peak / peer.peak:.2f}"
            f" | {cordon.start / peer.start:.2f} | {cordon.p99 / peer.p99:.2f} |")
    return lines


def _intake(contenders, rules: int) -> list[str]:
    lines = [f"Taking the order with {rules:,} targets in, with the verbs of the program:", "",
             "| | time | processor time | most memory |", "|---|---:|---:|---:|"]
    for server in contenders:
        for step, cost in server.preparation.items():
            lines.append(
                f"| `order {step}` | {cost.seconds:.2f} s | {cost.cpu.total:.2f} s"
                f" | {cost.peak_octets / 1e6:,.0f} MB |")
    return lines


def chart(rows: list[Row], rules: int) -> str:
    """Bars of processor time a query, the user's share in the stronger colour."""
    width, left, bar, gap, top = 760, 190, 30, 18, 64
    scale = (width - left - 90) / max(row.cpu for row in rows)
    height = top + len(rows) * (bar + gap) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' font-family="sans-serif" font-size="14">',
        f"<title>Processor time for one blocked query at {rules:,} rules</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="bold">Processor time for one blocked'
        f" query at {rules:,} rules</text>",
        '<text x="16" y="48" fill="#555555">microseconds of the server, at full load;'
        " shorter is better</text>",
    ]
    for place, row in enumerate(rows):
        y = top + place * (bar + gap)
        user, system = row.prices["blocked"].user * scale, row.prices["blocked"].system * scale
        strong, soft = ("#0b6e4f", "#9fd3c0") if row.title == "Cordon" else ("#44546a", "#b9c3d0")
        parts += [
            f'<text x="{left - 12}" y="{y + 20}" text-anchor="end">{escape(row.title)}</text>',
            f'<rect x="{left}" y="{y}" width="{user:.1f}" height="{bar}" fill="{strong}"/>',
            f'<rect x="{left + user:.1f}" y="{y}" width="{system:.1f}" height="{bar}"'
            f' fill="{soft}"/>',
            f'<text x="{left + user + system + 8:.1f}" y="{y + 20}">{row.cpu:.2f} µs</text>',
        ]
    parts += [
        f'<text x="{left}" y="{height - 16}" fill="#555555">dark: the program itself; light: the'
        " kernel on its behalf</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
