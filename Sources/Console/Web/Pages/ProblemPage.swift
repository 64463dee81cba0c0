extension Pages.Template {
  static let problemText = """
    {{% CONTENT_TYPE:PAGE}}
    {{<layout}}
    {{$title}}{{title}}{{/title}}
    {{$main}}
    <h1>{{title}}</h1>
    <p class="lead">{{detail}}</p>
    <p class="hint">{{status}}</p>
    <p><a href="{{ordersHref}}">{{t.backToOrders}}</a></p>
    {{/main}}
    {{/layout}}

    """
}
