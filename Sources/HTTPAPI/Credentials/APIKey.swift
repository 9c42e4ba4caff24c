import Crypto

/// An API key as its owner holds it: `dkt_live_`, 30 random characters, 6 characters of checksum, all base62 (api.md 1).
///
/// 30 characters carry 178 bits, so the stored form is a plain SHA-256; the checksum lets scanners and the API refuse look-alikes
/// without asking a database. The text itself leaves this type only through ``revealed``, for the one time it is shown.
public struct APIKey: Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case live = "dkt_live_"
        case test = "dkt_test_"
    }

    /// A regular expression for secret scanners.
    public static let scanningPattern = "dkt_(live|test)_[0-9A-Za-z]{36}"

    static let randomLength = 30
    static let checksumLength = 6
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    public let kind: Kind
    private let text: String

    /// Reads a presented key.
    ///
    /// - Returns: nil unless prefix, length, alphabet and checksum are right.
    public init?(_ text: String) {
        guard text.utf8.count == 9 + APIKey.randomLength + APIKey.checksumLength,
            let kind = Kind.allCases.first(where: { text.utf8.starts(with: $0.rawValue.utf8) }),
            text.utf8.dropFirst(9).allSatisfy(APIKey.isBase62),
            text.utf8.suffix(APIKey.checksumLength).elementsEqual(APIKey.checksum(of: text.utf8.dropLast(APIKey.checksumLength)))
        else { return nil }
        self.kind = kind
        self.text = text
    }

    private init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }

    /// A new key.
    ///
    /// - Parameter generator: must be fit for secrets; the system's is.
    public static func generate(_ kind: Kind = .live, using generator: inout some RandomNumberGenerator) -> APIKey {
        var bytes = Array(kind.rawValue.utf8)
        for _ in 0..<randomLength {
            bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
        }
        bytes.append(contentsOf: checksum(of: bytes))
        return APIKey(kind: kind, text: String(decoding: bytes, as: UTF8.self))
    }

    /// The key itself, for the one time that its owner sees it.
    public var revealed: String { text }

    /// What is stored and looked up: SHA-256 of the key, 32 bytes.
    public var lookupHash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// The last four characters, by which people tell keys apart.
    public var lastFour: String { String(text.suffix(4)) }

    private static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var rest = CRC32.checksum(bytes)
        var digits: [UInt8] = []
        for _ in 0..<checksumLength {
            digits.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return digits.reversed()
    }

    private static func isBase62(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }
}

extension APIKey: CustomStringConvertible, CustomReflectable {
    /// Never the key: interpolations and dumps end up in logs.
    public var description: String { "\(kind.rawValue)…" }

    public var customMirror: Mirror { Mirror(self, children: []) }
}
