public import Domain

/// A strong entity tag `"<version>-<hash8>"` (api.md 4).
///
/// The hash ties a version to one resource and to the form in which the API shows it, so that the tag of another resource, or of an
/// older form, never matches by having the same version.
public struct EntityTag: Hashable, Sendable {
    /// Raised whenever the same stored version is shown differently: old tags must not validate caches of the old form.
    private static let representation: UInt64 = 1

    public let version: Int64
    public let hash: UInt32

    init(version: Int64, hash: UInt32) {
        self.version = version
        self.hash = hash
    }

    /// The tag of one version of a resource.
    public init<Entity>(version: Int64, of id: ID<Entity>) {
        self.version = version
        let words = [id.high, id.low, UInt64(bitPattern: version), EntityTag.representation]
        let hash = EntityTag.digest(words.flatMap { word in stride(from: UInt64(0), to: 64, by: 8).map { UInt8(truncatingIfNeeded: word >> $0) } })
        self.hash = UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    /// The tag of a thing without versions: both its numbers are made of what the API shows (decision 0035). What is the same again has the same tag again.
    init(of shown: some JSONWritable) {
        var writer = JSONWriter()
        shown.write(to: &writer)
        let hash = EntityTag.digest(writer.bytes)
        version = Int64(hash >> 32)
        self.hash = UInt32(truncatingIfNeeded: hash)
    }

    /// FNV-1a: the tag is no secret and no proof, it only has to differ.
    private static func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    /// The tag inside a header's quotation marks, or nil where it is none of ours.
    init?(opaque text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 8, parts[1].utf8.allSatisfy(Hexadecimal.isLowercaseDigit),
            let version = DecimalText.integer(parts[0]), version >= 0, String(version) == parts[0], let hash = UInt32(parts[1], radix: 16)
        else { return nil }
        self.init(version: Int64(version), hash: hash)
    }
}

extension EntityTag: CustomStringConvertible {
    /// With the quotation marks, as the `ETag` header shows it.
    public var description: String {
        var digits: [UInt8] = []
        for shift in stride(from: UInt32(28), through: 0, by: -4) {
            digits.append(Hexadecimal.digit(UInt8(truncatingIfNeeded: hash >> shift) & 0xF))
            if shift == 0 { break }
        }
        return "\"\(version)-\(String(decoding: digits, as: UTF8.self))\""
    }
}

extension EntityTag: JSONWritable, JSONSchemaProviding {
    public static let schema = JSONSchema.string(StringShape(pattern: #"^"[0-9]+-[0-9a-f]{8}"$"#))

    public func write(to writer: inout JSONWriter) {
        writer.string(description)
    }
}
