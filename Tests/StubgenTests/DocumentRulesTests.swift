import Foundation
import Testing
import stubgen

@Suite struct DocumentRulesTests {
  /// A small document that breaks no rule.
  static let good = """
    {"openrpc": "1.3.2", "info": {"title": "T", "version": "1"},
     "methods": [{
       "name": "bird.sing", "summary": "Sing", "description": "It sings.", "x-scope": "read", "x-idempotent": true,
       "paramStructure": "either",
       "params": [{"name": "birdId", "required": true, "schema": {"$ref": "#/components/schemas/BirdId"}}],
       "result": {"name": "song", "schema": {"$ref": "#/components/schemas/Song"}},
       "errors": [{"$ref": "#/components/errors/NotFound"}], "x-reasons": ["bird.unknown"],
       "examples": [{"name": "e", "params": [{"name": "birdId", "value": "b1"}],
                     "result": {"name": "song", "value": {"notes": 3}}}]}],
     "components": {
       "schemas": {
         "BirdId": {"type": "string", "pattern": "^b[1-9][0-9]{0,18}$", "description": "An id."},
         "Scope": {"type": "string", "enum": ["read"], "description": "Scopes."},
         "Song": {"type": "object", "description": "A song.", "additionalProperties": false,
                  "required": ["notes"], "properties": {
                    "notes": {"type": "integer"}, "scope": {"$ref": "#/components/schemas/Scope"}}}},
       "errors": {"NotFound": {"code": -32005, "message": "No.", "data": {"status": "NOT_FOUND"}},
                  "Again": {"code": -32005, "message": "No.", "data": {"status": "NOT_FOUND"}}}},
     "x-reasons": {"bird.unknown": {"status": "NOT_FOUND", "description": "No such bird."}}}
    """

  @Test func `the project's document breaks no rule`() throws {
    let text = try String(contentsOfFile: repository + "/protocol/openrpc.json", encoding: .utf8)
    #expect(DocumentRules.problems(try JSONNode(parsing: text)) == [])
  }

  @Test func `a good document breaks no rule and can be read`() throws {
    let node = try JSONNode(parsing: Self.good)
    #expect(DocumentRules.problems(node) == [])
    #expect(try DocumentReader.read(node).services.map(\.noun) == ["bird"])
  }

