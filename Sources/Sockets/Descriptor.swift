/// An open descriptor with one owner, who either ends it or passes it on with ``take()``.
struct Descriptor: ~Copyable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  /// Gives the descriptor to someone who will close it.
  consuming func take() -> Int32 {
    let number = number
    discard self
    return number
  }

  deinit { Syscalls.close(number) }
}

struct DescriptorPair: ~Copyable {
  let a: Descriptor
  let b: Descriptor
}
