import ArgumentParser
import Isolation

/// The server, or one of the processes that it starts of itself to read mail.
@main
enum Entry {
  static func main() async {
    if ReaderChild.isAsked(CommandLine.arguments) { ReaderChild.run() }
    if Maintenance.isAsked(CommandLine.arguments) { return await Maintenance.main() }
    await Postroomd.main()
  }
}
