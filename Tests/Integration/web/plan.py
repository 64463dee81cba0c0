"""Which sites there are, what each is for, and how many pages it has."""

import dataclasses
import random

# What a site is for, and what a watch should say of it. Shares are in thousandths of the hosts.
KINDS = {
    "news": (230, None),
    "crypto-news": (60, None),
    "shop": (200, None),
    "blog": (150, None),
    "docs": (100, None),
    "forum": (80, None),
    "company": (70, None),
    "venue": (25, "venue"),
    "token-sale": (20, "token-sale"),
    "crypto-shop": (20, "payment-acceptance"),
    "promoter": (20, "solicitation"),
    "clone": (5, "venue"),
    "trap": (20, None),
}
TRAPS = [
    "redirect-loop", "redirect-private", "redirect-metadata", "tar-pit", "gzip-bomb", "huge-body",
    "wrong-charset", "robots-refusal", "slow-drip", "huge-headers", "deep-nesting", "endless-chunks",
    "short-body", "binary", "reset", "many-redirects", "nested-gzip",
]
LANGUAGES = ["en", "zh-Hans", "zh-Hant"]
DOMAIN = "web.test"


@dataclasses.dataclass(frozen=True)
class Site:
    """One host."""

    host: str
    kind: str
    language: str
    pages: int
    seed: int
    trap: str | None = None
    # The venue that a clone copies.
    original: str | None = None

    @property
    def expected(self):
        """The category that the site was planted as; None where nothing may be flagged."""
        return KINDS[self.kind][1]


def sites(hosts, pages, seed=1, with_traps=True):
    """The sites of a web with so many hosts and pages in all, the same for the same seed."""
    draw = random.Random(seed)
    kinds = []
    for kind, (share, _) in KINDS.items():
        if kind == "trap" and not with_traps:
            continue
        least = len(TRAPS) if kind == "trap" else 1
        kinds += [kind] * max(least, round(hosts * share / 1000))
    if len(kinds) > hosts:
        # The news make room, so that every kind and every trap is there.
        kinds = kinds[len(kinds) - hosts:]
    kinds += ["news"] * (hosts - len(kinds))
    planted, traps, result = [], 0, []
    for number, kind in enumerate(kinds):
        share = pages // hosts
        count = max(4, share + draw.randint(-share // 2, share // 2))
        if KINDS[kind][1]:
            count = min(count, 30)
        trap = None
        if kind == "trap":
            trap, traps = TRAPS[traps % len(TRAPS)], traps + 1
        original = draw.choice(planted) if kind == "clone" and planted else None
        site = Site(
            host=f"{kind.replace('crypto-', 'c')}{number:04d}.{DOMAIN}",
            kind=kind, language=draw.choices(LANGUAGES, [5, 4, 1])[0], pages=count,
            seed=draw.randrange(2**32), trap=trap, original=original)
        if kind == "venue":
            planted.append(site.host)
        result.append(site)
    # What is missing to the pages asked for goes to the largest readers' sites.
    missing = pages - sum(site.pages for site in result)
    plain = [i for i, site in enumerate(result) if site.kind in ("news", "shop", "forum")]
    for place in range(abs(missing)):
        i = plain[place % len(plain)]
        step = 1 if missing > 0 else -1
        if result[i].pages + step >= 4:
            result[i] = dataclasses.replace(result[i], pages=result[i].pages + step)
    draw.shuffle(result)
    return result
