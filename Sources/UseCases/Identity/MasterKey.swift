import Crypto

/// A key under which secrets are kept in the database: 32 random bytes from the deployment's configuration (security.md 13).
///
/// Prints as a fixed mark everywhere.
public struct MasterKey: Sendable {
    public static let byteCount = 32
    static let idLength = 8

    let key: SymmetricKey
    /// Which key it is, without telling what it is: the beginning of a keyed hash of a fixed text.
    let id: [UInt8]

    /// - Returns: nil unless there are exactly ``byteCount`` bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == MasterKey.byteCount else { return nil }
        self.init(SymmetricKey(data: bytes))
    }

    /// A new key.
    public init() {
        self.init(SymmetricKey(size: .bits256))
    }

    private init(_ key: SymmetricKey) {
        self.key = key
        id = Array(HMAC<SHA256>.authenticationCode(for: Array("docket master key id".utf8), using: key).prefix(MasterKey.idLength))
    }
}

extension MasterKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "[redacted]" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
