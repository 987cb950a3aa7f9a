// What the sources use of the toolchain's module Synchronization, made of what the thread sanitizer can see.
//
// The toolchain's own is compiled without the sanitizer, so that it reports every use of a lock as a race. Tests/sanitize
// compiles this file as a module of its own, SeenSynchronization, and has the sources import that instead. A pthread
// mutex is seen; atomics are values behind one, so every order of memory counts as the strictest: what only a relaxed
// order leaves open is not found.

import Glibc

/// A pthread mutex, and a value behind it.
private final class Guarded<Value: ~Copyable> {
  let lock: UnsafeMutablePointer<pthread_mutex_t>
  let value: UnsafeMutablePointer<Value>

  init(_ value: consuming Value) {
    lock = .allocate(capacity: 1)
    guard pthread_mutex_init(lock, nil) == 0 else { fatalError("no mutex") }
    self.value = .allocate(capacity: 1)
    self.value.initialize(to: value)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
    value.deinitialize(count: 1)
    value.deallocate()
  }
}

public struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
  private let guarded: Guarded<Value>

  public init(_ value: consuming sending Value) { guarded = Guarded(value) }

  public borrowing func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(guarded.lock)
    defer { pthread_mutex_unlock(guarded.lock) }
    return try body(&guarded.value.pointee)
  }
}

/// Orders are told apart by the sources only.
public enum MemoryOrder { case relaxed, acquiring, releasing, acquiringAndReleasing, sequentiallyConsistent }

public struct Atomic<Value: Sendable>: ~Copyable, @unchecked Sendable {
  private let mutex: Mutex<Value>

  public init(_ value: Value) { mutex = Mutex(value) }

  public borrowing func load(ordering: MemoryOrder) -> Value { mutex.withLock { $0 } }

  public borrowing func store(_ value: Value, ordering: MemoryOrder) { mutex.withLock { $0 = value } }

  public borrowing func exchange(_ value: Value, ordering: MemoryOrder) -> Value {
    mutex.withLock { current in
      let before = current
      current = value
      return before
    }
  }
}

extension Atomic where Value: Equatable {
  @discardableResult
  public borrowing func compareExchange(expected: Value, desired: Value, ordering: MemoryOrder) -> (
    exchanged: Bool, original: Value
  ) {
    mutex.withLock { current in
      let before = current
      if before == expected { current = desired }
      return (before == expected, before)
    }
  }
}

extension Atomic where Value: FixedWidthInteger {
  private borrowing func change(_ new: (Value) -> Value) -> (oldValue: Value, newValue: Value) {
    mutex.withLock { current in
      let before = current
      current = new(before)
      return (before, current)
    }
  }

  @discardableResult
  public borrowing func add(_ more: Value, ordering: MemoryOrder) -> (oldValue: Value, newValue: Value) {
    change { $0 + more }
  }

  @discardableResult
  public borrowing func subtract(_ less: Value, ordering: MemoryOrder) -> (oldValue: Value, newValue: Value) {
    change { $0 - less }
  }

  @discardableResult
  public borrowing func wrappingAdd(_ more: Value, ordering: MemoryOrder) -> (
    oldValue: Value, newValue: Value
  ) {
    change { $0 &+ more }
  }

  @discardableResult
  public borrowing func wrappingSubtract(_ less: Value, ordering: MemoryOrder) -> (
    oldValue: Value, newValue: Value
  ) {
    change { $0 &- less }
  }
}
