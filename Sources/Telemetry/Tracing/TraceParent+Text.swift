extension TraceParent: LosslessStringConvertible {
    /// Reads `00-<32 hex>-<16 hex>-<2 hex>`, lower case.
    ///
    /// A version above 00 may have more behind the flags, after a hyphen, which is passed over (Trace Context 4.3); version ff and
    /// zero ids are invalid.
    ///
    /// - Returns: nil for anything else; the caller then begins a trace of its own.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(512))
        guard bytes.count >= 55, let version = TraceParent.hex(bytes[0..<2]), version != 0xFF,
            bytes[2] == UInt8(ascii: "-"), bytes[35] == UInt8(ascii: "-"), bytes[52] == UInt8(ascii: "-"),
            let high = TraceParent.hex(bytes[3..<19]), let low = TraceParent.hex(bytes[19..<35]),
            let span = TraceParent.hex(bytes[36..<52]), let flags = TraceParent.hex(bytes[53..<55])
        else { return nil }
        if bytes.count > 55 {
            guard version > 0, bytes[55] == UInt8(ascii: "-") else { return nil }
        }
        self.init(traceHigh: high, traceLow: low, spanID: span, flags: UInt8(truncatingIfNeeded: flags))
    }

    /// The header's value, always in version 00.
    public var description: String { "00-\(traceID)-\(spanText)-\(TraceParent.text(UInt64(flags & 1), digits: 2))" }

    /// The trace id as 32 hexadecimal digits, for logs.
    public var traceID: String { TraceParent.text(traceHigh, digits: 16) + TraceParent.text(traceLow, digits: 16) }

    /// The span id as 16 hexadecimal digits, for logs.
    public var spanText: String { TraceParent.text(spanID, digits: 16) }

    private static func hex(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            guard let nibble = HexDigits.value(ofLower: digit) else { return nil }
            value = value << 4 | UInt64(nibble)
        }
        return value
    }

    private static func text(_ value: UInt64, digits: Int) -> String {
        let bytes = (0..<digits).map { HexDigits.lower(UInt8(truncatingIfNeeded: value >> UInt64(4 * (digits - 1 - $0)))) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
