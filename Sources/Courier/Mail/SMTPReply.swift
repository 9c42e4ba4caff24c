/// A complete reply of an SMTP server (RFC 5321 4.2).
public struct SMTPReply: Sendable, Equatable {
    /// Three digits, 200 to 599.
    public let code: Int
    /// The text behind the code of each line; bytes that are not printable ASCII are replaced by `?`.
    public let lines: [String]

    public init(code: Int, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    public var isSuccess: Bool { (200...299).contains(code) }
    public var isIntermediate: Bool { (300...399).contains(code) }
    public var isPermanentFailure: Bool { code >= 500 }

    /// The enhanced status code at the beginning of the text (RFC 3463 2, RFC 2034 4): `5.7.1`. It says why without repeating an address.
    public var enhancedStatus: String? {
        guard let word = lines.first?.prefix(while: { $0 != " " }) else { return nil }
        let parts = word.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isStatus =
            parts.count == 3 && parts[0].elementsEqual(String(code / 100).utf8)
            && parts.dropFirst().allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
        return isStatus ? String(word) : nil
    }

    /// The text in one line of at most 512 characters, for the attempt's record.
    public var text: String { String(lines.joined(separator: " ").prefix(512)) }
}
