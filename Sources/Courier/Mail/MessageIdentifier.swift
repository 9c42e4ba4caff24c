import Crypto
public import Domain

/// The `Message-ID` of an outgoing mail, derived from (tenant, delivery): every attempt of a delivery carries the same one, so that receivers
/// can drop duplicates (reliability.md 1). It is a hash, and tells outsiders nothing of our ids.
public struct MessageIdentifier: Hashable, Sendable {
    /// `local@domain`, without the angle brackets.
    public let text: String

    /// - Parameter sender: gives the domain.
    public init(tenant: TenantID, delivery: OutboxMessageID, sender: EmailAddress) {
        var hash = SHA256()
        hash.update(data: Array("docket-mail:\(tenant):\(delivery)".utf8))
        let digits = hash.finalize().prefix(20).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        self.text = "\(digits.joined())@\(sender.domain)"
    }

    /// Reads an id from a stored or received header, with or without angle brackets.
    ///
    /// - Returns: nil unless it is printable ASCII of at most 250 characters with one `@`, without spaces and brackets.
    public init?(_ text: some StringProtocol) {
        let inner = text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : String(text)
        let isPlain = inner.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
        guard (3...250).contains(inner.utf8.count), isPlain, inner.filter({ $0 == "@" }).count == 1 else { return nil }
        self.text = inner
    }

    var headerWord: String { "<\(text)>" }
}
