extension Pages.Template {
  /// The text of the template.
  ///
  /// Each begins with the pragma that has all it fills in shown as plain text: a template within
  /// another does not take that over.
  var text: String {
    switch self {
    case .layout: Self.layoutText
    case .order: Self.orderText
    case .transparency: Self.transparencyText
    case .contest: Self.contestText
    case .contestForm: Self.contestFormText
    case .thanks: Self.thanksText
    case .blocked: Self.blockedText
    case .problem: Self.problemText
    case .appeal: Self.appealText
    case .report: Self.reportText
    }
  }

  private static let layoutText = """
    {{% CONTENT_TYPE:PAGE}}
    <!doctype html>
    <html lang="{{lang}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{$title}}{{/title}} · {{t.siteName}}</title>
    <link rel="stylesheet" href="/style.css">
    </head>
    <body>
    <a class="skip" href="#main">{{t.skipLink}}</a>
    <header>
    <a class="home" href="{{ordersHref}}">{{t.siteName}}</a>
    <nav aria-label="{{t.navigation}}">
    <a href="{{ordersHref}}">{{t.ordersLink}}</a>
    <a href="{{contestHref}}">{{t.contestLink}}</a>
    <a href="{{otherHref}}" lang="{{otherLang}}" hreflang="{{otherLang}}">{{t.otherLanguage}}</a>
    </nav>
    </header>
    <main id="main">
    {{$main}}{{/main}}
    </main>
    <footer>
    <p>{{t.footer}}</p>
    </footer>
    </body>
    </html>

    """
}
