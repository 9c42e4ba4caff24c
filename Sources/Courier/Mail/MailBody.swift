/// A text body, encoded so that it passes every mail server: ASCII only, short lines.
struct MailBody {
    let transferEncoding: String
    let bytes: [UInt8]

    /// Quoted-printable where most of the text is ASCII, which people can then read in the source; otherwise base64, which is shorter.
    init(_ text: String) {
        let lines = MailBody.withCRLF(text)
        let special = lines.count { $0 >= 0x7F || $0 == UInt8(ascii: "=") }
        if special * 6 <= lines.count {
            transferEncoding = "quoted-printable"
            bytes = QuotedPrintable.encode(lines)
        } else {
            transferEncoding = "base64"
            bytes = MailBody.wrapped(Base64.encode(lines))
        }
    }

    /// Every line break, also a lone CR or LF, becomes CRLF; the last line ends in one. NUL is dropped.
    static func withCRLF(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 64)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\r"): out += "\r\n".utf8
            case UInt8(ascii: "\n"):
                if previous != UInt8(ascii: "\r") {
                    out += "\r\n".utf8
                }
            case 0: break
            default: out.append(byte)
            }
            previous = byte
        }
        if out.last != UInt8(ascii: "\n") {
            out += "\r\n".utf8
        }
        return out
    }

    /// Lines of 76 characters.
    private static func wrapped(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        for (index, byte) in text.utf8.enumerated() {
            if index > 0, index % 76 == 0 {
                out += "\r\n".utf8
            }
            out.append(byte)
        }
        return out + "\r\n".utf8
    }
}
