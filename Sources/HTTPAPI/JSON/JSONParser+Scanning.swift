extension JSONParser {
    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ mark: Unicode.Scalar) throws(JSONError) {
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        guard take(mark) else { throw JSONError(.unexpectedByte, at: position) }
    }

    /// Moves behind the closing quotation mark.
    ///
    /// - Returns: whether the string has escapes.
    mutating func skipString() throws(JSONError) -> Bool {
        position += 1
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return hasEscapes
            }
            guard byte >= 0x20 else { throw JSONError(.controlCharacter, at: position) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                try skipEscape()
            } else {
                position += 1
            }
        }
        throw JSONError(.unexpectedEnd, at: position)
    }

    private mutating func skipEscape() throws(JSONError) {
        let start = position
        guard position + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            guard let unit = JSONText.codeUnit(bytes, at: position + 2) else { throw JSONError(.invalidEscape, at: start) }
            position += 6
            guard (0xD800..<0xE000).contains(unit) else { return }
            // A high surrogate is only text together with the low one that must follow it.
            guard unit < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u"),
                let low = JSONText.codeUnit(bytes, at: position + 2), (0xDC00..<0xE000).contains(low)
            else { throw JSONError(.loneSurrogate, at: start) }
            position += 6
        default:
            throw JSONError(.invalidEscape, at: start)
        }
    }

    /// Moves behind a number, in the grammar of RFC 8259 6: no plus sign, no leading zero, no bare point.
    mutating func skipNumber() throws(JSONError) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") {
            position += 1
        }
        if take("0") {
            if isDigit { throw JSONError(.invalidNumber, at: start) }
        } else {
            guard skipDigits() else { throw JSONError(.invalidNumber, at: start) }
        }
        if take(".") {
            guard skipDigits() else { throw JSONError(.invalidNumber, at: start) }
        }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard skipDigits() else { throw JSONError(.invalidNumber, at: start) }
        }
    }

    private var isDigit: Bool {
        position < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position])
    }

    /// - Returns: whether there was at least one digit.
    private mutating func skipDigits() -> Bool {
        let start = position
        while isDigit {
            position += 1
        }
        return position > start
    }
}
