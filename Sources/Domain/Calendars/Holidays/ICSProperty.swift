/// One content line of an iCalendar file, unfolded and taken apart (RFC 5545 3.1).
struct ICSProperty: Sendable {
    /// In capitals.
    let name: String
    /// Names in capitals; of a parameter with several values the text as it stands.
    let parameters: [String: String]
    let value: String
    /// Where its first line stands in the file, from 1.
    let line: Int

    var place: String { "line \(line)" }

    /// - Throws: ``HolidayListError`` for a line without a name or a colon, or with a quote that does not end.
    init(_ bytes: [UInt8], line: Int) throws(HolidayListError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw HolidayListError("line \(line)", "is not UTF-8") }
        var parts: [Substring] = []
        var start = text.startIndex
        var isQuoted = false
        var value: Substring?
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case ";" where !isQuoted:
                parts.append(text[start..<index])
                start = text.index(after: index)
            case ":" where !isQuoted:
                parts.append(text[start..<index])
                value = text[text.index(after: index)...]
            default: continue
            }
            if value != nil { break }
        }
        guard let value, let first = parts.first, ICSProperty.isName(first) else { throw HolidayListError("line \(line)", "is not NAME:VALUE") }
        var parameters: [String: String] = [:]
        for part in parts.dropFirst() {
            guard let sign = part.firstIndex(of: "="), ICSProperty.isName(part[..<sign]) else {
                throw HolidayListError("line \(line)", "has a parameter that is not NAME=VALUE")
            }
            let content = part[part.index(after: sign)...]
            let isWrapped = content.count >= 2 && content.first == "\"" && content.last == "\""
            parameters[part[..<sign].uppercased()] = String(isWrapped ? content.dropFirst().dropLast() : content)
        }
        name = first.uppercased()
        self.parameters = parameters
        self.value = String(value)
        self.line = line
    }

    /// The value of a TEXT property without its escapes (RFC 5545 3.3.11).
    var text: String {
        var result = ""
        var isEscaped = false
        for character in value {
            if isEscaped {
                result.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
