import Domain

/// Checks that several kinds of content share; each adds what it finds wrong.
struct FieldChecks {
    private(set) var problems: [FieldProblem] = []

    mutating func add(_ pointer: String, code: FieldProblem.Code, _ detail: String) {
        add(FieldProblem(pointer, code: code, detail: detail))
    }

    mutating func add(_ problem: FieldProblem) {
        problems.append(problem)
    }

    /// A text for people: so many characters, none of them a control character.
    mutating func text(_ text: String, _ lengths: ClosedRange<Int>, at pointer: String) {
        if !lengths.contains(text.unicodeScalars.count) {
            add(pointer, code: .outOfRange, "needs \(lengths.lowerBound) to \(lengths.upperBound) characters")
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            add(pointer, code: .invalidFormat, "control characters are not allowed")
        }
    }

    mutating func name(_ name: String, at pointer: String = "/name") {
        text(name, 1...200, at: pointer)
        if !name.isEmpty, name.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            add(pointer, code: .invalidFormat, "a name is more than spaces")
        }
    }

    /// One `@` with something on both sides, no spaces, at most 254 bytes (RFC 5321 4.5.3.1.3).
    mutating func email(_ address: String, at pointer: String = "/email") {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        let isAddress = parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && address.utf8.count <= 254
        if !isAddress || !address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) {
            add(pointer, code: .invalidFormat, "not an e-mail address")
        }
    }

    /// An address that mails are sent to. What is stored already is left alone, so that everything else about it can be edited.
    ///
    /// - Parameter stored: the addresses that were taken before.
    mutating func mailbox(_ address: String, stored: [String] = [], at pointer: String = "/email") {
        if EmailAddress(address) == nil, !stored.contains(address) {
            add(pointer, code: .invalidFormat, "not an e-mail address that mails can be sent to: local@domain.example in plain ASCII")
        }
    }

    /// A key for programs: a letter or digit first, then also any of `others`.
    mutating func key(_ key: String, others: String, most: Int, at pointer: String) {
        let isKey = (1...most).contains(key.utf8.count) && key.utf8.allSatisfy { Self.isPlain($0) || others.utf8.contains($0) }
        if !isKey || !(key.utf8.first.map(Self.isPlain) ?? false) {
            add(pointer, code: .invalidFormat, "needs 1 to \(most) of a-z, 0-9 and \(others), a letter or digit first")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    mutating func number(_ value: Int, _ range: ClosedRange<Int>, at pointer: String) {
        if !range.contains(value) { add(pointer, code: .outOfRange, "must be \(range.lowerBound) to \(range.upperBound)") }
    }
}
