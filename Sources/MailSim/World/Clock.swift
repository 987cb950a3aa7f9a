internal import Glibc

enum Clock {
  /// Wall-clock seconds since 1970.
  static var nowSeconds: Int64 { Int64(time(nil)) }
}
