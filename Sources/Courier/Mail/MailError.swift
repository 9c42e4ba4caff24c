/// Why a mail was not handed over.
public enum MailError: Error, Equatable, Sendable {
    /// The steps of a session, named after their commands.
    public enum Step: String, Sendable {
        case connect, greeting, hello = "EHLO", startTLS = "STARTTLS", authenticate = "AUTH"
        case sender = "MAIL", recipient = "RCPT", data = "DATA", content = "message", quit = "QUIT"
    }

    /// The server said no: 4xx for now, 5xx for good.
    case refused(Step, SMTPReply)
    /// The server could not be reached, or the connection broke.
    case connectionLost(Step)
    case timeout(Step)
    /// The server's answer was not SMTP, or larger than any server's.
    case protocolViolation(Step)
    /// The certificate or the handshake failed, or the server does not offer the TLS that is required.
    case tls
    /// The server does not offer a way to sign in that is allowed, or only without TLS.
    case authenticationUnavailable
    /// The message is larger than the server takes, or not in the form that SMTP needs.
    case unacceptableMessage
    /// We stopped the attempt ourselves; it must not count.
    case cancelled
}

extension MailError {
    /// Whether the same mail may go through later. Faults of our configuration and of the server count as temporary: mails wait until they are mended.
    public var isTemporary: Bool {
        switch self {
        case .refused(_, let reply): concernsEveryMail || !reply.isPermanentFailure
        case .unacceptableMessage: false
        case .connectionLost, .timeout, .protocolViolation, .tls, .authenticationUnavailable, .cancelled: true
        }
    }

    /// Whether the server said no before it had heard of any mail (RFC 5321 3.1: 554 as a greeting), or asked for an account or for TLS (530, 534, 535, 538;
    /// RFC 4954 6, RFC 3207 4): that says nothing about the mail, whatever the code.
    public var concernsEveryMail: Bool {
        switch self {
        case .refused(.connect, _), .refused(.greeting, _), .refused(.hello, _), .refused(.startTLS, _), .refused(.authenticate, _): true
        case .refused(_, let reply): [530, 534, 535, 538].contains(reply.code)
        default: false
        }
    }

    /// Whether the server may have taken the mail although we do not know: the connection ended between the last byte of the message and
    /// the reply. Another attempt may then deliver twice, with the same Message-ID (reliability.md 1).
    public var isOutcomeUnknown: Bool {
        switch self {
        case .connectionLost(.content), .timeout(.content), .protocolViolation(.content): true
        default: false
        }
    }
}

extension MailError: CustomStringConvertible {
    /// Without the server's text, which often repeats addresses, but with its enhanced status code.
    public var description: String {
        switch self {
        case .refused(let step, let reply):
            "the mail server refused \(step.rawValue) with \(reply.code)" + (reply.enhancedStatus.map { " (\($0))" } ?? "")
        case .connectionLost(let step): "the connection to the mail server was lost at \(step.rawValue)"
        case .timeout(let step): "the mail server did not answer \(step.rawValue) in time"
        case .protocolViolation(let step): "the mail server's answer to \(step.rawValue) was not SMTP"
        case .tls: "the mail server's TLS is missing or not trusted"
        case .authenticationUnavailable: "the mail server offers no allowed way to sign in"
        case .unacceptableMessage: "the message is not acceptable to the mail server"
        case .cancelled: "the attempt was stopped"
        }
    }
}
