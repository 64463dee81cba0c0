extension Pages.Template {
  static let contestText = """
    {{% CONTENT_TYPE:PAGE}}
    {{<layout}}
    {{$title}}{{t.contestTitle}}{{/title}}
    {{$main}}
    <h1>{{t.contestTitle}}</h1>
    {{>contest-form}}
    {{/main}}
    {{/layout}}

    """

  static let contestFormText = """
    {{% CONTENT_TYPE:PAGE}}
    {{#fault}}
    <div class="fault" role="alert" id="fault"><strong>{{title}}</strong> {{detail}}</div>
    {{/fault}}
    <p>{{t.contestIntroduction}}</p>
    <form method="post" action="{{action}}">
    {{#orderFixed}}
    <input type="hidden" name="order" value="{{orderValue}}">
    {{/orderFixed}}
    {{^orderFixed}}
    <p class="field">
    <label for="field-order">{{t.fieldOrder}} <span class="hint">({{t.optional}})</span></label>
    <span class="hint" id="hint-order">{{t.hintOrder}}</span>
    <input id="field-order" name="order" value="{{orderValue}}" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="hint-order"{{#orderFault}} aria-invalid="true" aria-errormessage="fault"{{/orderFault}}>
    </p>
    {{/orderFixed}}
    <p class="field">
    <label for="field-name">{{t.fieldName}} <span class="hint">({{t.optional}})</span></label>
    <span class="hint" id="hint-name">{{t.hintName}}</span>
    <input id="field-name" name="name" value="{{nameValue}}" maxlength="1000" inputmode="url" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="hint-name"{{#nameFault}} aria-invalid="true" aria-errormessage="fault"{{/nameFault}}>
    </p>
    <p class="field">
    <label for="field-statement">{{t.fieldStatement}} <span class="hint">({{t.required}})</span></label>
    <span class="hint" id="hint-statement">{{t.hintStatement}}</span>
    <textarea id="field-statement" name="statement" rows="7" maxlength="4000" required aria-describedby="hint-statement"{{#statementFault}} aria-invalid="true" aria-errormessage="fault"{{/statementFault}}>
    {{statementValue}}</textarea>
    </p>
    <p class="field">
    <label for="field-contact">{{t.fieldContact}} <span class="hint">({{t.optional}})</span></label>
    <span class="hint" id="hint-contact">{{t.hintContact}}</span>
    <input id="field-contact" name="contact" type="email" value="{{contactValue}}" maxlength="254" autocomplete="email" aria-describedby="hint-contact"{{#contactFault}} aria-invalid="true" aria-errormessage="fault"{{/contactFault}}>
    </p>
    <p class="hint">{{t.contestPrivacy}}</p>
    <p><button type="submit">{{t.send}}</button></p>
    </form>

    """

  static let thanksText = """
    {{% CONTENT_TYPE:PAGE}}
    {{<layout}}
    {{$title}}{{t.thanksTitle}}{{/title}}
    {{$main}}
    <h1>{{t.thanksTitle}}</h1>
    <p class="lead">{{t.thanksIntroduction}}</p>
    <dl class="facts">
    <div><dt>{{t.yourReference}}</dt><dd class="big">{{number}}</dd></div>
    <div><dt>{{t.receivedAt}}</dt><dd><time datetime="{{moment}}">{{received}}</time></dd></div>
    </dl>
    <section aria-labelledby="next">
    <h2 id="next">{{t.nextHeading}}</h2>
    <ul>
    <li>{{t.nextRead}}</li>
    <li>{{t.nextInForce}}</li>
    <li>{{answer}}</li>
    <li>{{t.nextKeep}}</li>
    </ul>
    </section>
    <p>{{#orderHref}}<a href="{{orderHref}}">{{t.backToOrder}}</a>{{/orderHref}}{{^orderHref}}<a href="{{ordersHref}}">{{t.backToOrders}}</a>{{/orderHref}}</p>
    {{/main}}
    {{/layout}}

    """
}
