internal import Gate

/// The gate's doors for streams.
struct DoorConfiguration: Sendable {
  /// What clients may hold open.
  let limits: StreamLimits
  /// The encrypted doors; nil where no certificate is set.
  var encryption: EncryptedDoors?
  /// Where the encrypted doors would be, with a certificate.
  let tls: [ListenAddress]
  let https: [ListenAddress]

  /// The same doors with a certificate, where none is set.
  func encrypted(with files: CertificateFiles) -> DoorConfiguration {
    guard encryption == nil else { return self }
    var doors = self
    doors.encryption = EncryptedDoors(files: files, tls: tls, https: https)
    return doors
  }
}

extension SettingReader {
  /// The settings of the doors.
  func doors() throws(ConfigurationFault) -> DoorConfiguration {
    let tls = try each("gate.tls.listen", ListenAddress.init, "no address with a port")
    let https = try each("gate.https.listen", ListenAddress.init, "no address with a port")
    return DoorConfiguration(
      limits: StreamLimits(
        connections: number("gate.streams.connections"),
        connectionsPerClient: number("gate.streams.connections_per_client"),
        queriesPerConnection: number("gate.streams.queries_per_connection"),
        idle: .seconds(number("gate.streams.idle_seconds"))),
      encryption: try certificate().map { EncryptedDoors(files: $0, tls: tls, https: https) },
      tls: tls, https: https)
  }

  private func certificate() throws(ConfigurationFault) -> CertificateFiles? {
    switch (optional("gate.tls.certificate"), optional("gate.tls.key")) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return CertificateFiles(certificate: certificate, key: key)
    case (let certificate?, nil):
      throw fault("gate.tls.certificate", certificate, "of no use without gate.tls.key")
    case (nil, let key?):
      throw fault("gate.tls.key", key, "of no use without gate.tls.certificate")
    }
  }
}
