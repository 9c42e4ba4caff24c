/// The rules for DNS host names (RFC 1123 2.1).
public enum HostName {
    /// Letters, digits and inner hyphens in labels of 1 to 63, 253 in all, no trailing dot.
    public static func isValid(_ name: some StringProtocol) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy(isLetterDigitHyphen)
        }
    }

    /// Whether some resolver might take the name for an IPv4 address: `127.1`, `0x7f.0.0.1`, `2130706433`, `0177.0.0.1`
    /// (the URL standard's "ends in a number").
    public static func endsInNumber(_ name: String) -> Bool {
        guard let last = name.utf8.split(separator: UInt8(ascii: ".")).last else { return false }
        if last.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { return true }
        return last.count >= 2 && last.starts(with: "0x".utf8)
    }

    private static func isLetterDigitHyphen(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
