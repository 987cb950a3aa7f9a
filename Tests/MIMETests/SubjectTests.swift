import MIME
import Testing

@Suite struct SubjectTests {
  @Test(arguments: [
    ("Offer", "Offer"), ("Re: Offer", "Offer"), ("RE: re: Re: Offer", "Offer"), ("Fwd: Re: Offer", "Offer"),
    ("Re[2]: Offer", "Offer"), ("Re(3): Offer", "Offer"), ("Re^2: Offer", "Offer"), ("Re2: Offer", "Offer"),
    ("AW: WG: Angebot", "Angebot"), ("Antw: Offerte", "Offerte"), ("SV: VB: Erbjudande", "Erbjudande"),
    ("Odp: Oferta", "Oferta"), ("RIF: I: Offerta", "Offerta"), ("R: Offerta", "Offerta"),
    ("TR : Offre", "Offre"),
    ("RÉP: Offre", "Offre"), ("ENC: RES: Oferta", "Oferta"), ("RV: Oferta", "Oferta"),
    ("VS: VL: Tarjous", "Tarjous"),
    ("回复: 报价", "报价"), ("答复：报价", "报价"), ("转发: 回复: 报价", "报价"), ("Отв: Fwd: Цена", "Цена"),
    ("YNT: İlt: Teklif", "Teklif"),
    ("ΑΠ: Προσφορά", "Προσφορά"), ("Re : Offre", "Offre"), ("[list] Re: Offer", "Offer"),
    ("Re: [list] Offer", "Offer"),
    ("[list] [PATCH 1/2] Offer", "Offer"), ("[list]", "[list]"), ("Re: [list]", "[list]"),
    ("Offer (fwd)", "Offer"),
    ("[Fwd: Offer]", "Offer"), ("[Fwd: [Fwd: Re: Offer]]", "Offer"), ("  Re:\t Offer \r\n two ", "Offer two"),
    ("Re:", ""), ("", ""), ("Reply: x", "Reply: x"), ("Regarding: x", "Regarding: x"), ("Re x", "Re x"),
    ("Meeting 10:30", "Meeting 10:30"),
    ("Re: Re", "Re"), ("Re\u{A0}: x", "x"), ("re:offer", "offer"), ("[a [b] c] d", "[a [b] c] d"),
  ])
  func `prefixes, tags and trailers go`(_ subject: String, _ wanted: String) {
    #expect(baseSubject(subject) == wanted)
  }

  @Test(arguments: [
    ("Re: x", true, false), ("Fwd: x", false, true), ("AW: WG: x", true, true), ("x (fwd)", false, true),
    ("[Fwd: x]", false, true),
    ("x", false, false), ("转发: x", false, true),
  ])
  func `replies and forwards are told apart`(_ subject: String, _ reply: Bool, _ forward: Bool) {
    let parts = SubjectParts(subject)
    #expect(parts.isReply == reply && parts.isForward == forward)
  }

  @Test func `long subjects are bounded`() {
    #expect(baseSubject(String(repeating: "Re: ", count: 100_000)).unicodeScalars.count <= 4096)
    #expect(baseSubject(String(repeating: "[", count: 100_000)).unicodeScalars.count == 4096)
  }
}
