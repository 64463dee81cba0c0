"""Pages, made from their site and number: the same page each time it is asked for."""

import html
import random

from . import words

ADDRESS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"


def title_of(site):
    """The site's own name."""
    draw = random.Random(site.seed)
    brands = words.BRANDS if site.language == "en" else words.BRANDS_ZH
    return draw.choice(brands) + ("" if site.language != "en" else " " + draw.choice(
        ["Daily", "House", "Online", "Corner", "World"]))


def page(site, number, changed=0):
    """The markup of a page of a site; `changed` counts how often it was edited since."""
    draw = random.Random(site.seed * 100_003 + number)
    body = BODIES[site.kind](site, number, draw)
    if changed:
        body += f"<p>{draw.choice(words.PROSE[site.language])} ({changed})</p>"
    return frame(site, number, body)


def fill(draw, site, sentences):
    """A sentence with its places filled in."""
    zh = site.language != "en"
    text = draw.choice(sentences)
    own = random.Random(site.seed)
    return text.format(
        city=draw.choice(words.CITIES[site.language]),
        date=f"{draw.randint(1, 12)}月{draw.randint(1, 28)}日" if zh else
        f"{draw.choice(['March', 'June', 'October'])} {draw.randint(1, 28)}",
        brand=own.choice(words.BRANDS_ZH if zh else words.BRANDS),
        name=draw.choice(words.NAMES_ZH if zh else words.NAMES),
        n=draw.randint(2, 9), year=draw.randint(2017, 2022), code=f"K{own.randrange(16**6):06X}",
        ticker=own.choice(["NLK", "VTRA", "KSTR", "ORB"]),
        t1=draw.choice(words.TICKERS[:4]), t2=draw.choice(words.TICKERS[4:]))


def paragraphs(draw, site, sentences, count):
    """So many paragraphs of a few sentences each."""
    return "".join(
        "<p>" + " ".join(html.escape(fill(draw, site, sentences)) for _ in range(draw.randint(2, 5)))
        + "</p>\n" for _ in range(count))


def prose(draw, site, count):
    """Paragraphs about nothing in particular."""
    return paragraphs(draw, site, words.PROSE[site.language], count)


def news(site, number, draw, sentences=None):
    """An article with a byline and a date."""
    label = words.LABELS[site.language]
    name = draw.choice(words.NAMES if site.language == "en" else words.NAMES_ZH)
    text = paragraphs(draw, site, sentences, 4) if sentences else ""
    return (
        f"<article><h1>{html.escape(fill(draw, site, sentences or words.PROSE[site.language]))}</h1>"
        f"<p class=byline>{label['by'].format(name=name)} <time datetime=2025-0{draw.randint(1, 9)}-"
        f"1{draw.randint(0, 9)}>2025</time></p>{text}{prose(draw, site, 6)}</article>")


def crypto_news(site, number, draw):
    """An article about those whom the watch looks for."""
    return news(site, number, draw, words.REPORTS[site.language])


def shop(site, number, draw):
    """A product."""
    label = words.LABELS[site.language]
    return (
        f"<h1>{html.escape(draw.choice(words.PROSE[site.language]))[:40]}</h1>"
        f"<p class=price>€ {draw.randint(5, 200)}.00</p>{prose(draw, site, 3)}"
        f"<form action=/cart method=post><input type=number name=quantity value=1>"
        f"<button>{label['cart']}</button></form>{prose(draw, site, 2)}")


def crypto_shop(site, number, draw):
    """A product that can be paid for in coins."""
    pay = paragraphs(draw, site, words.CHECKOUT[site.language], 2)
    widget = (
        '<form action="https://www.coinpayments.net/index.php" method=post>'
        '<input type=hidden name=cmd value=_pay_simple><input type=hidden name=merchant value=7f3a>'
        '<button>Bitcoin</button></form>' if number % 2 == 0 else
        f'<p>BTC: <code class=address>{ADDRESS}</code></p>')
    return shop(site, number, draw) + f"<section id=pay>{pay}{widget}</section>"


def blog(site, number, draw):
    """Somebody's page, that may explain things."""
    return f"<h1>{title_of(site)}</h1>" + paragraphs(
        draw, site, words.LESSONS[site.language], 2) + prose(draw, site, 5)


def docs(site, number, draw):
    """Reference, with code."""
    return (
        f"<h1>{number}. API</h1>{paragraphs(draw, site, words.LESSONS[site.language], 4)}"
        "<pre><code>curl -H 'Authorization: Bearer YOUR_TOKEN' https://api.host.example/v1/exchange\n"
        f"# donate: bc1qexamplebitcoinaddress{number}</code></pre>{prose(draw, site, 2)}")


