/// A text in which keywords are looked for without regard to case.
///
/// Case is folded by going to upper case and back, so that `ß` meets `SS` and `ς` meets `Σ`. Letters and their composed forms are not unified.
struct KeywordText: Sendable {
    private let bytes: [UInt8]

    /// - Parameter parts: no keyword reaches from one part into the next.
    init(_ parts: [String]) {
        // No UTF-8 text has this byte.
        bytes = Array(parts.map(KeywordText.folded).joined(separator: [0xFF]))
    }

    static func folded(_ text: String) -> [UInt8] {
        Array(text.uppercased().lowercased().utf8)
    }

    /// Takes time in proportion to the lengths of text and keyword, whatever they are (Knuth, Morris and Pratt): both come from a tenant, and all tenants share
    /// the processor (security.md 3.5).
    ///
    /// - Parameter keyword: folded; an empty one is in no text.
    func contains(_ keyword: [UInt8]) -> Bool {
        guard !keyword.isEmpty, keyword.count <= bytes.count else { return false }
        let borders = Self.borders(of: keyword)
        var matched = 0
        for byte in bytes {
            while matched > 0, byte != keyword[matched] { matched = borders[matched - 1] }
            if byte == keyword[matched] { matched += 1 }
            if matched == keyword.count { return true }
        }
        return false
    }

    /// For each beginning of a keyword how much of its own beginning it ends with, less than the whole.
    private static func borders(of keyword: [UInt8]) -> [Int] {
        var borders = [0]
        borders.reserveCapacity(keyword.count)
        var matched = 0
        for byte in keyword.dropFirst() {
            while matched > 0, byte != keyword[matched] { matched = borders[matched - 1] }
            if byte == keyword[matched] { matched += 1 }
            borders.append(matched)
        }
        return borders
    }
}
