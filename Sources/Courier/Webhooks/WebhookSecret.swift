import Crypto

/// The shared secret of one webhook endpoint: 24 to 64 random bytes, shown as `whsec_<base64>` (Standard Webhooks 1.0.0).
///
/// Prints as a fixed mark everywhere; ``reveal()`` gives the text that the tenant is shown once.
public struct WebhookSecret: Sendable {
    static let prefix = "whsec_"
    static let byteCounts = 24...64

    private let bytes: [UInt8]

    /// - Returns: nil where the prefix, the base64 or the length is wrong.
    public init?(_ text: String) {
        guard text.hasPrefix(WebhookSecret.prefix), text.utf8.count <= 128,
            let bytes = Base64.decode(text.dropFirst(WebhookSecret.prefix.count)), WebhookSecret.byteCounts.contains(bytes.count)
        else { return nil }
        self.bytes = bytes
    }

    /// A new secret of 32 bytes.
    ///
    /// - Parameter generator: must be cryptographically secure; `SystemRandomNumberGenerator` is.
    public init(using generator: inout some RandomNumberGenerator) {
        bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// The secret as text. Show it once, when it is made; never log it.
    public func reveal() -> String { WebhookSecret.prefix + Base64.encode(bytes) }

    var key: SymmetricKey { SymmetricKey(data: bytes) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[redacted]" }
    public var debugDescription: String { "[redacted]" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
