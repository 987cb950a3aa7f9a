import MIME
import Testing

@Suite struct ParameterTests {
  @Test(arguments: [
    ("x; name=a", "a"),
    ("x; NAME = \"a b\"", "a b"),
    ("x;name=\"a\\\"b\"", "a\"b"),
    ("x; name=\"C:\\dir\\a.txt\"", "C:\\dir\\a.txt"),
    ("x; name=a b.pdf; q=1", "a b.pdf"),
    ("x; name=a charset=utf-8", "a"),
    ("x; name=a (comment); q=1", "a"),
    ("x (c;name=no) ; name=a", "a"),
    ("x; name*=utf-8''Gr%C3%BC%C3%9Fe", "Grüße"),
    ("x; name*=iso-8859-1'de'Gr%FC%DFe", "Grüße"),
    ("x; name*=Gr%C3%BC", "Grü"),
    ("x; name*0=a; name*1=b; name*2=\"c d\"", "abc d"),
    ("x; name*1=b; name*0=a", "ab"),
    ("x; name*0*=utf-8''%C3; name*1*=%BC; name*2=%41", "ü%41"),
    (
      "x; name*10=k; name*9=j; name*8=i; name*7=h; name*6=g; name*5=f; name*4=e; name*3=d; name*2=c; name*1=b; name*0=a",
      "abcdefghijk"
    ),
    ("x; name*0=a; name*2=c", "ac"),
    ("x; name*0=a; name*0=b", "a"),
    ("x; name=plain; name*=utf-8''star", "star"),
    ("x; name=first; name=second", "first"),
    ("x; name=\"=?utf-8?Q?Gr=C3=BC?=\"", "Grü"),
    ("x; name==?utf-8?B?R3LDvA==?=", "Grü"),
    ("x; name*0=\"=?utf-8?Q?Gr=C3\"; name*1=\"=BC?=\"", "Grü"),
    ("x; name*=utf-8''=?utf-8?Q?Gr=C3=BC?=", "Grü"),
    ("x; name=\"unclosed", "unclosed"),
    ("x; name=", ""),
    ("x; name*=utf-8''%", "%"),
    ("x; name=Grü", "Grü"),
  ])
  func `parameters are read`(_ value: String, _ wanted: String) {
    #expect(ContentDisposition(parsing: Array(value.utf8))?.parameters.text("name") == wanted)
  }

  @Test(arguments: [
    ("text/plain", "text/plain"), ("Text/HTML; charset=x", "text/html"), ("text", "text/plain"),
    ("multipart", "multipart/mixed"), ("foo", "foo/octet-stream"), ("text / plain", "text/plain"),
    ("\"text/plain\"", "text/plain"), ("text/plain charset=x", "text/plain"),
    ("application/pdf name=\"x\"", "application/pdf"),
    ("text/html;", "text/html"),
  ])
  func `types are read`(_ value: String, _ wanted: String) {
    #expect(ContentType(parsing: Array(value.utf8))?.mediaType == wanted)
  }

  @Test func `nothing is no type`() {
    #expect(ContentType(parsing: []) == nil)
    #expect(ContentType(parsing: Array("; charset=x".utf8)) == nil)
  }

  @Test func `the number of parameters is bounded`() {
    for (n, cut) in [(127, false), (128, false), (129, true)] {
      let value = "text/plain" + (0..<n).map { "; a\($0)=\($0)" }.joined()
      let parameters = ContentType(parsing: Array(value.utf8))?.parameters
      #expect(parameters?.isTruncated == cut)
      #expect(parameters?.text("a126") == "126")
    }
  }

  @Test func `every prefix can be read`() {
    let bytes = Array("text/plain; a=\"b\\\"c\" (d(e)\\)); f*0*=utf-8'x'%C3; f*1*=%BC%; g==?utf-8?Q?h?=".utf8)
    for n in 0...bytes.count {
      let type = ContentType(parsing: Array(bytes[..<n]))
      _ = type?.parameters.text("f")
      _ = type?.parameters.raw("a")
    }
  }
}
