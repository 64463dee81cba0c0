extension RDAPRecord {
  /// Whom a record of a name gives.
  ///
  /// The registrar and its abuse desk, nested or not; the technical and the administrative contact
  /// as operator. The registrant is left alone: it is often a person, or a service that hides one.
  func contactsOfName(source: String) -> [Contact] {
    var contacts: [Contact] = []
    for entity in entities {
      if entity.roles.contains("registrar") || entity.roles.contains("reseller") {
        for desk in entity.descendants where desk.roles.contains("abuse") {
          contacts += desk.contacts(.registrar, .abuse, of: entity, source)
        }
        contacts += entity.contacts(
          .registrar, entity.roles.contains("abuse") ? .abuse : .general, of: entity, source)
      } else if entity.roles.contains("registrant") {
        continue
      } else if entity.roles.contains("abuse") {
        contacts += entity.contacts(.registrar, .abuse, of: entity, source)
      } else if entity.roles.contains("technical") {
        contacts += entity.contacts(.operator, .technical, of: entity, source)
      } else if entity.roles.contains("administrative") {
        contacts += entity.contacts(.operator, .administrative, of: entity, source)
      }
    }
    return contacts
  }

  /// The registrar's name.
  var registrarName: String? { entities.first { $0.roles.contains("registrar") }?.title }

  /// Whom a record of a network gives: the abuse desk, wherever it is nested, and who runs it.
  func contactsOfNetwork(source: String) -> [Contact] {
    entities.flatMap { entity -> [Contact] in
      let holder = entity.roles.contains("registrant") ? entity : nil
      return ([entity] + entity.descendants).flatMap { other -> [Contact] in
        guard let role = other.networkRole else { return [] }
        return other.contacts(.host, role, of: holder ?? other, source)
      }
    }
  }

  /// The name of who holds the network.
  var holderName: String? {
    entities.first { $0.roles.contains("registrant") }?.title ?? name
  }
}

extension RDAPEntity {
  /// All entities below this one.
  fileprivate var descendants: [RDAPEntity] { entities.flatMap { [$0] + $0.descendants } }

  /// What an entity is to a network; nil for who is not written to.
  fileprivate var networkRole: ContactRole? {
    if roles.contains("abuse") { return .abuse }
    if roles.contains("registrant") { return nil }
    if roles.contains("technical") || roles.contains("noc") { return .technical }
    if roles.contains("administrative") { return .administrative }
    return nil
  }

  fileprivate func contacts(
    _ scope: ContactScope, _ role: ContactRole, of owner: RDAPEntity, _ source: String
  ) -> [Contact] {
    card.addresses.map { address in
      Contact(
        address: address, scope: scope, role: role, organization: owner.title ?? title,
        telephone: card.telephone, source: source)
    }
  }
}
