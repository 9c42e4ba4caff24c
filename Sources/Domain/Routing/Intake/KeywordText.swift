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

    /// - Parameter keyword: folded; an empty one is in no text.
    func contains(_ keyword: [UInt8]) -> Bool {
        guard let first = keyword.first, keyword.count <= bytes.count else { return false }
        let last = bytes.count - keyword.count
        return bytes.withUnsafeBufferPointer { bytes in
            keyword.withUnsafeBufferPointer { keyword in
                (0...last).contains { start in
                    guard bytes[start] == first else { return false }
                    return keyword.indices.dropFirst().allSatisfy { bytes[start + $0] == keyword[$0] }
                }
            }
        }
    }
}
