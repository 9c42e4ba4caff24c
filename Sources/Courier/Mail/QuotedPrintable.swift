/// Quoted-printable (RFC 2045 6.7) of a text whose lines end in CRLF.
enum QuotedPrintable {
    private static let lineLength = 76

    static func encode(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count + text.count / 8)
        var column = 0
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
                out.append(byte)
                column = 0
                continue
            }
            let isLastOfLine = index + 1 == text.count || text[index + 1] == UInt8(ascii: "\r")
            let token = isLiteral(byte, isLastOfLine: isLastOfLine) ? [byte] : [UInt8(ascii: "="), digit(byte >> 4), digit(byte & 0xF)]
            // The soft break takes one place itself, except behind the last character of a line.
            if column + token.count > (isLastOfLine ? lineLength : lineLength - 1) {
                out += "=\r\n".utf8
                column = 0
            }
            out += token
            column += token.count
        }
        return out
    }

    private static func isLiteral(_ byte: UInt8, isLastOfLine: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "="): false
        // White space at the end of a line is lost on the way.
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLastOfLine
        case 0x21...0x7E: true
        default: false
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }
}
