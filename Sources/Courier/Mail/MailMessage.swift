public import Domain

/// A plain-text mail, checked when it is made and ready to be sent.
public struct MailMessage: Sendable {
    /// What `Auto-Submitted` says (RFC 3834 5): other machines must not answer automatic mail.
    public enum Origin: String, Sendable {
        /// A person wrote it; the header is left out.
        case person = "no"
        /// A notification that nobody asked for by a mail.
        case generated = "auto-generated"
        /// An automatic answer to a mail.
        case replied = "auto-replied"
    }

    public static let maximumRecipients = 50
    /// The largest text, in bytes of UTF-8.
    public static let maximumTextBytes = 1_048_576

    public let from: Mailbox
    public let to: [Mailbox]
    public let replyTo: Mailbox?
    public let subject: String
    public let text: String
    public let date: Timestamp
    public let id: MessageIdentifier
    /// The ids of the conversation, oldest first; the last one is what this mail answers.
    public let references: [MessageIdentifier]
    public let origin: Origin

    /// - Throws: ``MailMessageError``: a subject with control characters or over 998 bytes, no or too many recipients, too much text.
    public init(
        from: Mailbox,
        to: [Mailbox],
        replyTo: Mailbox? = nil,
        subject: String,
        text: String,
        date: Timestamp,
        id: MessageIdentifier,
        references: [MessageIdentifier] = [],
        origin: Origin = .generated
    ) throws(MailMessageError) {
        guard !to.isEmpty else { throw .noRecipient }
        guard to.count <= MailMessage.maximumRecipients else { throw .tooManyRecipients }
        guard MailSyntax.isSafeHeaderText(subject), subject.utf8.count <= 998 else { throw .unsafeHeader("Subject") }
        guard text.utf8.count <= MailMessage.maximumTextBytes else { throw .tooLarge }
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
        self.references = references
        self.origin = origin
    }
}
