extension Pages.Template {
  static let transparencyText = """
    {{% CONTENT_TYPE:PAGE}}
    {{<layout}}
    {{$title}}{{t.transparencyTitle}}{{/title}}
    {{$main}}
    <h1>{{t.transparencyTitle}}</h1>
    <p class="lead">{{t.transparencyIntroduction}}</p>
    <section aria-labelledby="totals">
    <h2 id="totals">{{t.totals}}</h2>
    <dl class="totals">
    {{#totals}}
    <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
    {{/totals}}
    </dl>
    </section>
    {{#accounts}}
    {{#platforms}}
    <section>
    <h2><bdi>{{heading}}</bdi></h2>
    <dl class="totals">
    {{#totals}}
    <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
    {{/totals}}
    </dl>
    </section>
    {{/platforms}}
    <p><a href="/transparency/accounts.json">{{t.accountsLink}}</a></p>
    {{/accounts}}
    <section aria-labelledby="list">
    <h2 id="list">{{t.listHeading}}</h2>
    {{#any}}
    <div class="scroll" role="region" aria-labelledby="list" tabindex="0">
    <table>
    <thead><tr><th scope="col">{{t.order}}</th><th scope="col">{{t.state}}</th><th scope="col">{{t.authority}}</th><th scope="col">{{t.from}}</th><th scope="col">{{t.until}}</th><th scope="col" class="number">{{t.names}}</th></tr></thead>
    <tbody>
    {{#orders}}
    <tr><th scope="row"><a href="{{href}}"><bdi>{{reference}}</bdi></a></th><td><span class="state {{stateClass}}">{{state}}</span></td><td class="words"><bdi>{{authority}}</bdi></td><td><time datetime="{{fromMoment}}">{{from}}</time></td><td><time datetime="{{untilMoment}}">{{until}}</time></td><td class="number">{{names}}</td></tr>
    {{/orders}}
    </tbody>
    </table>
    </div>
    {{/any}}
    {{^any}}
    <p>{{t.noOrders}}</p>
    {{/any}}
    {{#paged}}
    <nav class="pages" aria-label="{{t.pages}}">
    {{#firstHref}}<a href="{{firstHref}}">{{t.firstPage}}</a>{{/firstHref}}
    {{#nextHref}}<a href="{{nextHref}}" rel="next">{{t.nextPage}}</a>{{/nextHref}}
    </nav>
    {{/paged}}
    </section>
    <p><a href="/transparency/orders.json">{{t.asJSON}}</a> · <a href="/log/checkpoint">{{t.checkpointLink}}</a></p>
    {{/main}}
    {{/layout}}

    """
}
