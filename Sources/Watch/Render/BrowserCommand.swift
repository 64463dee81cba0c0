internal import Foundation

/// How the browser is started: which program, as whom, with what switched off.
struct BrowserCommand: Sendable, Hashable {
  /// Debian's places: the program itself before the script that starts it.
  static let usualPlaces = ["/usr/lib/chromium/chromium", "/usr/bin/chromium"]
  private static let setpriv = "/usr/bin/setpriv"

  /// The browser's program.
  var program: String
  /// The directory that holds all that it writes.
  var profile: String
  /// The user that it runs as where this process runs as root: a sandbox needs another.
  var user: String

  /// The program and its arguments.
  ///
  /// `setpriv` gives up root, sees to it that nothing the browser starts can gain a privilege, and
  /// asks the kernel to end it when the thread that started it ends.
  func arguments(isRoot: Bool) -> [String] {
    var command = [Self.setpriv, "--no-new-privs", "--pdeathsig", "KILL"]
    if isRoot { command += ["--reuid", user, "--regid", "nogroup", "--clear-groups"] }
    command += ["--", program] + Self.switches
    return command + ["--user-data-dir=\(profile)/profile", "about:blank"]
  }

  /// The whole environment: nothing of this process's own goes to the browser.
  var environment: [String] {
    [
      "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=\(profile)", "TMPDIR=\(profile)",
      "XDG_CONFIG_HOME=\(profile)", "XDG_CACHE_HOME=\(profile)", "XDG_RUNTIME_DIR=\(profile)",
      "DBUS_SESSION_BUS_ADDRESS=disabled:", "DBUS_SYSTEM_BUS_ADDRESS=disabled:",
    ]
  }

  /// Where it writes what goes wrong.
  var log: String { "\(profile)/browser.log" }

  private static let switches = [
    "--headless=new",
    // Spoken to by descriptors 3 and 4: no port that a page could reach.
    "--remote-debugging-pipe",
    // Each page's context has a proxy of its own; all else leads to a port where nothing listens.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    // No name is resolved by the browser, and no datagram leaves it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--no-pings",
    // Nothing happens but what the page does.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--password-store=basic",
    "--use-mock-keychain",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,"
      + "InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,"
      + "AutofillServerCommunication,PrivacySandboxSettings4,SpareRendererForSitePerProcess,"
      + "NetworkPrediction,WebUSB,WebBluetooth",
    // A page gets nothing that it asks the reader for.
    "--deny-permission-prompts",
    "--disable-notifications",
    "--disable-speech-api",
    "--disable-print-preview",
    "--block-new-web-contents",
    "--mute-audio",
    "--autoplay-policy=user-gesture-required",
    "--disable-gpu",
    "--disable-webgl",
    "--hide-scrollbars",
    "--window-size=1280,900",
    "--renderer-process-limit=4",
    "--js-flags=--max-old-space-size=512",
    "--disk-cache-size=1",
    "--media-cache-size=1",
    "--log-level=3",
  ]
}
