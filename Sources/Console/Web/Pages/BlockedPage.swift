extension Pages.Template {
  /// It stands alone: at a blocked name it can load nothing, not even our own style sheet.
  static let blockedText = """
    {{% CONTENT_TYPE:PAGE}}
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>451 · {{host}}</title>
    <style>\(StyleSheet.text)</style>
    </head>
    <body>
    <main>
    {{#sections}}
    <section lang="{{lang}}">
    <h1>{{title}}</h1>
    <p class="lead">{{lead}}</p>
    {{#headings}}
    <h2>{{.}}</h2>
    {{/headings}}
    {{#orders}}
    <dl class="facts">
    {{#facts}}
    <div><dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd></div>
    {{/facts}}
    </dl>
    <p><a class="button" href="{{address}}">{{read}}</a></p>
    <p><a href="{{contest}}">{{contestText}}</a></p>
    {{/orders}}
    {{#others}}
    <p><a href="{{address}}">{{text}}</a></p>
    {{/others}}
    </section>
    {{/sections}}
    </main>
    </body>
    </html>

    """
}
