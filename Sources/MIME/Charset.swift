internal import Bytes

/// A character set that a mail may name (RFC 2045, RFC 2978), as it is decoded here.
///
/// Labels are read as browsers read them: `iso-8859-1` means windows-1252, `gb2312` means GB 18030. UTF-8,
/// windows-1250 to -1258 and ISO 8859-1 and -15 are decoded here, the others by iconv, which is only ever
/// given names of the table.
package struct Charset: Hashable, Sendable {
  private enum Way: Hashable {
    /// UTF-8 if the octets are valid as such, else windows-1252.
    case unlabelled
    case utf8
    /// A set of ``CodePage``: 1250 to 1258.
    case windows(Int)
    case latin9
    case iconv(String)
  }

  private let way: Way

  /// Whether the label was in the table.
  package let isKnown: Bool

  private init(_ way: Way, isKnown: Bool = true) {
    self.way = way
    self.isKnown = isKnown
  }

  package static let utf8 = Charset(.utf8)
  package static let windows1252 = Charset(.windows(1252))
  /// What to take when nothing or nothing known is named.
  package static let unlabelled = Charset(.unlabelled, isKnown: false)

  /// - Parameter label: as a header has it; case, quotes and white space around it do not matter.
  package init(label: some Collection<UInt8>) {
    // Nine of ten labels are one of these.
    if ASCII.equalsIgnoringCase(label, "utf-8") {
      self = .utf8
    } else if ASCII.equalsIgnoringCase(label, "us-ascii") {
      self.init(.unlabelled)
    } else if ASCII.equalsIgnoringCase(label, "iso-8859-1") {
      self = .windows1252
    } else {
      let name = String(
        decoding: ASCII.lowercased(label).filter { $0 > ASCII.space && $0 != 0x22 && $0 != 0x27 },
        as: UTF8.self)
      if let way = Self.ways[name] ?? Self.numbered(name) { self.init(way) } else { self = .unlabelled }
    }
  }

  /// Whether octets below 0x80 stand for ASCII, always and alone, so that line ends can be found before decoding.
  var keepsLineEnds: Bool {
    if case .iconv(let name) = way { return !name.hasPrefix("UTF-") }
    return true
  }

  /// Whether octets below 0x80 stand for ASCII and change nothing about the others.
  var isASCIIBased: Bool {
    if case .iconv = way { return false }
    return true
  }

  /// Whether this is a set that reads any octets, which text in UTF-8 is often mislabelled as.
  var isLatin1: Bool { way == .windows(1252) || way == .unlabelled }

  /// Decodes all of `bytes`.
  ///
  /// - Returns: the text, and how many places in it could not be decoded and are U+FFFD now.
  /// - Complexity: O(*n*)
  package func decode(_ bytes: some Collection<UInt8>) -> (text: String, replaced: Int) {
    switch way {
    case .unlabelled:
      if let text = RawText.valid(bytes) { return (text, 0) }
      return Self.paged(.windows1252, bytes)
    case .windows(let number): return Self.paged(CodePage.windows(number) ?? .windows1252, bytes)
    case .latin9: return Self.paged(.latin9, bytes)
    case .utf8:
      if let text = RawText.valid(bytes) { return (text, 0) }
      let text = String(decoding: bytes, as: UTF8.self)
      return (text, Self.replacements(text.utf8) - Self.replacements(bytes))
    case .iconv(let name): return Iconv.decode(Array(bytes), from: name) ?? Charset.unlabelled.decode(bytes)
    }
  }

  private static func paged(_ page: CodePage, _ bytes: some Collection<UInt8>) -> (
    text: String, replaced: Int
  ) {
    if OctetRun.isASCII(bytes) { return (String(decoding: bytes, as: UTF8.self), 0) }
    return page.text(bytes)
  }

  /// How often U+FFFD stands in the UTF-8 of `bytes`: some texts hold it already.
  private static func replacements(_ bytes: some Collection<UInt8>) -> Int {
    var count = 0
    var last: (UInt8, UInt8) = (0, 0)
    for b in bytes {
      if b == 0xBD, last == (0xEF, 0xBF) { count += 1 }
      last = (last.1, b)
    }
    return count
  }

  /// Looks labels up once.
  struct Cache {
    private var label = [UInt8]()
    private var charset = Charset.unlabelled

    mutating func charset(named label: ArraySlice<UInt8>) -> Charset {
      if !label.elementsEqual(self.label) {
        self.label = Array(label)
        charset = Charset(label: label)
      }
      return charset
    }
  }

  /// `windows-1250`, `cp1250`, `iso-8859-2`, `iso8859_2`, `latin2`, `ibm850`, `koi8-r` and the like.
  private static func numbered(_ name: String) -> Way? {
    let digits = String(name.reversed().prefix { $0.isNumber }.reversed())
    guard let number = Int(digits), digits.utf8.count <= 5 else { return nil }
    let stem = name.dropLast(digits.count).filter { $0 != "-" && $0 != "_" && $0 != ":" }
    switch (stem, number) {
    case ("windows", 1250...1258), ("cp", 1250...1258), ("xcp", 1250...1258), ("win", 1250...1258):
      return .windows(number)
    case ("iso8859", 1...16), ("iso", 88591...88599), ("csisolatin", 1...6):
      return isoLatin(number > 16 ? number - 88590 : number)
    case ("windows", 874), ("cp", 874), ("dos", 874), ("ibm", 874): return .iconv("CP874")
    case ("cp", 932), ("windows", 932), ("ms", 932): return .iconv("CP932")
    case ("cp", 936), ("windows", 936), ("ms", 936), ("cp", 54936): return .iconv("GB18030")
    case ("cp", 949), ("windows", 949), ("ms", 949): return .iconv("UHC")
    case ("cp", 950), ("windows", 950), ("ms", 950): return .iconv("BIG5-HKSCS")
    case ("cp", 65001): return .utf8
    case ("ibm", _), ("cp", _), ("dos", _):
      return [437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 1125, 1251]
        .contains(number)
        ? .iconv("CP\(number)") : nil
    default: return nil
    }
  }

  private static func isoLatin(_ n: Int) -> Way? {
    switch n {
    case 1: .windows(1252)
    case 9: .windows(1254)
    case 15: .latin9
    case 11: .iconv("CP874")
    case 2...8, 10, 13, 14, 16: .iconv("ISO-8859-\(n)")
    default: nil
    }
  }

  /// The labels of the table that iconv decodes.
  static var iconvLabels: [String] {
    ways.compactMap { label, way in
      if case .iconv = way { label } else { nil }
    }
  }

  private static let ways: [String: Way] = {
    var table = [String: Way]()
    func add(_ way: Way, _ names: String) {
      for name in names.split(separator: " ") { table[String(name)] = way }
    }
    add(.utf8, "utf-8 utf8 utf_8 unicode-1-1-utf-8 x-unicode20utf8 utf8mb4")
    add(
      .unlabelled, "us-ascii ascii ansi_x3.4-1968 iso646-us us cp367 ibm367 iso-ir-6 x-user-defined 8bit 7bit"
    )
    add(
      .windows(1252),
      "latin1 latin-1 l1 windows-1252 x-ansi cp819 ibm819 iso-ir-100 iso_8859-1:1987")
    add(.iconv("ISO-8859-2"), "latin2 l2 iso_8859-2:1987")
    add(.iconv("ISO-8859-8"), "iso-8859-8-i iso-8859-8-e hebrew")
    add(.iconv("ISO-8859-6"), "arabic iso-8859-6-i iso-8859-6-e")
    add(.iconv("ISO-8859-7"), "greek greek8")
    add(.iconv("ISO-8859-5"), "cyrillic")
    add(.windows(1254), "latin5 l5")
    add(.latin9, "latin9 latin-9 l9")
    add(.iconv("KOI8-R"), "koi8-r koi8_r koi8 koi cskoi8r")
    add(.iconv("KOI8-U"), "koi8-u koi8-ru")
    add(.iconv("CP874"), "tis-620 tis620 windows-874 iso-8859-11")
    add(
      .iconv("GB18030"),
      "gb2312 gb_2312-80 gb2312-80 gbk x-gbk gb18030 csgb2312 chinese euc-cn euccn x-euc-cn")
    add(.iconv("BIG5-HKSCS"), "big5 big-5 big5-hkscs csbig5 cn-big5 x-x-big5")
    add(
      .iconv("UHC"),
      "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 korean cseuckr uhc")
    add(.iconv("CP932"), "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis windows-31j")
    add(.iconv("EUC-JP"), "euc-jp eucjp x-euc-jp cseucpkdfmtjapanese")
    add(.iconv("ISO-2022-JP"), "iso-2022-jp csiso2022jp iso-2022-jp-ms cp50220 cp50221")
    add(.iconv("ISO-2022-JP-2"), "iso-2022-jp-2 iso-2022-jp-1")
    add(.iconv("ISO-2022-KR"), "iso-2022-kr csiso2022kr")
    add(.iconv("ISO-2022-CN"), "iso-2022-cn")
    add(.iconv("MACINTOSH"), "macintosh mac macroman x-mac-roman x-macroman")
    add(.iconv("MAC-CYRILLIC"), "x-mac-cyrillic mac-cyrillic")
    add(.iconv("UTF-16"), "utf-16 utf16 unicode ucs-2 iso-10646-ucs-2")
    add(.iconv("UTF-16LE"), "utf-16le")
    add(.iconv("UTF-16BE"), "utf-16be")
    add(.iconv("UTF-32"), "utf-32")
    add(.iconv("UTF-7"), "utf-7 unicode-1-1-utf-7 x-unicode-2-0-utf-7")
    add(.iconv("VISCII"), "viscii")
    add(.iconv("TCVN"), "tcvn tcvn-5712")
    add(.iconv("JOHAB"), "johab")
    add(.iconv("EUC-TW"), "euc-tw")
    add(.iconv("ARMSCII-8"), "armscii-8")
    add(.iconv("GEORGIAN-PS"), "georgian-ps")
    for number in 1...16 {
      for name in ["iso-8859-\(number)", "windows-\(1249 + number)"] {
        if let way = numbered(name) { table[name] = way }
      }
    }
    return table
  }()
}
