import ArgumentParser
import MailEngine
import Sockets

/// Which addresses mail servers may have: their names come from callers, who must not reach this machine's own
/// network through it.
struct MailHostOptions: ParsableArguments {
  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Also mail servers on this machine and in private networks (10.0.0.0/8 and the like), at any port."))
  var allowPrivateHosts = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also mail servers in this network, at any port; may be given again.", valueName: "address/bits"))
  var allowHosts: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Also this port, besides 25, 143, 465, 587 and 993; may be given again.", valueName: "port"))
  var mailPort: [UInt16] = []

  func validate() throws {
    for text in allowHosts where AddressBlock(text) == nil {
      throw ValidationError("--allow-hosts '\(text)' is no network, such as 10.1.0.0/16 or fd12:3456::/32.")
    }
  }

  var policy: AddressPolicy {
    .servers(
      ports: EngineOptions.mailPorts.union(mailPort), blocks: allowHosts.compactMap { AddressBlock($0) },
      allowsPrivate: allowPrivateHosts)
  }
}
