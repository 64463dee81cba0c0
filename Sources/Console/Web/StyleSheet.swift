/// How pages look: one small sheet, light and dark, for phones and paper too.
///
/// It holds nothing that HTML escapes, so that it can stand in a page as it is.
enum StyleSheet {
  static let text = """
    :root {
      color-scheme: light dark;
      --ground: #fcfcfb; --panel: #f3f4f5; --ink: #1b1e23; --faint: #59616c; --line: #d9dde2;
      --link: #0a4f9e; --on-link: #ffffff; --good: #0b6b3a; --warn: #8a5300; --bad: #a4161a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #14171b; --panel: #1d2228; --ink: #e7e9ec; --faint: #a4adb8; --line: #343b44;
        --link: #8cc0f7; --on-link: #10151b; --good: #6fd49b; --warn: #f0b45a; --bad: #ff8f8f;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 0 1rem 2rem; max-width: 52rem;
      background: var(--ground); color: var(--ink);
      font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "PingFang SC",
        "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
      overflow-wrap: break-word;
    }
    a { color: var(--link); text-underline-offset: .15em; }
    a:focus-visible, button:focus-visible, input:focus-visible, textarea:focus-visible,
    summary:focus-visible, .scroll:focus-visible {
      outline: 3px solid var(--link); outline-offset: 2px;
    }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem; }
    header {
      display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline;
      justify-content: space-between; padding: 1rem 0 .75rem; border-bottom: 1px solid var(--line);
    }
    .home { color: inherit; font-weight: 650; text-decoration: none; }
    header nav, .pages { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
    header nav a, .pages a { padding: .35rem 0; }
    h1 { font-size: 1.65rem; line-height: 1.25; margin: 1.75rem 0 .5rem; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.25rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
    .lead { font-size: 1.1rem; margin-top: .25rem; }
    .state {
      display: inline-block; padding: 0 .5em; border: 1px solid; border-radius: .3em;
      font-size: .9em; font-weight: 600; color: var(--faint); white-space: nowrap;
    }
    .state.in-force { color: var(--good); }
    .state.confirmed, .state.suspended { color: var(--warn); }
    dl { margin: 1rem 0; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .facts div { padding: .45rem 0; border-bottom: 1px solid var(--line); }
    .facts dt { color: var(--faint); font-size: .9rem; }
    .facts .big { font-size: 1.65rem; font-weight: 650; }
    .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; }
    .totals div {
      display: flex; flex-direction: column-reverse; justify-content: flex-end;
      background: var(--panel); border-radius: .5rem; padding: .6rem .8rem;
    }
    .totals dt { color: var(--faint); font-size: .9rem; line-height: 1.35; }
    .totals dd { font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
    .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    th, td { padding: .45rem .75rem; text-align: start; vertical-align: top; }
    thead th { background: var(--panel); color: var(--faint); font-size: .9rem; white-space: nowrap; }
    tbody tr + tr { border-top: 1px solid var(--line); }
    tbody th { font-weight: 600; min-width: 9rem; }
    td time { white-space: nowrap; }
    .words { min-width: 12rem; }
    .number { text-align: end; }
    .unicode { color: var(--faint); }
    code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: .9rem; }
    td code { overflow-wrap: anywhere; }
    .cover { white-space: nowrap; }
    pre { overflow-x: auto; margin: .25rem 0 1rem; padding: .75rem; background: var(--panel); border-radius: .5rem; }
    pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
    details { border-top: 1px solid var(--line); }
    details:last-of-type { border-bottom: 1px solid var(--line); }
    summary { padding: .6rem 0; cursor: pointer; font-weight: 600; }
    .hint { color: var(--faint); font-size: .9rem; }
    .field { display: grid; gap: .15rem; margin: 1rem 0; }
    label { font-weight: 600; }
    label .hint { font-weight: 400; }
    input, textarea, button { font: inherit; color: inherit; }
    input, textarea {
      width: 100%; padding: .55rem .65rem; background: var(--ground);
      border: 1px solid var(--faint); border-radius: .4rem;
    }
    textarea { resize: vertical; }
    [aria-invalid] { border: 2px solid var(--bad); }
    .fault {
      margin: 1rem 0; padding: .75rem 1rem; border: 1px solid var(--bad);
      border-inline-start-width: .4rem; border-radius: .4rem;
    }
    .fault strong { display: block; color: var(--bad); }
    button, .button {
      display: inline-block; padding: .6rem 1.25rem; border: 0; border-radius: .4rem;
      background: var(--link); color: var(--on-link); font-weight: 600; text-decoration: none;
      cursor: pointer;
    }
    blockquote { margin: .75rem 0; padding: .1rem 1rem; border-inline-start: .25rem solid var(--line); }
    blockquote p { margin: .5rem 0; overflow-wrap: anywhere; }
    .message { margin: 1rem 0; padding: .25rem 1rem; border-radius: .5rem; background: var(--panel); }
    .message.house { border-inline-start: .25rem solid var(--link); }
    .message p { margin: .4rem 0; overflow-wrap: anywhere; }
    .message h3 .hint { font-weight: 400; }
    .done { padding: .6rem 1rem; border: 1px solid var(--good); border-radius: .4rem; color: var(--good); }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .9rem; }
    section[lang] + section[lang] { margin-top: 2.5rem; border-top: 1px solid var(--line); }
    @media (min-width: 38rem) {
      .facts div { display: grid; grid-template-columns: 12rem 1fr; gap: 1rem; }
    }
    .told { border-top: 2px solid var(--line); margin-top: 2rem; }
    .told h2 { margin-top: 1rem; }
    .told .facts div { padding: .25rem 0; }
    .quotes q { margin-inline-end: .75rem; overflow-wrap: anywhere; }
    @page { size: A4; margin: 18mm 15mm; }
    @media print {
      :root {
        color-scheme: light;
        --ground: #ffffff; --panel: #f3f4f5; --ink: #000000; --faint: #444444; --line: #bbbbbb;
        --link: #000000; --good: #000000; --warn: #000000; --bad: #000000;
      }
      header nav, form, .skip, .jump, .pages { display: none; }
      .scroll { overflow: visible; }
      .report { max-width: none; padding: 0; font-size: 10pt; line-height: 1.4; }
      .report .facts div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; }
      .report .facts dt, .report .hint { font-size: 9pt; }
      .report code { font-size: 8.5pt; }
      h2, h3 { break-after: avoid; }
      .facts div, blockquote, li { break-inside: avoid; }
      footer { margin-top: 1.5rem; }
    }
    """
}
