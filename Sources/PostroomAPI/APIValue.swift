package import JSON
internal import JSONRPC

/// A type of the API's document, with its form on the wire.
package protocol APIValue: Sendable {
  /// Reads the next value.
  ///
  /// A type that callers send in refuses members it does not know, and values that break the document's
  /// rules; the error names the member with its path, like `to[2].email`. `null` for a member that may be
  /// absent counts as absent.
  init(from reader: inout JSONReader) throws(JSONError)

  /// Writes exactly one value. Members without a value are left out, and so are those of params that have
  /// their default value.
  func write(to writer: inout JSONWriter)
}

extension APIValue {
  /// Reads the whole of `bytes`.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var reader = try JSONReader(bytes)
    try self.init(from: &reader)
  }

  /// Compact JSON text.
  package var json: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.take()
  }
}

/// The parameters of a method.
package protocol APIParams: APIValue {
  /// Their names in the document's order, which is that of params by position; nil when they come by name only.
  static var parameterNames: [String]? { get }
}

/// One of a fixed set of words.
package protocol APIWord: APIValue, RawRepresentable, CaseIterable, Hashable where RawValue == String {}

extension APIWord {
  package init(from reader: inout JSONReader) throws(JSONError) {
    guard let word = Self(rawValue: try reader.string()) else {
      let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw .range(reader.key, expected: "one of \(words)")
    }
    self = word
  }

  package func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}

/// `value`, or the error that it is missing.
func present<T>(_ value: T?, _ name: String) throws(JSONError) -> T {
  guard let value else { throw .missing(name) }
  return value
}
