// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ uses: [Target.Dependency], path: String? = nil) -> Target {
  .target(name: name, dependencies: uses, path: path, swiftSettings: house)
}

func tests(_ name: String, _ uses: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(name: name, dependencies: uses, resources: resources, swiftSettings: house)
}

func program(_ name: String, _ uses: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(name: name, dependencies: uses, path: path, swiftSettings: house)
}

let package = Package(
  name: "postroom",
  targets: [
    // Floor 1
    library("Bytes", []),

    tests("BytesTests", ["Bytes"]),
  ]
)
