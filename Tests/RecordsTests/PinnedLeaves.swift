/// The leaf of one event of each kind: salts and nonce of 0x5A, made by another program.
///
/// What is hashed never changes. A test that fails here says that old records cannot be verified any
/// more: give the new form a new version instead.
enum PinnedLeaves {
  static let recordOpened = """
    {"actor":"system","commitments":{},"data":{"origin":"log.example/test"},"kind":"reco\
    rd.opened","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.25\
    0Z","version":1}
    """
  static let personAdded = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","person":"fd0b7f918ad61773dff8093ce7ad5912894afb76b839682ccf\
    98634df6e8892b","token":"a21cf22cc933d4ded00a5b6ede8dc11c0be2d1a806dcfeebe0efd569047\
    cf50e"},"data":{"role":"officer"},"kind":"person.added","nonce":"5a5a5a5a5a5a5a5a5a5\
    a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let tokenReplaced = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","person":"fd0b7f918ad61773dff8093ce7ad5912894afb76b839682ccf\
    98634df6e8892b","token":"a21cf22cc933d4ded00a5b6ede8dc11c0be2d1a806dcfeebe0efd569047\
    cf50e"},"data":{},"kind":"person.token-replaced","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a\
    5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderReceived = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3"},"data":{"answer":"nxdomain","authority":"Example Financial \
    Supervisor","basis":"Payment Services Act s. 12(3)","effective":"2018-08-24T00:00:00\
    Z","expires":"2019-08-24T00:00:00Z","issued":"2018-08-23T00:00:00Z","mode":"block","\
    order":"o-20180823-1","order_version":1,"origin":"authority","reference":"IFRR-2018-\
    117","source":{"bytes":1024,"format":"json","sha256":"ababababababababababababababab\
    ababababababababababababababababab"}},"kind":"order.received","nonce":"5a5a5a5a5a5a5\
    a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderReceivedFull = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","contact":"bb3812d8aecabc8288ce7eda108718feaed670c1f8a5ffe77\
    f9e9c8db3aa9035","note":"27fcc14f60cbf8b99cdaa782b1bc6dd4bd3ed38ddd72252872491e4d1dd\
    5932a"},"data":{"answer":"address","authority":"Example Financial Supervisor","basis\
    ":"Payment Services Act s. 12(3)","deadline":"2018-08-25T00:00:00Z","effective":"201\
    8-08-24T00:00:00Z","expires":"2019-08-24T00:00:00Z","issued":"2018-08-23T00:00:00Z",\
    "jurisdiction":"SG","mode":"observe","order":"o-20180823-1","order_version":1,"origi\
    n":"operator","reference":"IFRR-2018-117","source":{"bytes":1024,"format":"json","sh\
    a256":"abababababababababababababababababababababababababababababababab"}},"kind":"o\
    rder.received","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:0\
    0.250Z","version":1}
    """
  static let orderAmended = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3"},"data":{"answer":"nxdomain","authority":"Example Financial \
    Supervisor","basis":"Payment Services Act s. 12(3)","difference":{"added":3,"kept":1\
    ,"removed":2},"effective":"2018-08-24T00:00:00Z","expires":"2019-08-24T00:00:00Z","i\
    ssued":"2018-08-23T00:00:00Z","mode":"block","order":"o-20180823-1","order_version":\
    2,"origin":"authority","reference":"IFRR-2018-117","source":{"bytes":1024,"format":"\
    json","sha256":"abababababababababababababababababababababababababababababababab"}},\
    "kind":"order.amended","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23\
    T12:00:00.250Z","version":1}
    """
  static let orderAssessed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3"},"data":{"order":"o-20180823-1","order_version":1,"tally":{"\
    accept":5,"duplicate":4,"hold":1,"quarantine":2,"refuse":3},"targets_root":"cdcdcdcd\
    cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"},"kind":"order.assessed","\
    nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version\
    ":1}
    """
  static let settledAccepted = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"8665b8521f73098394a75881e7d90d840626e91c4b959accb3\
    5f30937bb38e87"},"data":{"line":"12.2","order":"o-20180823-1","order_version":1,"out\
    come":"accepted"},"kind":"order.line-settled","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5\
    a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let settledDropped = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"8665b8521f73098394a75881e7d90d840626e91c4b959accb3\
    5f30937bb38e87"},"data":{"line":"12","order":"o-20180823-1","order_version":1,"outco\
    me":"dropped"},"kind":"order.line-settled","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a\
    ","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let settledRead = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","name":"1ea6d32e9e3572af9f7417092c07299a9129a3e0901cd22a64c1\
    17cc5e894a91","reason":"8665b8521f73098394a75881e7d90d840626e91c4b959accb35f30937bb3\
    8e87"},"data":{"line":"12","order":"o-20180823-1","order_version":1,"outcome":"read"\
    ,"scope":"subtree"},"kind":"order.line-settled","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5\
    a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderConfirmed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3"},"data":{"order":"o-20180823-1","order_version":1},"kind":"o\
    rder.confirmed","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:\
    00.250Z","version":1}
    """
  static let orderInForce = """
    {"actor":"system","commitments":{},"data":{"due":"2018-08-24T00:00:00Z","order":"o-2\
    0180823-1","order_version":1},"kind":"order.in-force","nonce":"5a5a5a5a5a5a5a5a5a5a5\
    a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderSuspended = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"c69ca0b5b03f8ba024ae6c54f77876a8098a20277dd9d87331\
    b720f079af7d5f"},"data":{"order":"o-20180823-1"},"kind":"order.suspended","nonce":"5\
    a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderResumed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"397fbd3432e6e3c19ea5b592d49b75d7ba1058d60bd6cfe0c8\
    748bfc4af52960"},"data":{"order":"o-20180823-1"},"kind":"order.resumed","nonce":"5a5\
    a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderRevoked = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"054a70862f8926f1b3e0a07639bb54d70fb9f948242bedae65\
    da56f7bcc1cc5e"},"data":{"order":"o-20180823-1"},"kind":"order.revoked","nonce":"5a5\
    a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
  static let orderExpired = """
    {"actor":"system","commitments":{},"data":{"due":"2019-08-24T00:00:00Z","order":"o-2\
    0180823-1"},"kind":"order.expired","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time"\
    :"2018-08-23T12:00:00.250Z","version":1}
    """
  static let linePaused = """
    {"actor":"system","commitments":{},"data":{"counted":1000,"line":"12.2","matched":30\
    0,"order":"o-20180823-1","order_version":1,"seconds":60},"kind":"order.line-paused",\
    "nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","versio\
    n":1}
    """
  static let lineResumed = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"3f74a8c8343771acc90878a16112e0fc4e8b50740f91bd4ac5\
    bc472f8f522d42"},"data":{"line":"12.2","order":"o-20180823-1","order_version":1},"ki\
    nd":"order.line-resumed","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-\
    23T12:00:00.250Z","version":1}
    """
  static let actionRefused = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","text":"8be897c634792340c27a4252d762da35a764023b22fb117e096e\
    3883f707af79"},"data":{"action":"order.confirm","code":"same-officer","order":"o-201\
    80823-1"},"kind":"action.refused","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":\
    "2018-08-23T12:00:00.250Z","version":1}
    """
  static let actionRefusedPlain = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","text":"1ddf4c7c0f1bc3b5601af3dc8d1f1d211d37a2678c42444d6117\
    f2578a85d6ef"},"data":{"action":"user.add","code":"not-allowed"},"kind":"action.refu\
    sed","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","v\
    ersion":1}
    """
  static let clockCorrected = """
    {"actor":"person","commitments":{"actor":"085f34149046fc938b26068d23a2650a848fd6bb38\
    c2638e5773f07ec44316a3","reason":"e1da33aa455402b406ee3de6b4f4ce7666067e3fe71cfb2d18\
    fca21649574485"},"data":{"from":"2030-01-01T00:00:00Z"},"kind":"clock.corrected","no\
    nce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":\
    1}
    """
  static let contestReceived = """
    {"actor":"system","commitments":{"contact":"40903436e91d4878f23147a01461b25ea279\
    233c4ea93fa032cc63d3055afb31","name":"d1088d5f7dc98a3ee3ce632a0344ceb35c847c1045\
    132842c0503370bc98061c","statement":"b5e97609bd4e97ab49386d9b956f183ec11b9ef8261\
    e5fb06c8593c12cd76bc7"},"data":{"order":"o-20180823-1"},"kind":"contest.received\
    ","nonce":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","\
    version":1}
    """
  static let contestReceivedPlain = """
    {"actor":"system","commitments":{"statement":"92735b997608e726a58698bdf702808373\
    4d92ea4f0d047c1166d00016f65e56"},"data":{},"kind":"contest.received","nonce":"5a\
    5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","time":"2018-08-23T12:00:00.250Z","version":1}
    """
}
