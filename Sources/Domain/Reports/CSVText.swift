/// Comma-separated values as RFC 4180 has them: CRLF after each record, fields quoted where they must be.
///
/// Texts that a spreadsheet would take for a formula get an apostrophe before them (OWASP, "CSV Injection"), also those that begin with a full-width form of the
/// sign, which some take for the plain one; numbers that the program writes itself do not.
public struct CSVText: Sendable {
    public enum Field: Hashable, Sendable {
        case text(String)
        case number(Int64)
        case empty
    }

    public static let mediaType = "text/csv; charset=utf-8; header=present"

    public private(set) var bytes: [UInt8] = []

    public init(header: [String]) {
        add(header.map(Field.text))
    }

    public mutating func add(_ record: [Field]) {
        for (index, field) in record.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .empty: continue
            case .number(let number): bytes += String(number).utf8
            case .text(let text): add(text)
            }
        }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    private mutating func add(_ text: String) {
        var content = Array(text.utf8)
        // A leading blank does not keep a spreadsheet from taking the rest for a formula.
        let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{3000}" }
        if let first, CSVText.formulaStarts.contains(first) { content.insert(UInt8(ascii: "'"), at: 0) }
        guard content.contains(where: CSVText.needsQuotes) || content.first == UInt8(ascii: " ") || content.last == UInt8(ascii: " ") else {
            bytes += content
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in content {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
}
