/// An `Idempotency-Key`: an sf-string as draft-ietf-httpapi-idempotency-key-header-07 has it, or a bare token as most clients send it (api.md 3).
public struct IdempotencyKey: Hashable, Sendable {
    /// 1 to 255 printable ASCII characters, without the quotation marks.
    public let value: String

    /// - Returns: nil for an empty or too long key, other characters, or broken quoting.
    public init?(_ header: String) {
        guard header.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        let isQuoted = header.utf8.first == UInt8(ascii: "\"")
        guard let text = isQuoted ? IdempotencyKey.unquote(header) : IdempotencyKey.token(header), (1...255).contains(text.utf8.count)
        else { return nil }
        value = text
    }

    /// RFC 9651 3.3.3: a backslash escapes a quotation mark or a backslash, nothing else.
    private static func unquote(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.dropFirst().makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = iterator.next(), escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else { return nil }
                bytes.append(escaped)
            case UInt8(ascii: "\""):
                return iterator.next() == nil ? String(decoding: bytes, as: UTF8.self) : nil
            default:
                bytes.append(byte)
            }
        }
        return nil
    }

    private static func token(_ text: String) -> String? {
        text.utf8.contains { $0 == 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") } ? nil : text
    }
}
