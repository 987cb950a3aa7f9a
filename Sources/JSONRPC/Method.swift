package import JSON

/// How a method is answered.
///
/// The params are an object or an array, already validated; `{}` when the call has none. An array comes only
/// to methods without ``Method/parameters``. A member `_meta` of an object is still in them, for the handler to
/// skip. What a handler answers must be one JSON value.
package enum MethodHandler: Sendable {
  /// Answered on the connection's own task: for what only looks up. It must not block, and what it writes
  /// is one value.
  case inline(
    @Sendable (_ params: inout JSONReader, _ result: inout JSONWriter, _ context: CallContext)
      throws(RPCError)
      -> Void)
  /// Answered by a child task, which is cancelled with the call, by its deadline, or with the connection.
  case call(@Sendable (_ params: [UInt8], _ context: CallContext) async throws(RPCError) -> [UInt8])
  /// The call is answered with `{subscription}` before the handler runs; then what the handler sends
  /// follows as `rpc.next`, and when it returns or throws, `rpc.end`.
  case stream(
    @Sendable (_ params: [UInt8], _ context: CallContext, _ sink: StreamSink) async throws(RPCError) -> Void)
  /// The same, and the caller sends values too, each direction with credit of its own.
  case exchange(
    @Sendable (_ params: [UInt8], _ context: CallContext, _ source: StreamSource, _ sink: StreamSink)
      async throws(RPCError) -> Void)
}

extension MethodHandler {
  var isStream: Bool {
    switch self {
    case .inline, .call: false
    case .stream, .exchange: true
    }
  }
}

package struct Method: Sendable {
  package let name: String
  /// What the principal must be allowed; nil when the method answers anybody.
  package let scope: String?
  /// Doing it twice is the same as doing it once: clients may repeat it after a lost connection.
  package let idempotent: Bool
  /// The names of the params in the order in which a caller may give them in an array, which then becomes an
  /// object; nil when the handler takes arrays as they are. Plain ASCII without quotes and backslashes.
  package let parameters: [String]?
  package let handler: MethodHandler

  package init(
    name: String, scope: String?, idempotent: Bool, parameters: [String]? = nil, handler: MethodHandler
  ) {
    self.name = name
    self.scope = scope
    self.idempotent = idempotent
    self.parameters = parameters
    self.handler = handler
  }
}

/// The methods of a server by name; the last of two with the same name counts.
///
/// `session.open` and everything that begins with `rpc.` are the server's own and cannot be replaced.
package struct MethodTable: Sendable {
  package private(set) var methods: [Method] = []
  /// Indices into ``methods`` plus one, by hash; 0 is a free slot. The length is a power of two, and at
  /// least a half is free.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 16)

  package init(_ methods: [Method] = []) {
    for method in methods { add(method) }
  }

  package mutating func add(_ method: Method) {
    if let index = index(of: Array(method.name.utf8)) {
      methods[index] = method
      return
    }
    methods.append(method)
    if methods.count * 2 > slots.count {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for index in methods.indices { insert(index) }
    } else {
      insert(methods.count - 1)
    }
  }

  package subscript(name: String) -> Method? { index(of: Array(name.utf8)).map { methods[$0] } }

  func index(of name: [UInt8]) -> Int? { name.withUnsafeBufferPointer { index(of: $0) } }

  /// The place of `name` in ``methods``. Names are compared as octets.
  func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    var slot = Self.hash(name) & (slots.count - 1)
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if methods[index].name.utf8.elementsEqual(name) { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func insert(_ index: Int) {
    var name = methods[index].name
    var slot = name.withUTF8 { Self.hash($0) } & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(index + 1)
  }

  /// FNV-1a. The table is ours, not the peers': nobody can make it collide.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var h: UInt64 = 0xCBF2_9CE4_8422_2325
    for c in name { h = (h ^ UInt64(c)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: h >> 1)
  }
}