  @Test(arguments: [
    ("\"1.3.2\"", "\"1.2.6\"", "openrpc: must be 1.3.2"),
    ("\"title\": \"T\", ", "", "info: \"title\" is missing"),
    ("\"openrpc\":", "\"swagger\": 2, \"openrpc\":", "document: \"swagger\" has no meaning in OpenRPC"),
    ("\"summary\": \"Sing\", ", "", "bird.sing: \"summary\" is missing"),
    (
      "\"summary\": \"Sing\", ", "\"summary\": \"Sing\", \"x-progress\": {}, ",
      "bird.sing: x-progress must be a $ref"
    ),
    (
      "\"either\"", "\"by-position\"", "bird.sing: paramStructure must be either with params in this order"
    ),
    (
      "\"params\": [{", "\"params\": [{\"name\": \"tune\", \"schema\": {\"type\": \"string\"}}, {",
      "bird.sing: paramStructure must be by-name with params in this order"
    ),
    ("\"x-scope\": \"read\"", "\"x-scope\": \"fly\"", "bird.sing: no such scope"),
    ("\"x-scope\": \"read\", ", "", "bird.sing: \"x-scope\" is missing"),
    ("bird.sing", "sing", "sing: a name is noun.verb"),
    (
      "schemas/Song\"", "schemas/Poem\"",
      "document.methods[].result.schema: #/components/schemas/Poem leads nowhere"
    ),
    (
      "\"schema\": {\"$ref\": \"#/components/schemas/BirdId\"}", "\"schema\": {\"type\": \"object\"}",
      "bird.sing.birdId: an object must be a $ref"
    ),
    (
      "\"schema\": {\"$ref\": \"#/components/schemas/Song\"}", "\"schema\": {\"type\": \"string\"}",
      "bird.sing: the result's schema must be a $ref"
    ),
    (
      "[{\"$ref\": \"#/components/errors/NotFound\"}]",
      "[{\"$ref\": \"#/components/errors/NotFound\"}, {\"$ref\": \"#/components/errors/Again\"}]",
      "bird.sing: two errors have the code -32005"
    ),
    ("[{\"$ref\": \"#/components/errors/NotFound\"}]", "[]", "bird.sing: names no error"),
    ("[\"bird.unknown\"]", "[\"bird.flown\"]", "bird.sing: no such reason: \"bird.flown\""),
    (
      "[{\"name\": \"birdId\", \"value\": \"b1\"}]", "[]", "bird.sing example e: birdId is missing"
    ),
    (
      "{\"name\": \"birdId\", \"value\": \"b1\"}",
      "{\"name\": \"birdId\", \"value\": \"b1\"}, {\"name\": \"tune\", \"value\": 1}",
      "bird.sing example e: no such parameter: tune"
    ),
    (
      "\"value\": {\"notes\": 3}", "\"values\": 3",
      "bird.sing example e: \"values\" has no meaning in OpenRPC"
    ),
    (
      "\"additionalProperties\": false", "\"title\": \"x\"",
      "components.schemas.Song: must say additionalProperties"
    ),
    (
      "\"notes\": {\"type\": \"integer\"}", "\"notes\": {\"type\": \"object\"}",
      "components.schemas.Song.notes: an object must be a $ref"
    ),
    (
      "{\"$ref\": \"#/components/schemas/Scope\"}", "{\"type\": \"string\"}",
      "components.schemas.Scope: is used nowhere"
    ),
    ("\"NOT_FOUND\", \"description\"", "\"LOST\", \"description\"", "x-reasons.bird.unknown: no such status"),
    (
      "\"data\": {\"status\": \"NOT_FOUND\"}},", "\"extra\": 1},",
      "components.errors.NotFound: \"extra\" has no meaning in OpenRPC"
    ),
    (
      "\"x-idempotent\": true",
      "\"x-idempotent\": true, \"x-stream\": {\"$ref\": \"#/components/schemas/Song\"}",
      "bird.sing: a stream's result is a Subscription"
    ),
    (
      "[{\"name\": \"birdId\"", "[{\"name\": \"bird_id\"",
      "bird.sing.bird_id: a name is letters and digits, as in mailId"
    ),
    (
      "[{\"name\": \"birdId\"", "[{\"name\": \"timeout\"",
      "bird.sing.timeout: the clients have an option of this name"
    ),
    (
      "\"notes\": {\"type\"", "\"Notes\": {\"type\"",
      "components.schemas.Song.Notes: a name is letters and digits, as in mailId"
    ),
    (
      "\"Song\": {\"type\"", "\"Client\": {\"type\"",
      "components.schemas.Client: the clients have a type of this name"
    ),
    (
      "\"Song\": {\"type\"", "\"SongParams\": {\"type\"",
      "components.schemas.SongParams: the clients have a type of this name"
    ),
    (
      "\"enum\": [\"read\"]", "\"enum\": [\"read\", \"re.ad\", \"reAd\"]",
      "components.schemas.Scope: two words are the same name in a client"
    ),
  ])
  func `each rule finds its breach`(old: String, new: String, problem: String) throws {
    let broken = Self.good.replacing(old, with: new, maxReplacements: 1)
    #expect(broken != Self.good)
    #expect(DocumentRules.problems(try JSONNode(parsing: broken)).contains(problem))
  }

  @Test(arguments: [
    ("\"pattern\": \"^b[1-9][0-9]{0,18}$\"", "\"pattern\": \"^[a-z]+$\"", "no such pattern: ^[a-z]+$"),
    ("\"pattern\": \"^b[1-9][0-9]{0,18}$\"", "\"format\": \"uuid\"", "no such format: uuid"),
    (
      "\"required\": [\"notes\"]", "\"required\": [\"tones\"]", "\"tones\" is required but not described"
    ),
    ("{\"type\": \"integer\"}", "{}", "an object must be a $ref, any other schema needs a type"),
    ("\"status\": \"NOT_FOUND\", ", "", "a text is missing"),
  ])
  func `what the generated code would not check is refused`(old: String, new: String, reason: String) throws {
    let broken = Self.good.replacing(old, with: new, maxReplacements: 1)
    #expect(broken != Self.good)
    let error = #expect(throws: DocumentReader.Problem.self) {
      try DocumentReader.read(try JSONNode(parsing: broken))
    }
    #expect(error?.reason == reason)
  }
}
