internal import Bytes
internal import IMAPClient
internal import IMAPCodec
internal import MailStore
internal import SASL
internal import SMTPClient

/// Signs in, looks around, and leaves. Nothing is changed on the servers, nothing written here.
struct MailboxProber: Sendable {
  let connector: Connector

  /// Folders whose state is asked one by one, where the server cannot tell all of them at once.
  static let statusMax = 50

  /// Errors: as for connecting a mailbox.
  func probe(
    _ request: ProbeRequest, _ credential: Credential
  ) async throws(ConnectFailure) -> MailboxProbe {
    let smtp = try request.smtp.map { (smtp) throws(ConnectFailure) in try smtp.candidates(for: .smtp) }
    let (imap, found) = try await MailboxVerifier.first(of: try request.imap.candidates(for: .imap)) {
      (settings) async throws(ConnectFailure) -> MailboxProbe in
      try await look(settings, credential)
    }
    var probe = found
    probe.imap = imap
    if let smtp {
      let (settings, octetsMax) = try await MailboxVerifier.first(of: smtp) {
        (settings) async throws(ConnectFailure) -> UInt64? in
        let connection = try await connector.smtp(settings, credential: credential)
        let size = connection.extensions["SIZE"]
        await connection.quit()
        // `SIZE 0` and `SIZE` alone: no fixed limit (RFC 1870 §4).
        return size.flatMap { ASCII.decimal(Array($0.utf8)) }.flatMap { $0 > 0 ? $0 : nil }
      }
      (probe.smtp, probe.submitOctetsMax) = (settings, octetsMax)
    }
    let files = ProviderFacts.filesSentMail(
      capabilities: Set(probe.capabilities), imapHost: imap.host, smtpHost: probe.smtp?.host ?? "")
    probe.sentFiling = files ? .provider : probe.sentFolder == nil ? .none : .append
    return probe
  }

  private func look(
    _ settings: ServerSettings, _ credential: Credential
  ) async throws(ConnectFailure) -> MailboxProbe {
    let connection = try await connector.imap(settings, credential: credential)
    do {
      let probe = try await Self.look(connection, settings)
      await connection.logout()
      return probe
    } catch {
      connection.close()
      throw ConnectFailure(error, settings: settings, step: .list)
    }
  }

  private nonisolated(nonsending) static func look(
    _ connection: IMAPConnection, _ settings: ServerSettings
  ) async throws(IMAPClientError) -> MailboxProbe {
    let listed = try await connection.listWithStatus()
    let entries = listed.map(\.entry)
    let folders = FolderRoles.listings(
      from: entries, hasLabels: ProviderFacts.hasLabels(capabilities: connection.capabilities))
    var states = Dictionary(listed.map { ($0.entry.name.wire, $0.status) }) { first, _ in first }
    var asked = 0
    for folder in folders where folder.syncs && states[folder.wireName] == .some(nil) && asked < statusMax {
      asked += 1
      do throws(IMAPClientError) {
        states[folder.wireName] = try await connection.status(MailboxName(wire: folder.wireName))
      } catch {
        guard error.isRefusal else { throw error }
      }
    }
    let sent = folders.first { $0.role == .sent }?.name
    return MailboxProbe(
      imap: settings, software: software(connection.profile.evidence.id),
      capabilities: connection.capabilities.sorted(), features: connection.profile.findings.map { .init($0) },
      quirks: connection.profile.quirks.map { .init($0) }, changesBy: changesBy(connection),
      newsBy: newsBy(connection),
      appendOctetsMax: try await appendOctetsMax(connection),
      folders: folders.map {
        .init(
          name: $0.name, role: $0.role, syncs: $0.syncs,
          messages: (states[$0.wireName] ?? nil).map { Int64($0.messages) })
      }, sentFiling: .none, sentFolder: sent)
  }

  private static func software(_ id: [String: String]) -> MailboxProbe.Software {
    func short(_ key: String) -> String? { id[key].map { String($0.prefix(200)) } }
    return .init(name: short("name"), version: short("version"), vendor: short("vendor"))
  }

  private static func changesBy(_ connection: IMAPConnection) -> MailboxProbe.ChangesBy {
    connection.uses("QRESYNC") ? .qresync : connection.uses("CONDSTORE") ? .condstore : .comparison
  }

  private static func newsBy(_ connection: IMAPConnection) -> MailboxProbe.NewsBy {
    guard connection.uses("IDLE") else { return .polling }
    return connection.uses("NOTIFY") ? .notify : .idle
  }

  /// The account's limit, or the inbox's own (RFC 7889).
  private nonisolated(nonsending) static func appendOctetsMax(
    _ connection: IMAPConnection
  ) async throws(IMAPClientError) -> UInt64? {
    if let limit = connection.appendLimit { return limit }
    guard connection.uses("APPENDLIMIT") else { return nil }
    do throws(IMAPClientError) {
      return try await connection.status(.inbox, sizes: true).appendLimit
    } catch {
      guard error.isRefusal else { throw error }
      return nil
    }
  }
}

extension MailboxProbe.Feature {
  init(_ finding: ServerProfile.Finding) {
    name = finding.feature
    reason = finding.reason
    source = finding.source
    decision =
      switch finding.decision {
      case .used: .used
      case .distrusted: .distrusted
      case .passedOver: .passedOver
      case .absent: .absent
      }
  }
}

extension MailboxProbe.Quirk {
  init(_ quirk: ServerQuirk) {
    (id, fact, source) = (quirk.id, quirk.fact, quirk.source)
    effect =
      switch quirk.effect {
      case .distrusts: .distrusts
      case .identifiesFirst: .identifiesFirst
      case .note: .note
      }
  }
}
