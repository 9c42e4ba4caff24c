/// Why a message cannot be built.
public enum MailMessageError: Error, Equatable, Sendable {
    /// The named header's value holds CR, LF, NUL or another control character, or is too long.
    case unsafeHeader(String)
    case noRecipient
    case tooManyRecipients
    case tooLarge
}

extension MailMessageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsafeHeader(let name): "the value of \(name) holds control characters or is too long"
        case .noRecipient: "there is no recipient"
        case .tooManyRecipients: "there are more than \(MailMessage.maximumRecipients) recipients"
        case .tooLarge: "the text is larger than \(MailMessage.maximumTextBytes) bytes"
        }
    }
}
