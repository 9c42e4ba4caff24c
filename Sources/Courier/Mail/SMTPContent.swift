/// A message in the form in which it follows DATA.
enum SMTPContent {
    /// A message that SMTP carries: lines of at most 998 bytes ending in CRLF, no lone CR or LF, no NUL (RFC 5321 4.5.3.1.6, 2.3.8).
    ///
    /// A lone CR or LF is refused and not mended: servers disagree on whether it ends a line, which lets a text smuggle a whole second
    /// message behind its own end (CVE-2023-51764 and its kin).
    static func isAcceptable(_ message: [UInt8]) -> Bool {
        var length = 0
        var previous: UInt8 = 0
        for byte in message {
            switch byte {
            case UInt8(ascii: "\n"):
                guard previous == UInt8(ascii: "\r") else { return false }
                length = 0
            case 0: return false
            default:
                guard previous != UInt8(ascii: "\r") else { return false }
                length += 1
                guard length <= 999 else { return false }
            }
            previous = byte
        }
        return message.suffix(2) == [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    /// Doubles a full stop at the beginning of a line and adds the line that ends the message (RFC 5321 4.5.2).
    static func stuffed(_ message: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(message.count + 64)
        var isLineStart = true
        for byte in message {
            if isLineStart, byte == UInt8(ascii: ".") {
                out.append(byte)
            }
            out.append(byte)
            isLineStart = byte == UInt8(ascii: "\n")
        }
        return out + ".\r\n".utf8
    }
}
