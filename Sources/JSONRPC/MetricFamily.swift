/// Numbers of one name, for `GET /metrics`.
package struct MetricFamily: Sendable, Equatable {
  package enum Kind: String, Sendable { case counter, gauge }

  package struct Sample: Sendable, Equatable {
    /// Names and values; none for the only number of its name.
    package let label: [String: String]
    package let value: Double
  }

  /// As Prometheus takes it: `[a-zA-Z_:][a-zA-Z0-9_:]*`; a counter's ends with `_total`.
  package let name: String
  package let kind: Kind
  /// One line for people.
  package let help: String
  package let samples: [Sample]

  package init(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    self.init(name, kind, help, samples: [Sample(label: [:], value: value)])
  }

  /// - Parameter by: the values of the label, each with its number.
  package init(_ name: String, _ kind: Kind, _ help: String, label: String, by: [(String, Double)]) {
    self.init(name, kind, help, samples: by.map { Sample(label: [label: $0.0], value: $0.1) })
  }

  package init(_ name: String, _ kind: Kind, _ help: String, samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  /// A number of which all is in its labels: versions.
  package init(_ name: String, _ help: String, labels: [String: String]) {
    self.init(name, .gauge, help, samples: [Sample(label: labels, value: 1)])
  }
}
