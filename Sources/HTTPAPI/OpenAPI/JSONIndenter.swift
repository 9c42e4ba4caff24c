/// Indents JSON that has no whitespace outside its strings.
enum JSONIndenter {
    static func indent(_ compact: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(compact.count * 2)
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (index, byte) in compact.enumerated() {
            if isInString {
                out.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                out.append(byte)
                depth += 1
                let isEmpty = index + 1 < compact.count && (compact[index + 1] == UInt8(ascii: "}") || compact[index + 1] == UInt8(ascii: "]"))
                if !isEmpty { breakLine(depth, &out) }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                let isEmpty = out.last == UInt8(ascii: "{") || out.last == UInt8(ascii: "[")
                if !isEmpty { breakLine(depth, &out) }
                out.append(byte)
            case UInt8(ascii: ","):
                out.append(byte)
                breakLine(depth, &out)
            case UInt8(ascii: ":"):
                out.append(byte)
                out.append(0x20)
            default:
                out.append(byte)
                isInString = byte == UInt8(ascii: "\"")
            }
        }
        return out
    }

    private static func breakLine(_ depth: Int, _ out: inout [UInt8]) {
        out.append(0x0A)
        out.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }
}
