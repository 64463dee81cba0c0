"""What queries cost, as tables in Markdown and a chart in SVG."""

from xml.sax.saxutils import escape

from slices import STEADY_RATE

KINDS = {"blocked": "blocked", "allowed": "allowed, cached", "mix": "10 % blocked"}
WAYS = {
    "saturating": "Saturated: 512 queries under way, so that full batches wait (`flood.c`)",
    "dnsperf": "All that dnsperf can do on the same processors",
    "steady": f"The same {STEADY_RATE:,} queries a second for all, each waking the server (dnsperf)",
}


def markdown(found, order: list[str], floor: str, facts: str, chosen, witness) -> str:
    lines = [
        f"# What a query costs at {chosen.rules:,} rules", "",
        "Processor time of the server for one answered query on loopback, in microseconds: the median"
        f" of {chosen.rounds} interleaved runs of {chosen.seconds:g} s,"
        f" {chosen.workers} threads each; Cordon's keep to a processor each (`gate.pin_workers`)."
        " *× echo* is the median of the ratios to the bare echo in the same round, with their"
        " quartiles: two moments of a busy machine are not compared. The echo's own line tells how far"
        " its two runs of a round lie apart. Every query was answered as it should be.", ""]
    for way, kinds in found.items():
        lines += [f"## {WAYS[way]}", ""]
        for kind, costs in kinds.items():
            lines += _table(KINDS[kind], costs, order, floor) + [""]
    if witness:
        lines += _witness(witness)
    return "\n".join(lines + [facts.rstrip()]) + "\n"


def _table(title: str, costs, order: list[str], floor: str) -> list[str]:
    lines = [
        f"| {title} | µs | quartiles | of it the program's own | × echo | quartiles"
        " | octets of an answer | queries a second | lost |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name in [floor, *(name for name in order if name != floor)]:
        if name not in costs:
            continue
        cost = costs[name]
        octets = "" if cost.answer_octets is None else f"{cost.answer_octets:.0f}"
        lines.append(
            f"| {name} | {cost.cpu:.2f} | {cost.spread[0]:.2f} to {cost.spread[1]:.2f}"
            f" | {cost.user:.2f} | {cost.ratio:.2f}"
            f" | {cost.ratio_spread[0]:.2f} to {cost.ratio_spread[1]:.2f} | {octets}"
            f" | {cost.rate:,.0f} | {cost.lost} |")
    return lines


def _witness(witness) -> list[str]:
    lines = [
        "## Between taking a batch and sending its answers", "",
        "Calls on the workers' threads for 1,000 queries (`witness.c`, preloaded):", "",
        "| | allocations | frees | references taken | references given up | waits for locks |",
        "|---|---:|---:|---:|---:|---:|"]
    for kind, counts in witness.items():
        cells = (
            f"{counts[name] / counts['queries'] * 1_000:.2f}"
            for name in ("allocated", "freed", "retained", "released", "locked"))
        lines.append(f"| {KINDS[kind]} | " + " | ".join(cells) + " |")
    return lines + [""]


def chart(found, order: list[str], floor: str, rules: int) -> str:
    """Bars of multiples of the echo, saturated, for each kind of query."""
    kinds = found["saturating"]
    names = [floor, *(name for name in order if name != floor)]
    width, left, bar, gap, top = 760, 190, 18, 16, 70
    most = max(cost.ratio for costs in kinds.values() for cost in costs.values())
    scale = (width - left - 70) / most
    step = bar * len(kinds) + gap
    height = top + len(names) * step + 40
    colours = {"blocked": "#0b6e4f", "allowed": "#5aa88c", "mix": "#b5d8ca"}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="sans-serif" font-size="14">',
        f"<title>Processor time for one query at {rules:,} rules</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        '<text x="16" y="28" font-size="17" font-weight="bold">Processor time for one query at'
        f" {rules:,} rules</text>",
    ]
    at = 16
    parts.append(f'<text x="{at}" y="50" fill="#555555">multiples of the bare echo:</text>')
    at += 190
    for kind in kinds:
        parts += [
            f'<rect x="{at}" y="39" width="13" height="13" fill="{colours[kind]}"/>',
            f'<text x="{at + 18}" y="50" fill="#555555">{escape(KINDS[kind])}</text>']
        at += 150
    for place, name in enumerate(names):
        y = top + place * step
        weight = ' font-weight="bold"' if name == "Cordon" else ""
        parts.append(
            f'<text x="{left - 12}" y="{y + step / 2}" text-anchor="end"{weight}>'
            f"{escape(name)}</text>")
        for line, (kind, costs) in enumerate(kinds.items()):
            if name not in costs:
                continue
            ratio = costs[name].ratio
            parts += [
                f'<rect x="{left}" y="{y + line * bar}" width="{ratio * scale:.1f}"'
                f' height="{bar - 3}" fill="{colours[kind]}"/>',
                f'<text x="{left + ratio * scale + 6:.1f}" y="{y + line * bar + 13}"'
                f' font-size="12">{ratio:.2f}</text>']
    parts.append(
        f'<line x1="{left + scale:.1f}" y1="{top - 6}" x2="{left + scale:.1f}" y2="{height - 32}"'
        ' stroke="#44546a" stroke-dasharray="3 3"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"
