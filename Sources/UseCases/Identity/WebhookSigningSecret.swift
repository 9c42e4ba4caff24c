import FoundationEssentials

/// A new signing secret of a webhook endpoint: 32 random bytes as `whsec_<base64>` (Standard Webhooks 1.0.0).
///
/// Prints as a fixed mark everywhere; ``revealed`` gives the text that the tenant is shown once.
public struct WebhookSigningSecret: Sendable {
    /// The secret as text. Show it once, when it is made; never log it.
    public let revealed: String

    init() {
        var generator = SystemRandomNumberGenerator()
        revealed = "whsec_" + Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }).base64EncodedString()
    }

    init(revealed: String) {
        self.revealed = revealed
    }
}

extension WebhookSigningSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "[redacted]" }
    public var debugDescription: String { "[redacted]" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
