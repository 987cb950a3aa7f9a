internal import Bytes
internal import JSON
internal import JSONRPC
package import MailEngine
package import MailStore
internal import PostroomAPI

/// What every service works with.
package struct House: Sendable {
  package let store: any MailStoring
  package let engine: MailEngine
  package let clock: any EngineClock
  /// Called when a token was revoked; returns when what was open under it has ended.
  let tokenRevoked: @Sendable () async -> Void

  package init(
    store: any MailStoring, engine: MailEngine, clock: any EngineClock,
    tokenRevoked: @escaping @Sendable () async -> Void = {}
  ) {
    self.store = store
    self.engine = engine
    self.clock = clock
    self.tokenRevoked = tokenRevoked
  }

  package var now: Timestamp { clock.now }

  /// The caller's tenant. Methods of services are never called without a principal.
  func tenant(_ context: CallContext) throws(RPCError) -> TenantID {
    guard let text = context.principal?.tenantID, let id = TenantID(text: text) else {
      throw RPCError(.sessionRequired, "Sign in first: session.open with a token.")
    }
    return id
  }
}

/// Reads ids off the wire; the generated types have checked their form, so nil means out of range.
func id<ID: RowID>(_ text: String, _ unknown: APIReason) throws(RPCError) -> ID {
  guard let id = ID(text: text) else { throw RPCError(unknown, "There is no \(text).") }
  return id
}

func id<ID: RowID>(_ text: String?, _ unknown: APIReason) throws(RPCError) -> ID? {
  guard let text else { return nil }
  return try id(text, unknown) as ID
}

func time(_ text: String?, _ name: StaticString) throws(RPCError) -> Timestamp? {
  guard let text else { return nil }
  guard let time = APITime.milliseconds(text) else {
    throw RPCError(
      .paramsInvalid, "\(name) is not a time such as 2026-11-23T09:30:00.000Z.", ["name": .string("\(name)")])
  }
  return Timestamp(milliseconds: time)
}

func wireTime(_ time: Timestamp) -> String { APITime.text(milliseconds: time.milliseconds) }

func limit(_ given: Int64?, _ usual: Int = 50) -> Int { given.map { Int(clamping: $0) } ?? usual }

/// The opaque places where pages end: base64 of a short text.
enum PageCursor {
  static func make(_ parts: Int64...) -> String {
    Base64.encodeString(parts.map(String.init).joined(separator: ":").utf8)
  }

  /// nil when there is no cursor; an error when it is not one of ours with `count` numbers.
  static func read(_ text: String?, count: Int) throws(RPCError) -> [Int64]? {
    guard let text else { return nil }
    let numbers = Base64.decode(text.utf8).map { bytes in
      bytes.split(separator: 0x3A, omittingEmptySubsequences: false).map {
        Int64(String(decoding: $0, as: UTF8.self))
      }
    }
    guard let numbers, numbers.count == count, !numbers.contains(nil) else {
      throw RPCError(.paramsCursor, "This cursor was not given by this method. Begin without one.")
    }
    return numbers.compactMap(\.self)
  }
}
