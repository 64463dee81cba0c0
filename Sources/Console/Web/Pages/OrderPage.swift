extension Pages.Template {
  static let orderText = """
    {{% CONTENT_TYPE:PAGE}}
    {{<layout}}
    {{$title}}{{title}}{{/title}}
    {{$main}}
    <h1><bdi>{{title}}</bdi></h1>
    <p class="lead"><strong class="state {{stateClass}}">{{state}}</strong> {{tells}}</p>
    <dl class="facts">
    {{#facts}}
    <div><dt>{{label}}</dt><dd>{{#moment}}<time datetime="{{moment}}">{{value}}</time>{{/moment}}{{#code}}<code>{{value}}</code>{{/code}}{{#plain}}<bdi>{{value}}</bdi>{{/plain}}</dd></div>
    {{/facts}}
    </dl>
    <p class="jump"><a href="#contest">{{t.contestHeading}}</a></p>

    <section aria-labelledby="names">
    <h2 id="names">{{t.namesHeading}}</h2>
    <p>{{count}}</p>
    <div class="scroll" role="region" aria-labelledby="names" tabindex="0">
    <table>
    <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.reach}}</th></tr></thead>
    <tbody>
    {{#targets}}
    <tr><td><code>{{name}}</code>{{#unicode}} <span class="unicode"><bdi>{{unicode}}</bdi></span>{{/unicode}}</td><td class="cover">{{reach}}</td></tr>
    {{/targets}}
    </tbody>
    </table>
    </div>
    {{#paged}}
    <nav class="pages" aria-label="{{t.pages}}">
    {{#firstHref}}<a href="{{firstHref}}">{{t.firstPage}}</a>{{/firstHref}}
    {{#nextHref}}<a href="{{nextHref}}" rel="next">{{t.nextPage}}</a>{{/nextHref}}
    </nav>
    {{/paged}}
    </section>

    <section aria-labelledby="history">
    <h2 id="history">{{t.historyHeading}}</h2>
    <div class="scroll" role="region" aria-labelledby="history" tabindex="0">
    <table>
    <thead><tr><th scope="col">{{t.time}}</th><th scope="col">{{t.event}}</th><th scope="col" class="number">{{t.entry}}</th></tr></thead>
    <tbody>
    {{#history}}
    <tr><td><time datetime="{{moment}}">{{value}}</time></td><td>{{event}}</td><td class="number">{{entry}}</td></tr>
    {{/history}}
    </tbody>
    </table>
    </div>
    <p>{{contests}}</p>
    </section>

    <section aria-labelledby="contest">
    <h2 id="contest">{{t.contestHeading}}</h2>
    {{>contest-form}}
    </section>

    {{#proof}}
    <section aria-labelledby="proof">
    <h2 id="proof">{{t.proofHeading}}</h2>
    <p>{{introduction}}</p>
    <ol>
    <li>{{t.proofStepLeaf}}</li>
    <li>{{t.proofStepBundle}}</li>
    <li>{{t.proofStepKey}}</li>
    </ol>
    <h3>{{t.proofLeafHash}}</h3>
    <pre class="wrap">{{hash}}</pre>
    <h3>{{t.proofKey}}</h3>
    <pre class="wrap">{{key}}</pre>
    <details>
    <summary>{{t.proofLeaf}}</summary>
    <pre class="wrap">{{leaf}}</pre>
    </details>
    <details>
    <summary>{{t.proofBundle}}</summary>
    <pre>{{bundle}}</pre>
    </details>
    <p><a href="{{jsonHref}}">{{t.asJSON}}</a></p>
    </section>
    {{/proof}}
    {{/main}}
    {{/layout}}

    """
}
