public import DomainNames
public import Egress
public import Enforcement

/// Which addresses belong to a site.
///
/// A whole host has its subdomains with it, as far as the public suffix list does not give them to
/// strangers; a part of a shared host has what lies below its path, and nothing else.
struct SiteScope: Sendable {
  private let site: Site
  private let suffixes: PublicSuffixes?

  init(_ site: Site, suffixes: PublicSuffixes?) {
    self.site = site
    self.suffixes = suffixes
  }

  func contains(_ url: WebURL) -> Bool {
    let port = url.port == 80 || url.port == 443 ? nil : url.port
    guard port == site.port, holds(url.host) else { return false }
    return url.path.utf8.starts(with: site.path.utf8) || "\(url.path)/" == site.path
  }

  private func holds(_ host: WebHost) -> Bool {
    guard case .name(let name) = host else { return host.description == site.host }
    if name == site.host { return true }
    guard site.isWholeHost, name.utf8.count > site.host.utf8.count + 1,
      name.utf8.reversed().starts(with: ".\(site.host)".utf8.reversed())
    else { return false }
    guard let suffixes, let inner = try? DomainName(presentation: name),
      let outer = try? DomainName(presentation: site.host)
    else { return name == "www.\(site.host)" }
    guard let domain = suffixes.registrableDomain(of: inner) else { return false }
    return domain == suffixes.registrableDomain(of: outer)
  }
}

extension Site {
  /// The site that a URL is of.
  ///
  /// `www.` is left out; on a host below which strangers have their pages, and which the public
  /// suffix list therefore names, the first segment of the path belongs to the site.
  ///
  /// - Parameters:
  ///   - url: the URL.
  ///   - suffixes: the public suffix list.
  ///   - wholeHost: whether the site is the whole host in any case.
  public init?(of url: WebURL, suffixes: PublicSuffixes?, wholeHost: Bool = false) {
    var host = url.host.description
    var path = "/"
    if case .name(let name) = url.host, let domain = try? DomainName(presentation: name) {
      let isShared = suffixes?.isPublicSuffix(domain) ?? false
      if isShared, !wholeHost, domain.labelCount > 1 {
        let segment = url.path.split(separator: "/").first
        path = segment.map { "/\($0)/" } ?? "/"
      }
      if host.hasPrefix("www."), domain.labelCount > 2 { host = String(host.dropFirst(4)) }
    }
    self.init(host: host, port: url.port, path: path)
  }
}
