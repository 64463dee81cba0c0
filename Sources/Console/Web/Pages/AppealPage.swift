extension Pages.Template {
  /// It stands alone: whoever reads it has nothing to do with orders that block names.
  static let appealText = """
    {{% CONTENT_TYPE:PAGE}}
    <!doctype html>
    <html lang="{{lang}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex, nofollow">
    <meta name="referrer" content="no-referrer">
    <title>{{title}}</title>
    <link rel="stylesheet" href="/style.css">
    </head>
    <body>
    <a class="skip" href="#main">{{t.skipLink}}</a>
    <header>
    <span class="home">{{platform}}</span>
    <nav aria-label="{{t.navigation}}">
    {{#canAppeal}}<a href="#appeal">{{t.appealHeading}}</a>{{/canAppeal}}
    <a href="{{otherHref}}" lang="{{otherLang}}" hreflang="{{otherLang}}">{{t.otherLanguage}}</a>
    </nav>
    </header>
    <main id="main">
    <h1>{{title}}</h1>
    <p class="lead"><strong class="state {{stateClass}}">{{state}}</strong> {{stands}}</p>

    {{#outcome}}
    <section aria-labelledby="outcome">
    <h2 id="outcome">{{heading}}</h2>
    <p>{{tells}}</p>
    {{#reason}}<blockquote>{{#reason}}<p>{{.}}</p>{{/reason}}</blockquote>{{/reason}}
    <p class="hint"><time datetime="{{moment}}">{{value}}</time></p>
    </section>
    {{/outcome}}

    {{#items}}
    <section>
    <h2>{{heading}}</h2>
    {{#lines}}<p>{{.}}</p>{{/lines}}
    </section>
    {{/items}}

    {{#hasQuotes}}
    <section aria-labelledby="words">
    <h2 id="words">{{t.appealWords}}</h2>
    {{#quotes}}
    <blockquote>
    <p class="hint"><time datetime="{{moment}}">{{value}}</time>{{#post}} · <code>{{post}}</code>{{/post}}{{#wrong}} · {{wrong}}{{/wrong}}</p>
    {{#words}}<p>“<bdi>{{.}}</bdi>”</p>{{/words}}
    </blockquote>
    {{/quotes}}
    </section>
    {{/hasQuotes}}

    <section aria-labelledby="appeal">
    <h2 id="appeal">{{t.appealHeading}}</h2>
    <p>{{appealTells}}</p>
    {{#sent}}<p class="done" role="status">{{sent}}</p>{{/sent}}
    {{#messages}}
    <article class="message {{from}}">
    <h3>{{who}} <span class="hint"><time datetime="{{moment}}">{{value}}</time></span></h3>
    {{#lines}}<p>{{.}}</p>{{/lines}}
    </article>
    {{/messages}}
    {{#form}}
    {{#fault}}
    <div class="fault" role="alert" id="fault"><strong>{{title}}</strong> {{detail}}</div>
    {{/fault}}
    <form method="post" action="{{action}}#appeal">
    <p class="field">
    <label for="field-text">{{label}}</label>
    <span class="hint" id="hint-text">{{t.appealHint}}</span>
    <textarea id="field-text" name="text" rows="8" maxlength="8000" required aria-describedby="hint-text"{{#fault}} aria-invalid="true" aria-errormessage="fault"{{/fault}}>
    {{text}}</textarea>
    </p>
    <p><button type="submit">{{t.send}}</button></p>
    </form>
    {{/form}}
    </section>

    <section aria-labelledby="proof">
    <h2 id="proof">{{t.appealProof}}</h2>
    <dl class="facts">
    <div><dt>{{t.appealNumber}}</dt><dd><code>{{number}}</code></dd></div>
    {{#entry}}<div><dt>{{t.appealEntry}}</dt><dd><code>{{entry}}</code></dd></div>{{/entry}}
    </dl>
    <p class="hint">{{t.appealProofTells}}</p>
    </section>
    </main>
    <footer>
    <p>{{t.appealFooter}}</p>
    </footer>
    </body>
    </html>

    """
}
