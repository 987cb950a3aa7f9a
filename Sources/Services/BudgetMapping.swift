internal import MailEngine
internal import PostroomAPI

extension APIProviderUse {
  init(_ use: AccountUse) {
    self.init(
      connections: Int64(use.connections), connectionsMax: Int64(use.connectionsMax),
      octetsRead: use.octetsRead,
      octetsPerDayMax: use.octetsPerDayMax)
  }
}

extension APIMailHostUse {
  init(_ use: HostUse) {
    self.init(
      host: use.host, connections: Int64(use.connections),
      connectionsMax: use.connectionsMax.map { Int64($0) },
      waiting: Int64(use.waiting), signIns: Int64(use.signIns),
      signInsPerMinuteMax: Int64(use.signInsPerMinuteMax))
  }
}
