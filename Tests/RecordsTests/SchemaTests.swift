import Testing

@testable import Records

@Suite("Schema") struct SchemaTests {
  @Test func `every view has a place in the comparison`() {
    for table in Schema.viewTables { #expect(Schema.views.contains("CREATE TABLE \(table) ")) }
  }
}