def forum(site, number, draw):
    """A thread."""
    posts = "".join(
        f"<div class=post><b>{draw.choice(words.NAMES)}</b>{prose(draw, site, 1)}</div>"
        for _ in range(8))
    return f"<h1>#{number}</h1>{posts}"


def company(site, number, draw):
    """A firm that says what it does."""
    label = words.LABELS[site.language]
    return (f"<h1>{title_of(site)}</h1>{prose(draw, site, 6)}<form action=/contact method=post>"
            f"<label>{label['email']}<input type=email name=email></label><button>OK</button></form>")


def venue(site, number, draw):
    """A trading venue: what it offers, a form to sign up, an order form, pairs."""
    label = words.LABELS[site.language]
    rows = "".join(
        f"<tr><td>{t}/USDT</td><td>{draw.randint(1, 60000)}.{draw.randint(10, 99)}</td>"
        f"<td>{draw.choice('+-')}{draw.randint(0, 9)}.{draw.randint(10, 99)}%</td></tr>"
        for t in words.TICKERS)
    order = (
        f"<form class=order action=/api/order method=post><button name=side value=buy>{label['buy']}"
        f"</button><button name=side value=sell>{label['sell']}</button><label>{label['price']}"
        f"<input name=price></label><label>{label['amount']}<input name=amount></label>"
        f"<label>{label['leverage']}<input type=range name=leverage min=1 max=100></label></form>")
    register = (
        f"<form action=/register method=post><h2>{label['register']}</h2><label>{label['email']}"
        f"<input type=email name=email></label><label>{label['password']}<input type=password "
        f"name=password></label><button>{label['join']}</button></form>")
    return (f"<h1>{title_of(site)}</h1>{paragraphs(draw, site, words.VENUE[site.language], 4)}"
            f"<table class=pairs>{rows}</table>{order}{register}")


def token_sale(site, number, draw):
    """A sale of tokens."""
    label = words.LABELS[site.language]
    return (f"<h1>{title_of(site)}</h1>{paragraphs(draw, site, words.SALE[site.language], 5)}"
            f"<form class=sale><input name=amount><select><option>ETH<option>USDT</select>"
            f"<button>{label['connect']}</button></form>")


def promoter(site, number, draw):
    """Somebody who brings customers to a venue."""
    label = words.LABELS[site.language]
    code = f"K{random.Random(site.seed).randrange(16**6):06X}"
    return (f"<h1>{html.escape(fill(draw, site, words.PROMOTION[site.language]))}</h1>"
            f"{paragraphs(draw, site, words.PROMOTION[site.language], 4)}{prose(draw, site, 1)}"
            f'<a class=cta href="https://www.okx.com/join/{code}">{label["join"]}</a>')


BODIES = {
    "news": news, "crypto-news": crypto_news, "shop": shop, "blog": blog, "docs": docs,
    "forum": forum, "company": company, "venue": venue, "clone": venue, "token-sale": token_sale,
    "crypto-shop": crypto_shop, "promoter": promoter, "trap": company,
}


def links(site, number):
    """The numbers of the pages that a page links to: a tree, and a few neighbours."""
    children = range(number * 8 + 1, number * 8 + 9)
    near = [number - 1, number + 1, number // 8]
    return [n for n in [*children, *near] if 0 <= n < site.pages and n != number]


def path(number):
    """The path of a page."""
    return "/" if number == 0 else f"/p/{number}.html"


def frame(site, number, body):
    """The page around a body: head, menu, scripts, footer."""
    menu = "".join(
        f'<li><a href="{path(n)}">{html.escape(word)}</a></li>'
        for n, word in enumerate(words.MENU[site.language]) if n < site.pages)
    related = "".join(
        f'<li><a href="{path(n)}?utm_source=related#top">{n}</a></li>' for n in links(site, number))
    label = words.LABELS[site.language]["related"]
    script = f"var site={{id:{site.seed},page:{number},tags:[{','.join(map(str, range(40)))}]}};"
    return (
        f'<!doctype html><html lang="{site.language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(title_of(site))} {number}</title>"
        f'<link rel=icon href="/favicon.ico"><link rel=stylesheet href="/style.css">'
        f'<meta name=viewport content="width=device-width"><script>{script * 12}</script>'
        f'<style>{STYLE}</style></head><body><header><nav><ul>{menu}</ul></nav></header><main>{body}'
        f"</main><aside><h2>{label}</h2><ul>{related}</ul></aside><footer>© {title_of(site)}"
        f"</footer><script src=/app.js defer></script></body></html>")


STYLE = "".join(f".c{i}{{margin:{i}px;padding:{i % 7}px;color:#{i * 997 % 4096:03x}}}" for i in range(120))
