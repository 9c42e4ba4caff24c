public import Domain

/// What the server said when it took a mail over.
public struct MailReceipt: Sendable, Equatable {
    public let reply: SMTPReply
    /// Recipients that the server refused while it took the mail for the others.
    public let refused: [Refusal]

    public struct Refusal: Sendable, Equatable {
        public let recipient: EmailAddress
        public let reply: SMTPReply

        public init(recipient: EmailAddress, reply: SMTPReply) {
            self.recipient = recipient
            self.reply = reply
        }
    }

    public init(reply: SMTPReply, refused: [Refusal] = []) {
        self.reply = reply
        self.refused = refused
    }
}
