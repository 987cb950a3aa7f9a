extension Charset {
  /// Opens the converter of every character set once, so that none is looked for on the disk afterwards.
  ///
  /// For a process that is about to give up opening files. Takes some milliseconds.
  package static func prepareAll() {
    for label in preparedLabels { _ = Charset(label: Array(label.utf8)).decode([0x41, 0xE4]) }
  }

  /// One label at least of each set that iconv decodes.
  private static var preparedLabels: [String] {
    let pages = [437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 1125, 1251]
    return iconvLabels + (1...16).map { "iso-8859-\($0)" } + pages.map { "cp\($0)" }
      + pages.map { "ibm\($0)" }
      + ["windows-874", "cp932", "cp936", "cp949", "cp950"]
  }
}
