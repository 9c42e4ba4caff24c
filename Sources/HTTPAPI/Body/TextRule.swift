/// What a text of a request may be like.
public struct TextRule: Hashable, Sendable {
    /// In Unicode code points.
    public var length: ClosedRange<Int>
    /// Whether line breaks and tabs are allowed; other control characters never are.
    public var allowsLines: Bool

    public init(length: ClosedRange<Int>, allowsLines: Bool = false) {
        self.length = length
        self.allowsLines = allowsLines
    }

    public var schema: JSONSchema {
        let allowed = allowsLines ? #"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*"# : #"[^\u0000-\u001f\u007f]*"#
        // A text that must be there must not be blank either.
        let inner = length.lowerBound > 0 ? allowed + #"[^\u0000-\u0020\u007f]"# + allowed : allowed
        return .string(
            StringShape(
                minimumLength: length.lowerBound > 0 ? length.lowerBound : nil,
                maximumLength: length.upperBound,
                pattern: "^" + inner + "$"
            )
        )
    }

    /// What is wrong with a text, or nil.
    func failure(of text: String) -> (code: FieldErrorCode, detail: String)? {
        // Fewer bytes than the limit are never more code points than it: most texts need no counting.
        if text.utf8.count > length.upperBound, text.unicodeScalars.count > length.upperBound {
            return (.tooLong, "At most \(length.upperBound) characters.")
        }
        if length.lowerBound > 0 {
            guard text.unicodeScalars.count >= length.lowerBound else {
                return (.tooShort, "At least \(length.lowerBound) character\(length.lowerBound == 1 ? "" : "s").")
            }
            guard text.utf8.contains(where: { $0 > 0x20 }) else { return (.tooShort, "Must not be blank.") }
        }
        for byte in text.utf8 where byte < 0x20 || byte == 0x7F {
            let isLine = byte == 0x0A || byte == 0x0D || byte == 0x09
            guard isLine, allowsLines else { return (.invalidCharacter, "Control characters are not allowed.") }
        }
        return nil
    }
}
