/// Hands one mail to a mail server. Tests replace it with one that records.
public protocol MailTransport: Sendable {
    /// - Parameter message: the rendered message, lines ending in CRLF (``MailMessage/rendered()``).
    /// - Throws: ``MailError``; whether another attempt makes sense is its ``MailError/isTemporary``.
    func send(_ message: [UInt8], to envelope: MailEnvelope) async throws(MailError) -> MailReceipt
}
