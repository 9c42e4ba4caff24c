import Crypto

/// Keeps secrets in the database: AES-256-GCM under a master key that the database never sees.
///
/// A sealed secret is one byte of format, eight of key id, twelve of nonce, the ciphertext and the tag. The key id lets keys be changed one
/// after the other: what an earlier key sealed is opened by it as long as it is given.
public struct SecretBox: Sendable {
    public enum Failure: Error, Hashable, Sendable {
        /// Not something that was sealed here, or it was changed, or it belongs to something else.
        case damaged
        /// Sealed under a master key that is not given.
        case unknownKey
    }

    private static let format: UInt8 = 1
    private let keys: MasterKeyRing

    public init(_ keys: MasterKeyRing) {
        self.keys = keys
    }

    public init(current: MasterKey, earlier: [MasterKey] = []) {
        self.init(MasterKeyRing(current: current, earlier: earlier))
    }

    /// - Parameter context: what the secret belongs to; opening needs the same, so a sealed secret is of no use in another row.
    public func seal(_ secret: [UInt8], context: [UInt8]) throws -> [UInt8] {
        let header = [SecretBox.format] + keys.current.id
        let box = try AES.GCM.seal(secret, using: keys.current.key, authenticating: header + context)
        return header + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    public func open(_ sealed: [UInt8], context: [UInt8]) throws(Failure) -> [UInt8] {
        let headerLength = 1 + MasterKey.idLength
        guard sealed.count >= headerLength + 12 + 16, sealed[0] == SecretBox.format else { throw .damaged }
        let header = Array(sealed.prefix(headerLength))
        let id = Array(header.dropFirst())
        guard let key = ([keys.current] + keys.earlier).first(where: { $0.id == id }) else { throw .unknownKey }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(headerLength))
            return Array(try AES.GCM.open(box, using: key.key, authenticating: header + context))
        } catch {
            throw .damaged
        }
    }

    /// Whether an earlier key sealed it, so that it should be sealed anew.
    public func isOutdated(_ sealed: [UInt8]) -> Bool {
        !sealed.dropFirst().prefix(MasterKey.idLength).elementsEqual(keys.current.id)
    }
}
