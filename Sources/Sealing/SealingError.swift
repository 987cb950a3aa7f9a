/// Why a value could not be sealed or opened, or a key not be read. Never holds key or content.
package enum SealingError: Error, Sendable, Hashable {
  /// The key file does not exist.
  case keyMissing(path: String)
  /// A key file is there already, and is never overwritten.
  case keyExists(path: String)
  /// The key file or its folder is open to others; `reason` says what to change.
  case keyUnsafe(path: String, reason: String)
  /// Not 32 octets, nor 64 hexadecimal digits.
  case keyMalformed(String)
  /// The key file is protected by a passphrase, and none was given.
  case passphraseMissing(path: String)
  /// The passphrase does not open the key file, or the file was changed.
  case passphraseWrong(path: String)
  /// The data key was wrapped by another master key; the ids of both.
  case masterKeyDiffers(wrappedBy: String, have: String)
  /// A system call on the key file failed.
  case system(path: String, errno: Int32)
  /// Too short, or of a format that this version does not know.
  case formatUnknown
  /// The value was changed, or was sealed under another key or for another place.
  case notAuthentic
  /// libcrypto refused; the operation's name.
  case library(String)
}

extension SealingError {
  /// One sentence for the person who runs the server.
  package var message: String {
    switch self {
    case .keyMissing(let path): "the master key file \(path) does not exist"
    case .keyExists(let path): "\(path) exists already; a key file is never overwritten"
    case .keyUnsafe(let path, let reason): "the master key file \(path) is not safe: \(reason)"
    case .keyMalformed(let reason): "the master key is malformed: \(reason)"
    case .passphraseMissing(let path):
      "the master key file \(path) is protected by a passphrase, and none was given"
    case .passphraseWrong(let path):
      "the passphrase does not open the master key file \(path), or the file was changed"
    case .masterKeyDiffers(let wrappedBy, let have):
      "the data was sealed under the master key \(wrappedBy), but the key given is \(have)"
    case .system(let path, let errno): "system error \(errno) on \(path)"
    case .formatUnknown: "a sealed value has an unknown format"
    case .notAuthentic: "a sealed value was changed, or belongs to another key or place"
    case .library(let operation): "libcrypto failed in \(operation)"
    }
  }
}
