import Glibc

/// Measures the parser of mail; Benchmarks/mime/run calls it.
@main
struct MimeTool {
  static let usage = """
    usage: mimebench parse PACK ROUNDS     seconds of each round of reading every mail of a pack
           mimebench codecs PACK ROUNDS    octets a second of the single decoders, and of memcpy
           mimebench memory whole|pieces|streamed attachment|quoted|text|html OCTETS
                                           the peak of memory of reading such a mail

    A pack is a row of mails, each behind its length (32 bits, little-endian).
    """

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    switch words.first {
    case "parse" where words.count == 3:
      ParseBenchmark.run(file(words[1]), rounds: max(1, Int(words[2]) ?? 1))
    case "codecs" where words.count == 3:
      CodecBenchmark.run(file(words[1]), rounds: max(1, Int(words[2]) ?? 1))
    case "memory" where words.count == 4:
      guard let way = MemoryBenchmark.Way(rawValue: words[1]),
        let kind = MemoryBenchmark.Kind(rawValue: words[2]),
        let octets = Int(words[3]), octets > 0
      else {
        print(usage)
        exit(2)
      }
      MemoryBenchmark.run(way, kind, octets: octets)
    default:
      print(usage)
      exit(2)
    }
  }

  /// All octets of a file; ends the program when it cannot be read.
  static func file(_ path: String) -> [UInt8] {
    guard let handle = fopen(path, "rb") else {
      perror(path)
      exit(1)
    }
    defer { fclose(handle) }
    fseek(handle, 0, SEEK_END)
    let size = max(0, ftell(handle))
    rewind(handle)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, handle)
    }
  }

  /// Processor seconds of this thread: other programs on the machine do not count.
  static func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
  }
}
