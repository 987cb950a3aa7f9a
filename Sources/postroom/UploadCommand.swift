import ArgumentParser
import Foundation
import PostroomClient

struct UploadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload", abstract: "Files for mails to come.",
    discussion: """
      EXAMPLES:
        postroom upload offer.pdf
        postroom upload list
        postroom upload show up6
      """,
    subcommands: [UploadFile.self, ListUploads.self, ShowUpload.self, CancelUpload.self],
    defaultSubcommand: UploadFile.self)
}

struct ListUploads: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the files that no mail has had yet, and those that some have.",
    discussion: "EXAMPLE: postroom upload list")
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let all = try await client.upload.list().uploads
      if options.json { return all.forEach { Terminal.line($0.json) } }
      Terminal.table(
        ["ID", "STATE", "OCTETS", "UNTIL", "NAME"],
        all.map { [$0.id, "\($0.state)", "\($0.received)", $0.expiresAt, $0.name] })
    }
  }
}

struct ShowUpload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show how far a file is.", discussion: "EXAMPLE: postroom upload show up6")
  @Argument(help: "The upload's id.") var upload: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let now = try await client.upload.get(uploadId: upload)
      Terminal.line(options.json ? now.json : UploadFile.line(now))
    }
  }
}

struct CancelUpload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Take a file back before a mail has it.",
    discussion: "EXAMPLE: postroom upload cancel up6")
  @Argument(help: "The upload's id.") var upload: String
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      try await client.upload.cancel(uploadId: upload)
      if !options.json { Terminal.line("\(upload) is gone.") }
    }
  }
}

struct UploadFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "file",
    abstract: "Give a file to the server, for mails to come.",
    discussion: """
      Prints the upload's id, by which mail.send attaches it, for as many mails as wanted. The same command again goes \
      on where the first one was cut off, or answers the upload that is there. One that no mail has goes after 7 days.

      EXAMPLE: postroom upload offer.pdf
      """)

  @Argument(help: "The file.") var file: String
  @Option(help: "Its media type; told by name and content when not given.") var type: String?
  @Option(help: ArgumentHelp("Go on with this upload.", valueName: "upload-id")) var resume: String?
  @OptionGroup var options: ServerOptions

  func run() async throws {
    try await options.run { client in
      let upload = try await AttachedFile(file, type: type).upload(
        client, resuming: resume, showsProgress: !options.json)
      Terminal.line(options.json ? upload.json : Self.line(upload))
    }
  }

  static func line(_ upload: Upload) -> String {
    "\(Terminal.bold(upload.id))  \(Terminal.safeLine(upload.name))  \(upload.type)  "
      + "\(upload.received) octets  until \(upload.expiresAt)"
  }
}
