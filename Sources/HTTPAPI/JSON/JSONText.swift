/// Turns a JSON string's bytes, already checked by the parser, into text.
enum JSONText {
    static func decode(_ bytes: ArraySlice<UInt8>, hasEscapes: Bool) -> String {
        guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                position += 1
                continue
            }
            let mark = bytes[position + 1]
            position += 2
            if mark == UInt8(ascii: "u") {
                var unit = hexadecimal(bytes, at: position)
                position += 4
                if (0xD800..<0xDC00).contains(unit) {
                    unit = 0x10000 + (unit - 0xD800) << 10 + hexadecimal(bytes, at: position + 2) - 0xDC00
                    position += 6
                }
                append(unit, to: &plain)
            } else {
                plain.append(character(for: mark))
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// Four hexadecimal digits as a number, or nil where a byte is no such digit.
    static func codeUnit(_ bytes: [UInt8], at position: Int) -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = digit(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>, at position: Int) -> UInt32 {
        var unit: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            unit = unit << 4 | (digit(byte) ?? 0)
        }
        return unit
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func append(_ unit: UInt32, to plain: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(unit) else { return }
        plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private static func character(for mark: UInt8) -> UInt8 {
        switch mark {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: mark
        }
    }
}
