"""The results of a swap: text in Markdown, and a chart in SVG."""

from load import quantile

MEGA = 1e6


def markdown(seen, cordon, facts: str, chosen) -> str:
    idle, busy = seen.idle, seen.meanwhile
    p99 = quantile(busy, 0.99) / quantile(idle, 0.99)
    lines = [
        f"# {chosen.rules:,} rules for {chosen.rules:,} others", "",
        f"The next version of the one order in force is confirmed while {len(seen.waits):,} queries"
        " come at 1,000 a second: nine of ten for allowed names in the cache, one for a name that is"
        " blocked before and after.", "",
        "| | queries | p50 | p99 | longest |", "|---|---:|---:|---:|---:|",
        *(f"| {title} | {len(waits):,} | {quantile(waits, 0.5) * 1e6:,.0f} µs"
          f" | {quantile(waits, 0.99) * 1e6:,.0f} µs | {max(waits) * 1e3:.1f} ms |"
          for title, waits in (("before", idle), ("during the swap", busy))), "",
        f"p99 during the swap: {p99:.2f} times that before. Queries lost: {seen.lost}; answered"
        f" otherwise than they should be: {seen.wrong}.", "",
        f"The new list was denied {seen.seen - seen.begun:.2f} s after the deciding verb was"
        f" started; all was done, and the old list gone, after {seen.settled - seen.begun:.2f} s.", "",
        f"Memory of the process: {seen.steady / MEGA:.1f} MB before, at most"
        f" {seen.peak / MEGA:.1f} MB ({seen.peak / seen.steady:.2f} times),"
        f" {seen.memory[-1].resident / MEGA:.1f} MB after; without rules"
        f" {cordon.resident_empty / MEGA:.1f} MB.", "", facts.rstrip(),
    ]
    return "\n".join(lines) + "\n"


def chart(seen, rules: int) -> str:
    """Above, the wait of each query; below, the memory."""
    width, left, right = 760, 70, 16
    begin = seen.begun - min(5.0, seen.begun - seen.memory[0].at)
    end = max(seen.settled + 1, seen.memory[-1].at)
    waits = [wait for wait in seen.waits if begin <= wait.sent <= end]
    memory = [moment for moment in seen.memory if moment.at >= begin]
    longest = max(wait.seconds for wait in waits)
    most = max(max(moment.resident for moment in memory), seen.peak)

    def x(at: float) -> float:
        return left + (at - begin) / (end - begin) * (width - left - right)

    def above(seconds: float) -> float:
        return 230 - seconds / longest * 160

    def below(octets: int) -> float:
        return 440 - octets / most * 160

    path = " ".join(
        f"{'M' if at == 0 else 'L'}{x(m.at):.1f},{below(m.resident):.1f}"
        for at, m in enumerate(memory))
    # Short waits hide each other: only those in the way of the eye are drawn.
    dots = {(round(x(w.sent)), round(above(w.seconds))) for w in waits}
    marks = [(seen.begun, "confirmed"), (seen.seen, "denied"), (seen.settled, "done")]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 480" role="img"'
        ' font-family="sans-serif" font-size="13">',
        f"<title>{rules:,} rules replaced by others: waits and memory</title>",
        f'<rect width="{width}" height="480" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="bold">{rules:,} rules replaced by'
        " others</text>",
        f'<text x="16" y="52" fill="#555555">the wait of each query, up to {longest * 1e3:.1f} ms</text>',
        f'<text x="16" y="262" fill="#555555">resident memory, up to {most / MEGA:.1f} MB; the dashed'
        " line is 1.3 times that before</text>",
        *(f'<line x1="{x(at):.1f}" y1="60" x2="{x(at):.1f}" y2="440" stroke="#b9c3d0"/>'
          f'<text x="{x(at):.1f}" y="{456 + 12 * place}" text-anchor="middle"'
          f' fill="#555555">{what}, {at - seen.begun:.1f} s</text>'
          for place, (at, what) in enumerate(marks)),
        *(f'<circle cx="{cx}" cy="{cy}" r="1.5" fill="#0b6e4f"/>' for cx, cy in sorted(dots)),
        f'<path d="{path}" fill="none" stroke="#44546a" stroke-width="2"/>',
        f'<line x1="{left}" x2="{width - right}" y1="{below(int(1.3 * seen.steady)):.1f}"'
        f' y2="{below(int(1.3 * seen.steady)):.1f}" stroke="#a4161a" stroke-dasharray="6 4"/>',
        "</svg>",
    ]) + "\n"
