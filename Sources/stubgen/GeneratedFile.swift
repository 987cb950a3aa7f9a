/// A file as it must stand in the repository.
package struct GeneratedFile: Sendable {
  /// From the repository's root.
  package var path: String
  package var text: String

  static let swiftHead = [
    "// Generated from protocol/openrpc.json by stubgen. Do not edit.",
    "// swift-format-ignore-file",
  ]
}
