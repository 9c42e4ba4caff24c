/// A W3C trace context: `traceparent` with the `tracestate` that came with it.
public struct TraceContext: Hashable, Sendable {
    /// 32 hexadecimal digits.
    public let traceID: String
    /// 16 hexadecimal digits: the caller's span.
    public let parentID: String
    public let isSampled: Bool
    /// Passed through unread: at most 512 characters of plain ASCII; nil for anything else.
    public let state: String?

    /// - Returns: nil for anything but a valid header; the specification says to go on without it then.
    public init?(traceparent: String, tracestate: String?) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts.allSatisfy({ $0.utf8.allSatisfy(Hexadecimal.isLowercaseDigit) }),
            parts[0].utf8.count == 2, parts[0] != "ff", parts[0] != "00" || parts.count == 4,
            parts[1].utf8.count == 32, parts[1].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parts[2].utf8.count == 16, parts[2].utf8.contains(where: { $0 != UInt8(ascii: "0") }),
            parts[3].utf8.count == 2, let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
        isSampled = flags & 1 == 1
        state = tracestate.flatMap { (1...512).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isAllowedInState) ? $0 : nil }
    }

    /// What may stand in a field's value: printable, or a tab.
    private static func isAllowedInState(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) || byte == 0x09 }

    /// The header's value, as it is passed on to jobs and webhooks.
    public var traceparent: String { "00-\(traceID)-\(parentID)-\(isSampled ? "01" : "00")" }
}
