package import Bytes
package import HTTPClient
package import Sockets

/// A connection to a web server, and until when it was to be made.
package struct HTTPConnection: Sendable {
  package let stream: any ByteStream
  package let deadline: Deadline
}

/// Connects to web servers as the engine's options allow (decision 44): the address is judged at the connect, the
/// certificate verified.
package struct WebDialer: Sendable {
  private let policy: AddressPolicy
  private let tls: TLSClientContext

  package init(policy: AddressPolicy, tls: TLSClientContext) {
    self.policy = policy
    self.tls = tls
  }

  package func connect(_ address: WebAddress, seconds: Int64) async throws(StreamError) -> HTTPConnection {
    let deadline = Deadline.after(seconds: seconds)
    let plain = try await Dialer.connect(
      .tcp(host: address.host, port: address.port), policy: policy, deadline: deadline)
    guard address.isSecure else { return HTTPConnection(stream: plain, deadline: deadline) }
    do throws(StreamError) {
      return HTTPConnection(
        stream: try await tls.wrap(plain, hostName: address.host, deadline: deadline), deadline: deadline)
    } catch {
      plain.close()
      throw error
    }
  }
}
