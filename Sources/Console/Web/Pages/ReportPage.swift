extension Pages.Template {
  /// It stands alone, and is made to be printed: A4, one sanction after the other.
  static let reportText = """
    {{% CONTENT_TYPE:PAGE}}
    <!doctype html>
    <html lang="{{lang}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex, nofollow">
    <meta name="referrer" content="no-referrer">
    <title>{{title}} · {{platform}}</title>
    <link rel="stylesheet" href="/style.css">
    </head>
    <body class="report">
    <a class="skip" href="#main">{{t.skipLink}}</a>
    <header>
    <span class="home">{{t.reportSite}}</span>
    <nav aria-label="{{t.navigation}}">
    {{#kept}}<a href="{{jsonHref}}">{{t.reportJSON}}</a>
    <a href="{{csvHref}}">{{t.reportCSV}}</a>{{/kept}}
    <a href="{{otherHref}}" lang="{{otherLang}}" hreflang="{{otherLang}}">{{t.otherLanguage}}</a>
    </nav>
    </header>
    <main id="main">
    <h1>{{title}}</h1>
    <p class="lead"><strong class="state {{stateClass}}">{{state}}</strong> {{tells}}</p>
    <dl class="facts">
    {{#facts}}
    <div><dt>{{label}}</dt><dd>{{#moment}}<time datetime="{{moment}}">{{value}}</time>{{/moment}}{{#code}}<code>{{value}}</code>{{/code}}{{#plain}}<bdi>{{value}}</bdi>{{/plain}}</dd></div>
    {{/facts}}
    </dl>

    {{#entries}}
    <section class="told">
    <h2>{{number}} · {{measure}} · <bdi>{{who}}</bdi></h2>
    <dl class="facts">
    {{#facts}}
    <div><dt>{{label}}</dt><dd>{{#moment}}<time datetime="{{moment}}">{{value}}</time>{{/moment}}{{#code}}<code>{{value}}</code>{{/code}}{{#plain}}<bdi>{{value}}</bdi>{{/plain}}</dd></div>
    {{/facts}}
    </dl>
    {{#hasInfractions}}
    <h3>{{t.reportInfractions}}</h3>
    {{#infractions}}
    <blockquote>
    <p class="hint">{{number}} · {{t.reportPost}} <code>{{post}}</code> · {{t.reportPublished}} <time datetime="{{moment}}">{{published}}</time> · {{t.reportFound}} {{kind}} · {{t.reportRule}} {{rule}}</p>
    <p class="quotes">{{#words}}<q><bdi>{{.}}</bdi></q> {{/words}}</p>
    <p class="hint">SHA-256 <code>{{hash}}</code></p>
    </blockquote>
    {{/infractions}}
    {{/hasInfractions}}
    {{#hasAppeals}}
    <h3>{{t.reportAppeals}}</h3>
    <ul>
    {{#appeals}}<li>{{.}}</li>
    {{/appeals}}
    </ul>
    {{/hasAppeals}}
    {{#proof}}
    <h3>{{t.reportProof}}</h3>
    <dl class="facts">
    {{#facts}}
    <div><dt>{{label}}</dt><dd><code>{{value}}</code></dd></div>
    {{/facts}}
    </dl>
    <p class="hint">{{path}}</p>
    {{/proof}}
    </section>
    {{/entries}}
    </main>
    <footer>
    <p>{{t.reportFooter}}</p>
    </footer>
    </body>
    </html>

    """
}
