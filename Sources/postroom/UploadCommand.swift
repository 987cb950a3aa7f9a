import ArgumentParser
import Foundation
import PostroomClient

struct UploadFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload",
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
      Terminal.line(
        options.json
          ? upload.json
          : "\(Terminal.bold(upload.id))  \(Terminal.safeLine(upload.name))  \(upload.type)  "
            + "\(upload.received) octets  until \(upload.expiresAt)")
    }
  }
}
