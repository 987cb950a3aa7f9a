import Bytes
import Foundation
import Glibc
import PostroomClient
import Sockets
import Testing

/// Callers that TLS tells by their certificates, which openssl has made; spoken to by curl, openssl and our own client.
@Suite(.timeLimit(.minutes(2))) struct ClientCertificateTests {
  /// A server of TLS in the folder of a stage, with what openssl has made there.
  private struct House {
    let server: Postroomd
    let folder: String

    init(_ stage: Stage, _ name: String, _ options: [String]) async throws {
      folder = stage.folder
      if !FileManager.default.fileExists(atPath: folder + "/ca.pem") {
        let made = try await Program.run(
          "/bin/sh", ["-c", "cd \"$1\" && \"$2\"", "sh", folder, Place.tests + "/Servers/certificates"],
          folder: folder)
        guard made.status == 0 else { throw Failed("no certificates: \(made.errors)") }
      }
      let data = "\(folder)/\(name)"
      let tls =
        ["--tls-certificate", "server.pem", "--tls-key", "server.key", "--tls-client-ca", "ca.pem"] + options
      server = try await Postroomd(
        try stage.start(
          try Place.built("postroomd"),
          ["--data", data, "--listen", "127.0.0.1:0"]
            + tls.map { $0.hasSuffix(".pem") || $0.hasSuffix(".key") ? "\(stage.folder)/\($0)" : $0 }),
        data: data)
    }

    /// What curl says to one call: its exit status, HTTP's status, the answer.
    func curl(_ certificate: String?, token: String? = nil, scheme: String = "https") async throws
      -> (exit: Int32, status: String, body: String)
    {
      var arguments = ["-s", "--max-time", "10", "-w", "\n%{http_code}", "--cacert", folder + "/ca.pem"]
      if let certificate {
        arguments += ["--cert", "\(folder)/\(certificate).pem", "--key", "\(folder)/\(certificate).key"]
      }
      if let token { arguments += ["-H", "Authorization: Bearer \(token)"] }
      arguments += ["-H", "Content-Type: application/json", "-d", ClientCertificateTests.list]
      let port = server.tcp.split(separator: ":").last ?? ""
      let out = try await Program.run(
        "/usr/bin/curl", arguments + ["\(scheme)://localhost:\(port)/rpc"], folder: folder)
      var lines = out.output.split(separator: "\n", omittingEmptySubsequences: false)
      let status = String(lines.popLast() ?? "")
      return (out.status, status, lines.joined(separator: "\n"))
    }

    /// Calls as the user who runs the server.
    func owner(_ method: String, _ params: [String: Any]) async throws -> [String: Any] {
      let wire = try await Wire(unix: server.unixPath)
      defer { wire.close() }
      let call: [String: Any] = ["jsonrpc": "2.0", "id": 1, "method": method, "params": params]
      try await wire.send(String(decoding: try JSONSerialization.data(withJSONObject: call), as: UTF8.self))
      return try await wire.answer()
    }

    /// - Returns: the id of the token, and the certificate's digest as the server tells it.
    func register(_ certificate: String) async throws -> (id: String, sha256: String) {
      let pem = try String(contentsOfFile: "\(folder)/\(certificate).pem", encoding: .utf8)
      let answer = try await owner(
        "token.addCertificate", ["name": certificate, "scopes": ["read"], "certificate": pem])
      guard let token = answer["result"] as? [String: Any], let id = token["id"] as? String,
        let digest = token["certificateSha256"] as? String
      else { throw Failed("not registered: \(answer)") }
      return (id, digest)
    }

    func connect(_ certificate: String) async throws -> Wire {
      let context = try TLSClientContext(
        caFile: folder + "/ca.pem",
        identity: (
          certificateChainFile: "\(folder)/\(certificate).pem", privateKeyFile: "\(folder)/\(certificate).key"
        ))
      let port = UInt16(server.tcp.split(separator: ":").last ?? "") ?? 0
      let plain = try await Dialer.connect(
        .tcp(host: "127.0.0.1", port: port), deadline: .after(seconds: 10))
      return Wire(try await context.wrap(plain, hostName: "localhost", deadline: .after(seconds: 10)))
    }
  }

  private static let list = #"{"jsonrpc":"2.0","id":1,"method":"mailbox.list"}"#

  @Test func `a caller is who its certificate says, and nobody comes in without a good one`() async throws {
    try await withStage { stage in
      let house = try await House(stage, "data", ["--tls-client-required", "--tls-client-crl", "crl.pem"])
      let (id, sha256) = try await house.register("good")
      let shown = try await Program.run(
        "/usr/bin/openssl", ["x509", "-in", stage.folder + "/good.pem", "-noout", "-fingerprint", "-sha256"],
        folder: stage.folder)
      #expect(
        shown.output.split(separator: "=").last?.filter(\.isHexDigit).lowercased() == sha256,
        "\(shown.output)")
      let good = try await house.curl("good")
      #expect(good.status == "200" && good.body.contains("\"mailboxes\":[]"), "\(good)")
      try await Self.speakOurClient(house)
      // Of the right authority, and registered for nobody.
      let second = try await house.curl("second")
      #expect(second.status == "401" && second.body.contains("session.required"), "\(second)")
      #expect(try await house.curl("second", token: house.server.token).status == "200")
      for bad in ["expired", "foreign", "revoked", nil] {
        let refused = try await house.curl(bad, token: house.server.token)
        #expect(refused.exit != 0 && refused.status == "000", "\(bad ?? "none"): \(refused)")
      }
      // Nor without TLS, though it comes from this machine.
      #expect(try await house.curl(nil, token: house.server.token, scheme: "http").status == "000")
      let log = try await eventually("the refusals are in the log", within: .seconds(10)) {
        let log = house.server.program.errors
        // The last of them.
        return log.contains("certificate missing") ? log : nil
      }
      for word in [
        "expired", "untrusted", "revoked", "certificate missing", "token.addCertificate registers it",
      ] {
        #expect(log.contains(word), "\(word): \(log)")
      }
      try await Self.speakTLS12(house, stage)
      try await Self.revoke(id, house)
      try await house.server.stop()
    }
  }

  private static func speakOurClient(_ house: House) async throws {
    var options = PostroomClient.Options()
    options.caFile = house.folder + "/ca.pem"
    options.certificate = (chainFile: house.folder + "/good.pem", keyFile: house.folder + "/good.key")
    let url = "postrooms://localhost:\(house.server.tcp.split(separator: ":").last ?? "")"
    let client = try await PostroomClient.connect(to: url, options: options)
    #expect(try await client.mailbox.list().mailboxes.isEmpty)
    await client.close()
    options.certificate = nil
    await #expect(throws: PostroomError.self) {
      let client = try await PostroomClient.connect(to: url, token: house.server.token, options: options)
      _ = try await client.mailbox.list()
    }
  }

  /// Before TLS 1.3 the certificate travels otherwise.
  private static func speakTLS12(_ house: House, _ stage: Stage) async throws {
    let port = house.server.tcp.split(separator: ":").last ?? ""
    // The server ends the connection behind its answer, and so does openssl.
    let command = """
      printf 'POST /rpc HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\nContent-Type: application/json\\r\\n\
      Content-Length: \(list.utf8.count)\\r\\n\\r\\n%s' '\(list)' | timeout 20 openssl s_client -quiet -tls1_2 \
      -connect localhost:\(port) -CAfile ca.pem -verify_return_error -cert "$1.pem" -key "$1.key"
      """
    for (name, isGood) in [("good", true), ("foreign", false), ("expired", false)] {
      let out = try await Program.run(
        "/bin/sh", ["-c", "cd \"$0\" && { \(command); }", stage.folder, name], folder: stage.folder)
      #expect(out.output.contains("\"mailboxes\"") == isGood, "\(name): \(out)")
    }
  }

  /// What is open under a certificate ends when it is revoked, before the revocation is answered.
  private static func revoke(_ id: String, _ house: House) async throws {
    let wire = try await house.connect("good")
    try await wire.send(#"{"jsonrpc":"2.0","id":1,"method":"events.subscribe","params":{}}"#)
    #expect(try await wire.answer()["result"] != nil)
    let revoked = try await house.owner("token.revoke", ["tokenId": id])
    #expect(revoked["result"] != nil, "\(revoked)")
    func reason(_ error: Any?) -> String? {
      ((error as? [String: Any])?["data"] as? [String: Any])?["reason"] as? String
    }
    let end = try await wire.answer()
    #expect(end["method"] as? String == "rpc.end", "\(end)")
    #expect(reason((end["params"] as? [String: Any])?["error"]) == "token.invalid", "\(end)")
    try await wire.send(list)
    #expect(reason(try await wire.answer()["error"]) == "token.invalid")
    wire.close()
    let again = try await house.curl("good")
    #expect(again.status == "401" && again.body.contains("session.required"), "\(again)")
  }

  @Test func `a certificate may be left out where none is required, and a bad one is refused still`()
    async throws
  {
    try await withStage { stage in
      let house = try await House(stage, "data", [])
      _ = try await house.register("good")
      // Without a list of the revoked nobody knows that it is one.
      _ = try await house.register("revoked")
      #expect(try await house.curl("good").status == "200")
      #expect(try await house.curl("revoked").status == "200")
      #expect(try await house.curl(nil).status == "401")
      #expect(try await house.curl(nil, token: house.server.token).status == "200")
      #expect(try await house.curl(nil, token: house.server.token, scheme: "http").status == "200")
      #expect(try await house.curl("foreign", token: house.server.token).exit != 0)
      try await house.server.stop()
    }
  }

  @Test func `options that do not fit together, and files that cannot be used, end the start`() async throws {
    try await withStage { stage in
      let house = try await House(stage, "data", [])
      try await house.server.stop()
      let tls = [
        "--tls-certificate", stage.folder + "/server.pem", "--tls-key", stage.folder + "/server.key",
      ]
      let rows: [(options: [String], status: Int32, says: String)] = [
        (["--tls-client-ca", "ca.pem"], 64, "--tls-client-ca needs --tls-certificate"),
        (tls + ["--tls-client-required"], 64, "--tls-client-required needs --tls-client-ca"),
        (tls + ["--tls-client-crl", "crl.pem"], 64, "--tls-client-crl needs --tls-client-ca"),
        (tls + ["--tls-client-ca", "/none.pem"], 69, "/none.pem"),
        (["--socket-mode", "888"], 64, "octal"), (["--socket-mode", "1777"], 64, "octal"),
        (["--socket-group", "0"], 64, "--socket-group needs --socket"),
        (
          ["--socket", stage.folder + "/s", "--socket-group", "no-such-group"], 69, "no group 'no-such-group'"
        ),
      ]
      for row in rows {
        let out = try await stage.start(
          try Place.built("postroomd"),
          ["--data", stage.folder + "/data", "--listen", "127.0.0.1:0"] + row.options
        ).wait(atMost: .seconds(20))
        #expect(out.status == row.status && out.errors.contains(row.says), "\(row.options): \(out)")
      }
    }
  }

  @Test(
    arguments: [(nil, nil, 0o600), ("640", nil, 0o640), (nil, "65534", 0o660), ("666", "65534", 0o666)]
      as [(String?, String?, mode_t)])
  func `the Unix socket has the mode and group asked for, and its group needs a token`(
    _ mode: String?, _ group: String?, _ want: mode_t
  ) async throws {
    guard getuid() == 0 else { return }
    try await withStage { stage in
      let (data, path) = (stage.folder + "/data", stage.folder + "/s")
      var arguments = ["--data", data, "--listen", "127.0.0.1:0", "--socket", path]
      if let mode { arguments += ["--socket-mode", mode] }
      if let group { arguments += ["--socket-group", group] }
      let server = try await Postroomd(try stage.start(try Place.built("postroomd"), arguments), data: data)
      var info = stat()
      #expect(stat(path, &info) == 0 && info.st_mode & 0o777 == want)
      #expect(info.st_uid == 0 && info.st_gid == gid_t(group ?? "0"))
      // As a user of that group: may connect when the mode says so, and is nobody before session.open.
      let script = """
        import os, socket, sys
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
        s = socket.socket(socket.AF_UNIX)
        try: s.connect(sys.argv[1])
        except PermissionError: sys.exit("denied")
        s.sendall(b'{"jsonrpc":"2.0","id":1,"method":"mailbox.list"}\\n')
        print(s.makefile().readline())
        """
      let out = try await Program.run(Place.python, ["-c", script, path], folder: stage.folder)
      if group == nil {
        #expect(out.errors.contains("denied"), "\(out)")
      } else {
        #expect(out.output.contains("session.required"), "\(out)")
      }
      try await server.stop()
    }
  }
}
