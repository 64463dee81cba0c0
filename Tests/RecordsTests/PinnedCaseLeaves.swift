/// The leaf of one event of each kind about sites and cases, made as those of ``PinnedLeaves``.
enum PinnedCaseLeaves {
  static let siteWatched = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"0d5acfba9d01d57dbdadcdceecaf7596e68ea2e34da5c8b787\
    2229ca152e0117","site":"27e54ee33c54e2f237fcbd2681f3e4bbe76d51a9fc6be5f60f602d27e8ac\
    278a"},"data":{},"kind":"site.watched","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","t\
    ime":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let siteDropped = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"11f59fe39ef0dd0de671f6629f06a1ade621a8333ef8e56457\
    a235d52a670cd3","site":"27e54ee33c54e2f237fcbd2681f3e4bbe76d51a9fc6be5f60f602d27e8ac\
    278a"},"data":{},"kind":"site.dropped","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","t\
    ime":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let findingMade = """
    {"actor":"system","commitments":{"address":"8aa0930bee8116103e384116a75396da61f6b23f\
    0783fb541fe670c0c9e06bda","evidence":"39e920d93a008795c579488cb7e3cd4c49373845358659\
    76637aaf121090c07b","site":"27e54ee33c54e2f237fcbd2681f3e4bbe76d51a9fc6be5f60f602d27\
    e8ac278a","url":"5315840f9d5070c4817a363d85e59bf670df48213fda63e0854e5c1057a2adff"},\
    "data":{"capture":{"file":"a.warc.gz","offset":512,"payload":"cdcdcdcdcdcdcdcdcdcdcd\
    cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"},"case":"c-20180823-1","category":"venue\
    ","evidence":"abababababababababababababababababababababababababababababababab","fol\
    lows":"c-20180801-2","language":"zh-Hans","packs":["crypto-trading@1"],"score":934,"\
    seen":"2018-08-23T11:59:00Z"},"kind":"finding.made","nonce":"5a5a5a5a5a5a5a5a5a5a5a5\
    a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let findingMadePlain = """
    {"actor":"system","commitments":{"evidence":"14ab4aef07adb6569a52cabce43433e2ac4a57d\
    34c7c905a3a917d3074b5c49a","site":"446bfbc3dedfa3982b4ff9b6677e1bcd93ce5b9e480c1a569\
    82eca46c0331d48","url":"b08c338ade245b144eb741b3feaa1d0e2a81f31152718fe2b4191ef60c9f\
    dd2f"},"data":{"case":"c-20180823-1","category":"token-sale","evidence":"abababababa\
    babababababababababababababababababababababababababab","packs":[],"score":1000,"seen\
    ":"2018-08-23T11:59:00Z"},"kind":"finding.made","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5\
    a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let caseReviewed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","remark":"8665b8521f73098394a75881e7d90d840626e91c4b959accb3\
    5f30937bb38e87"},"data":{"case":"c-20180823-1","evidence":"ababababababababababababa\
    bababababababababababababababababababab"},"kind":"case.reviewed","nonce":"5a5a5a5a5a\
    5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let noticePrepared = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","letters":"69479c7667f4b716ff6a08e24273147556ac524f6587131a2\
    1940a5c87ab09ee","rule":"c074724359b38e57d7a794e60a443d153c387c7430e39073aaf2d46e9bb\
    e204e"},"data":{"case":"c-20180823-1","deadline":"2018-09-06T12:00:00Z","evidence":"\
    abababababababababababababababababababababababababababababababab","language":"en","n\
    otice":1,"recipients":1},"kind":"notice.prepared","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5\
    a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let noticeSent = """
    {"actor":"system","commitments":{"reply":"2e123cc3c8212fe0a87d801a8101cccd87c1fcb189\
    2cddf7424bff910c053ba4"},"data":{"case":"c-20180823-1","notice":1,"recipient":2},"ki\
    nd":"notice.sent","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:0\
    0:00.250Z","version":1}
    """
  static let noticeFailed = """
    {"actor":"system","commitments":{"reason":"65744ac59151391a1f4dd8a22b3019546be5ee6cf\
    2203e1c865f44743029ca97"},"data":{"case":"c-20180823-1","notice":1,"recipient":2},"k\
    ind":"notice.failed","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T1\
    2:00:00.250Z","version":1}
    """
  static let caseDue = """
    {"actor":"system","commitments":{},"data":{"case":"c-20180823-1","due":"2018-08-23T0\
    0:00:00Z"},"kind":"case.due","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018\
    -08-23T12:00:00.250Z","version":1}
    """
  static let caseRechecked = """
    {"actor":"system","commitments":{"detail":"a962384802f36f746f46750588fba9776370f9a51\
    ab95a306b603829fea59dca"},"data":{"capture":{"file":"a.warc.gz","offset":512,"payloa\
    d":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"},"case":"c-201\
    80823-1","outcome":"present","seen":"2018-08-23T11:59:00Z"},"kind":"case.rechecked",\
    "nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","versio\
    n":1}
    """
  static let caseRecheckedPlain = """
    {"actor":"system","commitments":{"detail":"8f2c5bd2a97306ad6ef88bf939cae7643d9b48cee\
    e50276de3e05a7222948107"},"data":{"case":"c-20180823-1","outcome":"unreachable","see\
    n":"2018-08-23T11:59:00Z"},"kind":"case.rechecked","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a\
    5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let caseResolved = """
    {"actor":"system","commitments":{"reason":"5f4e3119709666ad9a696d07e9e443fd95b4cf926\
    f7a147cea2037942548661d"},"data":{"case":"c-20180823-1"},"kind":"case.resolved","non\
    ce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1\
    }
    """
  static let caseReferred = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"6e96a1af7d229bba4c2253be8a39ccc990ba7237c191905a09\
    cab28b8e19a283"},"data":{"case":"c-20180823-1","evidence":"ababababababababababababa\
    bababababababababababababababababababab"},"kind":"case.referred","nonce":"5a5a5a5a5a\
    5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let caseDismissed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"123907dd8d73db26a631a175902cbf05eed63d0a08c56cbaca\
    1e42ffd98955f7"},"data":{"case":"c-20180823-1","evidence":"ababababababababababababa\
    bababababababababababababababababababab"},"kind":"case.dismissed","nonce":"5a5a5a5a5\
    a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
}
