import Glibc

struct FileError: Error {}

func readFile(_ path: String) throws -> [UInt8] {
  guard let file = fopen(path, "r") else { throw FileError() }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  let n = fread(&bytes, 1, bytes.count, file)
  return [UInt8](bytes[..<n])
}

/// Removes the authority's files and the folder.
func removeFolder(_ path: String) {
  for name in ["ca.pem", "ca-key.pem"] { remove("\(path)/\(name)") }
  remove(path)
}

/// Octets of memory that the process holds now.
func residentOctets() throws -> Int {
  let text = String(decoding: try readFile("/proc/self/statm"), as: UTF8.self)
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
