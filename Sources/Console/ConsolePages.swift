package import JSONRPC

/// The console: pages for people that do, over the WebSocket framing, what any caller can do, and nothing else.
///
/// They are public; what they show needs a token. Nothing in them comes from elsewhere, and their
/// Content-Security-Policy holds them to that. HTML of mails is shown in a frame of its own (`mail.html`) where no
/// script runs and nothing is fetched.
package enum ConsolePages {
  /// By path.
  package static let all: [String: StaticPage] = {
    var pages: [String: StaticPage] = [:]
    for (name, text) in ConsoleFiles.all {
      let page = StaticPage(type: type(name), fields: fields(name), body: Array(text.utf8))
      pages["/console/" + name] = page
      if name == "index.html" { pages["/console/"] = page }
    }
    // Without the slash the page's own names would lead elsewhere.
    pages["/console"] = StaticPage(
      type: "text/html; charset=utf-8", fields: [("Refresh", "0; url=/console/")] + fields("index.html"),
      body: Array("<!doctype html><title>Postroom</title><a href=\"/console/\">Postroom</a>\n".utf8))
    return pages
  }()

  static func fields(_ name: String) -> [(name: String, value: String)] {
    [
      ("Content-Security-Policy", name == "mail.html" ? mailPolicy : policy),
      ("Referrer-Policy", "no-referrer"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ]
  }

  /// Scripts and styles from here alone, none in the text; no string becomes a script.
  private static let policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "connect-src 'self'", "frame-src 'self'", "base-uri 'none'", "form-action 'none'",
    "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].joined(separator: "; ")

  /// A mail's own styles and the pictures it has with it, and nothing else; `sandbox` without `allow-scripts`.
  private static let mailPolicy = [
    "default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "base-uri 'none'",
    "form-action 'none'", "frame-ancestors 'self'", "sandbox allow-same-origin",
  ].joined(separator: "; ")

  private static func type(_ name: String) -> String {
    let types = [
      "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
      "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]
    return types[name.split(separator: ".").last.map(String.init) ?? ""] ?? "text/plain; charset=utf-8"
  }
}
