/// One step of signing in to a mailbox's servers, when it begins.
package struct ConnectStep: Sendable, Hashable {
  package let server: ConnectFailure.Server
  package let step: ConnectFailure.Step
  package let host: String
  package let port: UInt16
}

/// Told of each step before it is taken; the step waits for it.
package typealias ConnectWatcher = @Sendable (ConnectStep) async -> Void
