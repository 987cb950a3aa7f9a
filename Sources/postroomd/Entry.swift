import Isolation

/// The server, or one of the processes that it starts of itself to read mail.
@main
enum Entry {
  static func main() async {
    if ReaderChild.isAsked(CommandLine.arguments) { ReaderChild.run() }
    await Postroomd.main()
  }
}
