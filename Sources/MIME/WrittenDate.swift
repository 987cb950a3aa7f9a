internal import Bytes

/// A date as a mail program writes it for people: `Montag, 3. März 2025 um 09:30`, `2025年3月3日 9:30`.
enum WrittenDate {
  private static let octetsMax = 200

  /// - Parameter zone: minutes east of UTC, when the text names none.
  static func parse(_ text: String, zone: Int) -> MailDate? {
    guard text.utf8.count <= octetsMax else { return nil }
    let plain = english(text)
    guard var date = MailDate(plain) else { return nil }
    if !namesZone(plain) {
      date = MailDate(secondsSince1970: date.secondsSince1970 - Int64(zone) * 60, zoneMinutes: zone)
    }
    return date
  }

  /// Month names in English, all other words away, East Asian dates with dashes.
  private static func english(_ text: String) -> String {
    var out = ""
    var word = ""
    var afternoon: String?
    func flush() {
      guard !word.isEmpty else { return }
      let lower = word.lowercased()
      word = ""
      if let month = months[lower] {
        out += " " + Civil.monthNames[month - 1] + " "
      } else if keptWords.contains(lower) {
        out += " " + lower.uppercased() + " "
      } else if let half = halves[lower] {
        afternoon = half
        out += " "
      } else {
        out += " "
      }
    }
    for c in text.unicodeScalars {
      switch c {
      case "年", "월", "月", "년":
        flush()
        out += "-"
      case "日", "일", "號", "号":
        flush()
        out += " "
      case "時", "时", "시":
        flush()
        out += ":"
      case _ where c.properties.isAlphabetic: word.unicodeScalars.append(c)
      default:
        flush()
        out.unicodeScalars.append(c)
      }
    }
    flush()
    out = out.replacing("- ", with: "-")
    return afternoon.map { out + " " + $0 } ?? out
  }

  private static func namesZone(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    for i in bytes.indices where (bytes[i] == 0x2B || bytes[i] == 0x2D) && i > 0 {
      if i + 1 < bytes.count, ASCII.isDigit(bytes[i + 1]), bytes[..<i].contains(0x3A) { return true }
    }
    return zones.contains { Octets.index(in: bytes, of: $0) != nil }
  }

  private static let zones: [StaticString] = [
    "GMT", "UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
  ]
  private static let keptWords: Set<String> = [
    "am", "pm", "gmt", "utc", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "t", "z",
  ]
  private static let halves = ["上午": "AM", "下午": "PM", "오전": "AM", "오후": "PM", "午前": "AM", "午後": "PM"]

  private static let months: [String: Int] = {
    var table: [String: Int] = [:]
    for line in names.split(separator: "\n") {
      for (month, word) in line.split(separator: " ").enumerated() where month < 12 {
        for form in word.split(separator: "/") { table[String(form)] = month + 1 }
      }
    }
    return table
  }()

  /// A line for each language: en, de, fr, es, it, pt, nl, pl, sv and da and no, fi, cs, ru, uk, hu, tr, ro.
  private static let names = """
    january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec
    januar/jänner februar märz/mrz april mai juni juli august september oktober/okt november dezember/dez
    janvier/janv février/févr/fevrier mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/déc
    enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic
    gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set ottobre/ott novembre dicembre
    janeiro fevereiro/fev março/marco abril maio junho julho agosto setembro outubro/out novembro dezembro
    januari februari maart/mrt april mei juni juli augustus september oktober november december
    stycznia/sty/styczeń lutego/lut/luty marca/marzec kwietnia/kwi/kwiecień maja/maj czerwca/cze/czerwiec lipca/lip/lipiec sierpnia/sie/sierpień września/wrz/wrzesień października/paź/październik listopada/lis/listopad grudnia/gru/grudzień
    januari/januar februari/februar mars/marts april maj/mai juni juli augusti/august september oktober november december/desember/des
    tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu
    ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu prosince/prosinec
    января/янв февраля/фев марта/мар апреля/апр мая/май июня/июн июля/июл августа/авг сентября/сен/сент октября/окт ноября/ноя/нояб декабря/дек
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    január február március április május június július augusztus szeptember október november december
    ocak/oca şubat/şub mart nisan mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara
    ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
    """
}
