extension IPAddress: LosslessStringConvertible {
    /// Reads `192.0.2.1` (four decimal numbers without leading zeros: no octal, hexadecimal or shortened forms) or an IPv6 address of
    /// RFC 4291 2.2, without zone, brackets or prefix length.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 45 else { return nil }
        if let value = IPAddress.parseV4(text) {
            self = .v4(value)
        } else if let (high, low) = IPAddress.parseV6(text) {
            self = .v6(high: high, low: low)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .v4(let value): IPAddress.text(v4: value)
        case .v6(let high, let low): IPAddress.text(high: high, low: low)
        }
    }

    private static func parseV4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
                part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
            else { return nil }
            let number = part.reduce(0) { $0 * 10 + UInt32($1 - UInt8(ascii: "0")) }
            guard number <= 255 else { return nil }
            value = value << 8 | number
        }
        return value
    }

    /// Groups before and after the one `::`, which stands for at least one group of zeros.
    private static func parseV6(_ text: some StringProtocol) -> (UInt64, UInt64)? {
        let text = String(text)
        var halves: [Substring]
        if let range = text.firstRange(of: "::") {
            halves = [text[..<range.lowerBound], text[range.upperBound...]]
        } else {
            halves = [text[...]]
        }
        guard let first = groups(halves[0], mayEndInV4: halves.count == 1) else { return nil }
        var all = first
        if halves.count == 2 {
            guard let last = groups(halves[1], mayEndInV4: true), first.count + last.count <= 7 else { return nil }
            all = first + Array(repeating: 0, count: 8 - first.count - last.count) + last
        }
        guard all.count == 8 else { return nil }
        return (all[0..<4].reduce(0) { $0 << 16 | UInt64($1) }, all[4..<8].reduce(0) { $0 << 16 | UInt64($1) })
    }

    private static func groups(_ text: Substring, mayEndInV4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var tail: [UInt16] = []
        if mayEndInV4, let last = parts.last, last.contains(".") {
            guard let value = parseV4(last) else { return nil }
            tail = [UInt16(truncatingIfNeeded: value >> 16), UInt16(truncatingIfNeeded: value)]
            parts.removeLast()
        }
        var groups: [UInt16] = []
        for part in parts {
            // `UInt16(_:radix:)` would also take a sign.
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit), let group = UInt16(part, radix: 16) else { return nil }
            groups.append(group)
        }
        return groups + tail
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }

    private static func text(v4 value: UInt32) -> String {
        [24, 16, 8, 0].map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
    }

    /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups shortened.
    private static func text(high: UInt64, low: UInt64) -> String {
        let groups = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)))
        }
        var best = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > best.count {
                best = start..<index
            }
            start = index + 1
        }
        let hex = { (range: Range<Int>) in groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        guard best.count >= 2 else { return hex(0..<8) }
        return hex(0..<best.lowerBound) + "::" + hex(best.upperBound..<8)
    }
}
