import Foundation
import Testing
import stubgen

@Suite struct CompatibilityTests {
  /// A small document: a call with params, a stream, and types that are sent, answered, and both.
  static let released = """
    {"info": {"version": "1.0.0"}, "methods": [
       {"name": "bird.sing", "x-scope": "read", "x-idempotent": true, "x-idempotencyKey": true,
        "paramStructure": "either",
        "params": [{"name": "birdId", "required": true, "schema": {"$ref": "#/components/schemas/BirdId"}},
                   {"name": "mood", "schema": {"$ref": "#/components/schemas/Mood"}},
                   {"name": "loud", "schema": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3}},
                   {"name": "nest", "schema": {"$ref": "#/components/schemas/Nest"}}],
        "result": {"schema": {"$ref": "#/components/schemas/Song"}}, "x-reasons": ["bird.unknown", "bird.flown"]},
       {"name": "bird.watch", "x-scope": null, "x-idempotent": true, "paramStructure": "either",
        "params": [{"name": "after", "schema": {"type": "string"}}],
        "result": {"schema": {"$ref": "#/components/schemas/Subscription"}},
        "x-stream": {"$ref": "#/components/schemas/Sight"}, "x-resume": {"param": "after", "member": "seq"}}],
     "components": {
       "schemas": {
         "BirdId": {"type": "string", "pattern": "^b[1-9][0-9]{0,18}$"},
         "Mood": {"type": "string", "enum": ["glad", "sad"]},
         "Kind": {"type": "string", "x-open": true, "enum": ["tit"]},
         "Nest": {"type": "object", "additionalProperties": false, "required": ["tree"],
                  "properties": {"tree": {"type": "string"}, "height": {"type": "integer"}}},
         "Subscription": {"type": "object", "additionalProperties": false, "properties": {}},
         "Sight": {"type": "object", "additionalProperties": false, "required": ["seq"],
                   "properties": {"seq": {"type": "string"}, "next": {"$ref": "#/components/schemas/Sight"}}},
         "Song": {"type": "object", "additionalProperties": false, "required": ["notes", "mood"], "properties": {
           "notes": {"type": "array", "maxItems": 8, "items": {"type": "integer"}},
           "mood": {"$ref": "#/components/schemas/Mood"}, "kind": {"$ref": "#/components/schemas/Kind"},
           "title": {"type": "string"}}}},
       "errors": {"NotFound": {"code": -32005, "data": {"status": "NOT_FOUND"}}}},
     "x-reasons": {"bird.unknown": {"status": "NOT_FOUND"}, "bird.flown": {"status": "NOT_FOUND"}}}
    """

