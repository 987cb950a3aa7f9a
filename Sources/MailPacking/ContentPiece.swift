internal import Bytes
internal import Compression

/// Contents are kept by pieces, so that none is ever in memory as a whole: each can be read alone.
///
/// A piece is `0 | octets` when it would not become smaller (images, archives), else
/// `1 | number of the dictionary | deflated`.
package enum ContentPiece {
  /// Octets of each piece but the last: a multiple of 3, so that pieces are encoded in base64 alone.
  package static let octets = 87_381 * 3

  /// An empty content has one piece.
  package static func count(_ octets: Int) -> Int { max(1, (max(octets, 0) - 1) / Self.octets + 1) }

  private static let asIs: UInt8 = 0
  private static let deflated: UInt8 = 1
  /// Deflating must save one octet of so many, or reading is not worth its time.
  private static let savingMin = 20
  private static let sampleOctets = 16 * 1024

  package static func pack(_ content: [UInt8]) throws(MailPackingError) -> [UInt8] {
    do throws(CompressionError) {
      if content.count > 2 * sampleOctets {
        let sample = Array(content[..<sampleOctets])
        if try deflate(sample, level: 1).count > sampleOctets - sampleOctets / savingMin {
          return [asIs] + content
        }
      }
      let packed = try deflate(content, level: 6)
      let isWorthIt = packed.count <= content.count - content.count / savingMin - 1
      return isWorthIt ? [deflated, MailDictionary.current.number] + packed : [asIs] + content
    } catch {
      throw MailPackingError(error)
    }
  }

  private static func deflate(_ content: [UInt8], level: Int) throws(CompressionError) -> [UInt8] {
    var deflater = try Deflater(format: .raw, level: level, dictionary: MailDictionary.current.octets)
    var packed = ByteBuffer(capacity: content.count / 2 + 64)
    try deflater.deflate(content, into: &packed, flush: .finish)
    return packed.bytes
  }

  /// - Parameter octets: what the piece stands for: exactly so many, or it is damaged.
  package static func unpack(_ piece: [UInt8], octets: Int) throws(MailPackingError) -> [UInt8] {
    var reader = OctetReader(piece)
    switch try reader.octet() {
    case asIs:
      guard reader.left == octets else { throw .corrupt("a piece's length") }
      return Array(try reader.take(octets))
    case deflated:
      let number = try reader.octet()
      guard let dictionary = MailDictionary.numbered(number) else { throw .unknownVersion(Int(number)) }
      let content = try inflate(try reader.take(reader.left), dictionary, octets)
      guard content.count == octets else { throw .corrupt("a piece's length") }
      return content
    case let form: throw .unknownVersion(Int(form))
    }
  }

  private static func inflate(
    _ packed: ArraySlice<UInt8>, _ dictionary: MailDictionary, _ octets: Int
  ) throws(MailPackingError) -> [UInt8] {
    do throws(CompressionError) {
      var inflater = try Inflater(format: .raw, outputOctetsMax: octets, dictionary: dictionary.octets)
      var input = ByteBuffer(packed)
      var output = ByteBuffer(capacity: min(octets, self.octets))
      _ = try inflater.inflate(&input, into: &output)
      guard inflater.isFinished, input.isEmpty else { throw .truncated }
      return output.bytes
    } catch {
      throw MailPackingError(error)
    }
  }
}
