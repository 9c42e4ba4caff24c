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

    /// The text in one line of at most 512 characters, for the attempt's record.
    public var text: String { String(lines.joined(separator: " ").prefix(512)) }
}
