extension ID {
    /// 22 digits of six bits each, the most significant first: for records of which many bytes are ids.
    static var shortLength: Int { 22 }

    private static var digits: StaticString { "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-" }

    /// Appends the ASCII text that ``init(short:)`` reads.
    func appendShort(to bytes: inout [UInt8]) {
        Self.digits.withUTF8Buffer { digits in
            for shift in stride(from: 126, through: 0, by: -6) {
                let bits = shift >= 64 ? high >> UInt64(shift - 64) : low >> UInt64(shift) | (shift > 58 ? high << UInt64(64 - shift) : 0)
                bytes.append(digits[Int(bits & 63)])
            }
        }
    }

    /// - Returns: nil for anything that ``appendShort(to:)`` does not write.
    init?(short text: some StringProtocol) {
        guard text.utf8.count == Self.shortLength else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for byte in text.utf8 {
            guard let digit = Self.digits.withUTF8Buffer({ $0.firstIndex(of: byte) }), high >> 58 == 0 else { return nil }
            high = high << 6 | low >> 58
            low = low << 6 | UInt64(digit)
        }
        self.init(high: high, low: low)
    }
}
