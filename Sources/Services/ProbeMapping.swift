internal import MailEngine
internal import MailStore
internal import PostroomAPI

extension APIMailboxProbe {
  init(_ p: MailboxProbe) {
    self.init(
      imap: APIServerSettings(p.imap), smtp: p.smtp.map { APIServerSettings($0) },
      software: Self.software(p.software),
      capabilities: p.capabilities, features: p.features.map { APIProbedFeature($0) },
      quirks: p.quirks.map { APIProbedQuirk($0) },
      changesBy: APIChangesBy(rawValue: p.changesBy.rawValue) ?? .comparison,
      newsBy: APINewsBy(rawValue: p.newsBy.rawValue) ?? .polling,
      appendOctetsMax: p.appendOctetsMax.map { Int64(clamping: $0) },
      submitOctetsMax: p.submitOctetsMax.map { Int64(clamping: $0) },
      folders: p.folders.map {
        APIProbedFolder(
          name: $0.name, role: $0.role.flatMap { APIFolderRole(rawValue: $0.rawValue) }, syncs: $0.syncs,
          messages: $0.messages)
      }, sentFiling: APISentFiling(rawValue: p.sentFiling.rawValue) ?? .none, sentFolder: p.sentFolder)
  }

  private static func software(_ s: MailboxProbe.Software) -> String? {
    let words = [s.vendor, s.name, s.version].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}

extension APIProbedFeature {
  init(_ f: MailboxProbe.Feature) {
    self.init(
      name: f.name, decision: APIFeatureDecision(rawValue: f.decision.rawValue) ?? .absent, reason: f.reason,
      source: f.source)
  }
}

extension APIProbedQuirk {
  init(_ q: MailboxProbe.Quirk) {
    self.init(
      id: q.id, effect: APIQuirkEffect(rawValue: q.effect.rawValue) ?? .note, fact: q.fact, source: q.source)
  }
}
