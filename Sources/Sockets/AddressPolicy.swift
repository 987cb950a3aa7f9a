/// Which of a host's addresses may be connected to.
///
/// It is asked about the very addresses that are given to connect(2), after the name was resolved,
/// and refuses the host as soon as one of them is refused: a name that points to both an allowed and
/// a forbidden address is an attack (DNS rebinding) rather than a choice.
package struct AddressPolicy: Sendable {
  package let permits: @Sendable (IPAddress) -> Bool

  package init(_ permits: @escaping @Sendable (IPAddress) -> Bool) { self.permits = permits }

  package static let any = AddressPolicy { _ in true }
  /// Only addresses of the open internet (``IPAddress/isPublic``).
  package static let publicOnly = AddressPolicy { $0.isPublic }
}
