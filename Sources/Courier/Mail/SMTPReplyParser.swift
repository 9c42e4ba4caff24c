/// Assembles replies from bytes as they come; bounded, and free of I/O.
struct SMTPReplyParser {
    /// RFC 5321 4.5.3.1.5 says 512; real servers send more.
    static let maximumLineBytes = 2_048
    static let maximumLines = 128

    struct Violation: Error, Equatable {}

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether a reply has begun that has not ended.
    var isInsideReply: Bool { !line.isEmpty || !lines.isEmpty }

    /// Takes one byte.
    ///
    /// - Returns: the reply that this byte completes, if any.
    /// - Throws: ``Violation``: a line too long, too many lines, no code, codes that differ, a NUL.
    mutating func feed(_ byte: UInt8) throws(Violation) -> SMTPReply? {
        guard byte != 0 else { throw Violation() }
        guard byte == UInt8(ascii: "\n") else {
            line.append(byte)
            guard line.count <= SMTPReplyParser.maximumLineBytes else { throw Violation() }
            return nil
        }
        if line.last == UInt8(ascii: "\r") {
            line.removeLast()
        }
        defer { line.removeAll(keepingCapacity: true) }
        return try endLine()
    }

    private mutating func endLine() throws(Violation) -> SMTPReply? {
        guard line.count >= 3, let number = SMTPReplyParser.code(line[0..<3]), code == nil || code == number else { throw Violation() }
        let isLast = line.count == 3 || line[3] == UInt8(ascii: " ")
        guard isLast || line[3] == UInt8(ascii: "-"), lines.count < SMTPReplyParser.maximumLines else { throw Violation() }
        code = number
        lines.append(SMTPReplyParser.printable(line.dropFirst(4)))
        guard isLast else { return nil }
        defer {
            code = nil
            lines = []
        }
        return SMTPReply(code: number, lines: lines)
    }

    private static func code(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return (200...599).contains(number) ? number : nil
    }

    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
