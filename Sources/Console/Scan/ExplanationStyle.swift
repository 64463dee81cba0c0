/// How an explained page looks.
enum ExplanationStyle {
  static let sheet = """
    :root{color-scheme:light dark;--ink:#1d2024;--soft:#636b74;--line:#d9dde2;--paper:#fff;
    --ground:#f4f5f7;--for:#ffe08a;--for-ink:#8a5a00;--against:#bfe3f2;--against-ink:#0b5c7a;
    --about:#e9ebee;--finding:#b3261e;--clear:#2c6e49}
    @media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#98a1aa;--line:#343a41;
    --paper:#1c2024;--ground:#121518;--for:#5c4708;--for-ink:#ffd35c;--against:#123f50;
    --against-ink:#7fd0ee;--about:#2a2f35;--finding:#ff8a80;--clear:#7ed3a3}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);
    font:16px/1.6 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC",sans-serif}
    section{max-width:76rem;margin:0 auto;padding:2rem 1.25rem}
    section+section{border-top:1px solid var(--line)}
    header{margin-bottom:1.5rem}
    header p,header h1{margin:0}
    .category{display:inline-block;font-weight:700;font-size:1.5rem;line-height:1.3}
    .finding .category{color:var(--finding)}
    .clear .category{color:var(--clear)}
    .score{color:var(--soft);display:inline-block;margin-left:1rem}
    .bar{display:inline-block;width:8rem;height:.6rem;border-radius:.3rem;background:var(--line);
    overflow:hidden;vertical-align:baseline;margin-right:.25rem}
    .bar span{display:block;height:100%;background:currentColor}
    .finding .bar span{background:var(--finding)}
    .clear .bar span{background:var(--clear)}
    h1{font-size:1rem;font-weight:600;overflow-wrap:anywhere;margin-top:.35rem!important}
    .title{font-size:1rem}
    .address{color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
    .columns{display:grid;grid-template-columns:minmax(0,1fr) 23rem;gap:1.5rem;align-items:start}
    article,aside{background:var(--paper);border:1px solid var(--line);border-radius:.5rem}
    article{padding:1.25rem 1.5rem;white-space:pre-wrap;overflow-wrap:anywhere;max-width:48rem}
    aside{padding:1rem;position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto}
    h2{font-size:.875rem;margin:0 0 .5rem;color:var(--soft);font-weight:600}
    .mark{color:inherit;text-decoration:none;border-radius:.2rem;padding:.05em .15em;
    box-decoration-break:clone;-webkit-box-decoration-break:clone}
    .mark.for{background:var(--for)}
    .mark.against{background:var(--against)}
    .mark.about{background:var(--about)}
    .mark sup{font-size:.65em;color:var(--soft);margin-left:.15em;line-height:0}
    .mark:target{outline:2px solid var(--ink)}
    ol{list-style:none;margin:0;padding:0}
    li{border-top:1px solid var(--line)}
    li:first-child{border-top:0}
    li:target{background:var(--about)}
    li a{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:.5rem;
    padding:.45rem .25rem;color:inherit;text-decoration:none;font-size:.875rem;line-height:1.4}
    li a:hover,li a:focus{background:var(--ground)}
    .signal{font-weight:600;overflow-wrap:anywhere}
    .weight{font-variant-numeric:tabular-nums;text-align:right}
    .scale{grid-column:1/-1;height:.3rem;background:linear-gradient(90deg,transparent calc(50% - .5px),
    var(--line) calc(50% - .5px) calc(50% + .5px),transparent 0);margin:.15rem 0;display:block}
    .scale span{display:block;height:100%;border-radius:.15rem}
    .scale .for{margin-left:50%;background:var(--for-ink)}
    .scale .against{margin-left:auto;margin-right:50%;background:var(--against-ink)}
    q{grid-column:1/-1;quotes:none;color:var(--ink);overflow-wrap:anywhere}
    .place,.note{color:var(--soft);font-size:.75rem}
    .place{grid-column:1/-1}
    .note{line-height:1.5;margin:.75rem 0 0}
    @media (max-width:60rem){.columns{grid-template-columns:minmax(0,1fr)}
    aside{position:static;max-height:none}}
    @media print{aside{position:static;max-height:none}}
    """
}
