import Domain

/// Turns texts into header words: plain where they are ASCII, else encoded words (RFC 2047), and folds them into lines.
enum HeaderText {
    /// The longest line where words allow it, without CRLF: lines with encoded words are limited to 76 (RFC 2047 2), others to 78.
    private static let lineLength = 76
    /// The longest encoded word; the standard allows 75, but the first must fit behind the longest header name that carries text.
    private static let encodedWordLength = 64

    /// Words of free text, such as a subject.
    static func unstructured(_ text: String) -> [String] {
        isPlain(text) ? text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) : encodedWords(text)
    }

    /// Words of a display name: atoms, a quoted string, or encoded words.
    static func phrase(_ text: String) -> [String] {
        guard isPlain(text) else { return encodedWords(text) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        if words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(EmailAddress.isAtomCharacter) }) { return words.map(String.init) }
        var quoted = "\""
        for character in text {
            if character == "\"" || character == "\\" {
                quoted.append("\\")
            }
            quoted.append(character)
        }
        return [quoted + "\""]
    }

    /// `Name: word word…` in lines of at most 76 characters where the words allow it, each ending in CRLF.
    static func fold(name: String, words: [String]) -> String {
        var out = name + ":"
        var column = out.utf8.count
        for word in words {
            // An empty word is a second space: it never begins a line, which would then be blank.
            if !word.isEmpty, column + 1 + word.utf8.count > lineLength, column > name.utf8.count + 1 {
                out += "\r\n"
                column = 0
            }
            out += " " + word
            column += 1 + word.utf8.count
        }
        return out + "\r\n"
    }

    /// Printable ASCII that no reader can take for an encoded word, in words that fit a line, without spaces that folding would lose.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && !text.hasPrefix(" ") && !text.hasSuffix(" ")
            && text.split(separator: " ").allSatisfy { $0.utf8.count < lineLength - 20 }
    }

    /// Base64 words that each hold whole characters, so that each can be read alone.
    private static func encodedWords(_ text: String) -> [String] {
        let overhead = "=?utf-8?B??=".utf8.count
        let maximumBytes = (encodedWordLength - overhead) / 4 * 3
        var words: [String] = []
        var piece: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(Character(scalar)).utf8)
            if piece.count + bytes.count > maximumBytes {
                words.append("=?utf-8?B?\(Base64.encode(piece))?=")
                piece = []
            }
            piece += bytes
        }
        if !piece.isEmpty {
            words.append("=?utf-8?B?\(Base64.encode(piece))?=")
        }
        return words
    }
}
