public import Domain

/// Who a mail goes from and to on the way, apart from what its headers say.
public struct MailEnvelope: Sendable, Equatable {
    /// Where failures are reported; nil is the null return path, for automatic answers (RFC 3834 3.3).
    public let returnPath: EmailAddress?
    public let recipients: [EmailAddress]

    /// - Returns: nil where there is no recipient or more than ``MailMessage/maximumRecipients``.
    public init?(returnPath: EmailAddress?, recipients: [EmailAddress]) {
        guard !recipients.isEmpty, recipients.count <= MailMessage.maximumRecipients else { return nil }
        self.returnPath = returnPath
        self.recipients = recipients
    }
}