  struct Row: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    /// nil: nobody is broken by it.
    let problem: String?
    var testDescription: String { problem ?? "compatible: \(new)" }
    init(_ old: String, _ new: String, _ problem: String?) {
      (self.old, self.new, self.problem) = (old, new, problem)
    }
  }

  static let rows: [Row] = [
    // Methods
    Row("\"bird.sing\"", "\"bird.chant\"", "bird.sing: the method was removed or renamed"),
    Row("\"x-scope\": \"read\"", "\"x-scope\": \"manage\"", "bird.sing: needs another scope"),
    Row("\"x-scope\": null", "\"x-scope\": \"read\"", "bird.watch: needs another scope"),
    Row(
      "\"x-idempotent\": true, \"x-idem", "\"x-idempotent\": false, \"x-idem",
      "bird.sing: x-idempotent is true no more"),
    Row(
      "\"x-idempotencyKey\": true", "\"x-idempotencyKey\": false",
      "bird.sing: x-idempotencyKey is true no more"),
    Row(
      "\"x-reasons\": [\"bird.unknown\", \"bird.flown\"]",
      "\"x-stream\": {\"$ref\": \"#/components/schemas/Song\"}, \"x-reasons\": [\"bird.unknown\", \"bird.flown\"]",
      "bird.sing: was a call and is a stream"),
    Row(
      "\"x-stream\": {\"$ref\": \"#/components/schemas/Sight\"}, ", "",
      "bird.watch: was a stream and is a call"),
    Row("\"member\": \"seq\"", "\"member\": \"id\"", "bird.watch: a stream goes on in another way"),
    Row(
      "\"result\": {\"schema\": {\"$ref\": \"#/components/schemas/Song\"}}",
      "\"result\": {\"schema\": {\"$ref\": \"#/components/schemas/BirdId\"}}", "Song: is of another type"),
    Row(
      "\"x-resume\": {", "\"x-clientStream\": {\"$ref\": \"#/components/schemas/Song\"}, \"x-resume\": {",
      "bird.watch: takes a stream of values now, or takes none any more"),
    // Params
    Row(
      "{\"name\": \"nest\"", "{\"name\": \"home\"", "bird.sing.nest: the parameter was removed or renamed"),
    Row(
      "{\"name\": \"mood\", ", "{\"name\": \"mood\", \"required\": true, ", "bird.sing.mood: is required now"),
    Row(
      "{\"name\": \"mood\", ",
      "{\"name\": \"key\", \"required\": true, \"schema\": {}}, {\"name\": \"mood\", ",
      "bird.sing.key: a new parameter cannot be required"),
    Row(
      "{\"name\": \"mood\", ", "{\"name\": \"key\", \"schema\": {}}, {\"name\": \"mood\", ",
      "bird.sing: params stand in another order"),
    Row(
      "\"x-idempotencyKey\": true,\n    \"paramStructure\": \"either\"",
      "\"x-idempotencyKey\": true,\n    \"paramStructure\": \"by-name\"",
      "bird.sing: params come by position no more"),
    Row("\"default\": 3", "\"default\": 4", "bird.sing.loud: has another default"),
    Row("\"maximum\": 9", "\"maximum\": 8", "bird.sing.loud: maximum refuses what was allowed"),
    Row("\"minimum\": 1", "\"minimum\": 2", "bird.sing.loud: minimum refuses what was allowed"),
    Row(
      "\"type\": \"integer\", \"minimum\"", "\"type\": \"number\", \"minimum\"",
      "bird.sing.loud: is of another type"),
    Row("^b[1-9]", "^v[1-9]", "BirdId: is of another type"),
    Row("[\"glad\", \"sad\"]", "[\"glad\"]", "Mood: \"sad\" is not taken any more"),
    Row("[\"tree\"]", "[\"tree\", \"height\"]", "Nest.height: is required now"),
    Row("\"tree\": {\"type\": \"string\"}, ", "\"tree\": {\"type\": \"string\"}, \"x\": {}, ", nil),
    Row(
      "[\"tree\"],\n              \"properties\": {",
      "[\"tree\", \"x\"],\n              \"properties\": {\"x\": {}, ",
      "Nest.x: a new member cannot be required"),
    Row("\"height\": {\"type\"", "\"depth\": {\"type\"", "Nest.height: the member was removed or renamed"),
    // Results and values of streams
    Row("\"title\": {", "\"name\": {", "Song.title: the member was removed or renamed"),
    Row(
      "\"title\": {\"type\": \"string\"}", "\"title\": {\"type\": \"boolean\"}",
      "Song.title: is of another type"),
    Row("[\"notes\", \"mood\"]", "[\"mood\"]", "Song.notes: may be absent now"),
    Row("[\"seq\"]", "[]", "Sight.seq: may be absent now"),
    Row(
      "\"items\": {\"type\": \"integer\"}", "\"items\": {\"type\": \"string\"}",
      "Song.notes[]: is of another type"),
    Row(
      "\"maxItems\": 8", "\"maxItems\": 9", "Song.notes: maxItems lets through what was not answered before"),
    Row("\"glad\"", "\"angry\", \"glad\"", "Mood: \"angry\" is new, and the set not open"),
    Row("\"x-open\": true, ", "", "Kind: is open no more"),
    // Errors
    Row(", \"bird.flown\"]", "]", "bird.sing: the reason bird.flown is named no more"),
    Row(
      ", \"bird.flown\": {\"status\": \"NOT_FOUND\"}", "",
      "x-reasons.bird.flown: the reason was removed or renamed"),
    Row(
      "\"bird.flown\": {\"status\": \"NOT_FOUND\"}", "\"bird.flown\": {\"status\": \"ABORTED\"}",
      "x-reasons.bird.flown: has another status"),
    Row("-32005", "-32006", "components.errors.NotFound: was removed, or has another code or status"),
    // What may change
    Row("{\"name\": \"bird.watch\"", "{\"name\": \"bird.feed\"}, {\"name\": \"bird.watch\"", nil),
    Row(
      "{\"$ref\": \"#/components/schemas/Nest\"}}]",
      "{\"$ref\": \"#/components/schemas/Nest\"}}, {\"name\": \"key\", \"schema\": {}}]", nil),
    Row("\"maximum\": 9", "\"maximum\": 10", nil),
    Row("\"maxItems\": 8", "\"maxItems\": 7", nil),
    Row("\"title\": {", "\"more\": {}, \"title\": {", nil),
    Row("[\"notes\", \"mood\"]", "[\"notes\", \"mood\", \"title\"]", nil),
    Row("[\"tit\"]", "[\"tit\", \"owl\"]", nil),
    Row("\"bird.flown\"]", "\"bird.flown\", \"bird.shy\"]", nil),
    Row("\"x-reasons\": {", "\"x-reasons\": {\"bird.shy\": {\"status\": \"ABORTED\"}, ", nil),
    Row("\"1.0.0\"", "\"1.1.0\"", nil),
  ]

  @Test(arguments: rows)
  func `each kind of change is told apart`(row: Row) throws {
    let changed = Self.released.replacing(row.old, with: row.new, maxReplacements: 1)
    #expect(changed != Self.released)
    let problems = Compatibility.problems(
      old: try JSONNode(parsing: Self.released), new: try JSONNode(parsing: changed))
    if let problem = row.problem {
      #expect(problems.contains(problem), "\(problems)")
    } else {
      #expect(problems == [])
    }
  }

  @Test func `a document is compatible with itself`() throws {
    for path in ["openrpc.json", "released/0.1.0.json"] {
      let node = try JSONNode(
        parsing: String(contentsOfFile: "\(repository)/protocol/\(path)", encoding: .utf8))
      #expect(Compatibility.problems(old: node, new: node) == [])
    }
  }

  @Test func `the document is compatible with what was released`() throws {
    #expect(try Stubgen.incompatibilities(root: repository) == [])
  }

  @Test(
    arguments: [
      ("0.1.4", "0.1.3"), ("0.1.3", "0.1.3"), ("0.2.0", nil), ("1.0.0", nil), ("2.9.0", "2.10.0"),
      ("2.0.0", "2.10.0"),
    ] as [(String, String?)])
  func `the baseline is the newest of the same major version, below 1 of the same minor`(
    version: String, baseline: String?
  ) throws {
    let released = ["0.1.0", "0.1.3", "0.1.1", "2.9.9", "2.10.0"].compactMap { DocumentVersion($0) }
    let found = Compatibility.baseline(of: try #require(DocumentVersion(version)), in: released)
    #expect(found?.description == baseline)
  }

  @Test(arguments: ["", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "-1.2.3", "1.2.3 "])
  func `other versions are none`(text: String) { #expect(DocumentVersion(text) == nil) }

  @Test(
    arguments: [
      (
        "0.1.0",
        [
          "mailbox.get: the method was removed or renamed",
          "openrpc.json is not compatible with released/0.1.0.json: raise info.version",
        ]
      ),
      (
        "0.1.9",
        [
          "mailbox.get: the method was removed or renamed",
          "openrpc.json is not compatible with released/0.1.0.json: raise info.version",
        ]
      ),
      ("0.2.0", []), ("1.0.0", []), ("0.0.9", ["info.version: 0.1.0 was released already"]),
      ("next", ["info.version: next is not major.minor.patch"]),
    ] as [(String, [String])])
  func `an incompatible change needs another version`(version: String, problems: [String]) throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("compatible-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: root) }
    try FileManager.default.createDirectory(
      atPath: root + "/protocol/released", withIntermediateDirectories: true)
    let text = try String(contentsOfFile: repository + "/protocol/released/0.1.0.json", encoding: .utf8)
    try text.write(toFile: root + "/protocol/released/0.1.0.json", atomically: true, encoding: .utf8)
    let changed = text.replacing("\"mailbox.get\"", with: "\"mailbox.fetch\"", maxReplacements: 1)
      .replacing("\"version\": \"0.1.0\"", with: "\"version\": \"\(version)\"", maxReplacements: 1)
    try changed.write(toFile: root + "/protocol/openrpc.json", atomically: true, encoding: .utf8)
    #expect(try Stubgen.incompatibilities(root: root) == problems)
  }
}
