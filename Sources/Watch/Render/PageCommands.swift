// What is asked of the browser for a page, and what it answers; names as the protocol has them
// (chromedevtools.github.io/devtools-protocol).

enum PageCommands {
  struct Context: Encodable, Sendable {
    var disposeOnDetach = true
    var proxyServer: String
    // Nothing goes around the proxy: without this, loopback would.
    var proxyBypassList = "<-loopback>"
  }

  struct ContextID: Codable, Sendable {
    var browserContextId: String
  }

  struct Target: Encodable, Sendable {
    var url = "about:blank"
    var browserContextId: String
  }

  struct TargetID: Decodable, Sendable {
    var targetId: String
  }

  struct Attachment: Encodable, Sendable {
    var targetId: String
    var flatten = true
  }

  struct Session: Decodable, Sendable {
    var sessionId: String
  }

  struct Downloads: Encodable, Sendable {
    var behavior = "deny"
    var browserContextId: String
  }

  struct Switch: Encodable, Sendable {
    var enabled = true
  }

  struct Bypass: Encodable, Sendable {
    var bypass = true
  }

  struct Screen: Encodable, Sendable {
    var width = 1280
    var height = 900
    var deviceScaleFactor = 1
    var mobile = false
  }

  struct UserAgent: Encodable, Sendable {
    var userAgent: String
  }

  struct Navigation: Encodable, Sendable {
    var url: String
  }

  struct NavigationAnswer: Decodable, Sendable {
    var errorText: String?
    var isDownload: Bool?
  }

  struct Dialog: Encodable, Sendable {
    var accept = false
  }

  struct World: Encodable, Sendable {
    var frameId: String
    var worldName = "cordon"
  }

  struct WorldID: Decodable, Sendable {
    var executionContextId: Int
  }

  struct Evaluation: Encodable, Sendable {
    var expression: String
    var contextId: Int
    var returnByValue = true
    /// Milliseconds.
    var timeout = 3000
  }

  struct EvaluationAnswer: Decodable, Sendable {
    struct Object: Decodable, Sendable {
      var value: PageContent?
    }
    var result: Object
  }

  /// What the page is asked for at the end.
  struct PageContent: Decodable, Sendable {
    var url: String
    var elements: Int
    var height: Double
    var html: String?
  }

  struct Screenshot: Encodable, Sendable {
    struct Clip: Encodable, Sendable {
      var x = 0
      var y = 0
      var width = 1280
      var height: Int
      var scale = 1
    }
    var format = "png"
    var captureBeyondViewport = true
    var clip: Clip
  }

  struct Picture: Decodable, Sendable {
    /// Base 64.
    var data: String
  }

  struct Version: Decodable, Sendable {
    var product: String
    var userAgent: String
  }
}
