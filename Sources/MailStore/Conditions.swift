internal import GRDB

/// A WHERE clause in the making. Texts are ours; whatever a caller gave is bound.
struct Conditions {
  private(set) var sql: [String] = []
  private(set) var values: [any Bindable] = []

  mutating func add(_ condition: String, _ values: any Bindable...) {
    sql.append(condition)
    self.values += values
  }

  mutating func add(_ condition: String, list values: [any Bindable]) {
    sql.append(condition)
    self.values += values
  }

  var text: String { sql.joined(separator: " AND ") }
}
