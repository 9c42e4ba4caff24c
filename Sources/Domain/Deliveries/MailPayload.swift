/// A mail to be sent, as it is kept in the outbox.
public struct MailPayload: Hashable, Sendable, Codable {
    /// Addresses, at most 50.
    public var to: [String]
    /// One line, at most 998 bytes.
    public var subject: String
    public var text: String

    public init(to: [String], subject: String, text: String) {
        self.to = to
        self.subject = subject
        self.text = text
    }
}
