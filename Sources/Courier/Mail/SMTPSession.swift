import Domain
import NIOCore
import NIOSSL

/// The dialogue of one delivery.
struct SMTPSession {
    let connection: SMTPConnection
    let configuration: SMTPConfiguration
    let tls: NIOSSLContext?

    private var commandTimeout: TimeAmount { TimeAmount(configuration.timeouts.command) }

    func deliver(_ message: [UInt8], to envelope: MailEnvelope) async throws(MailError) -> MailReceipt {
        let greeting = try await connection.greeting(timeout: TimeAmount(configuration.timeouts.greeting))
        guard greeting.isSuccess else { throw .refused(.greeting, greeting) }
        let (capabilities, isProtected) = try await secured(try await hello())
        if let maximum = capabilities.maximumSize, message.count > maximum { throw .unacceptableMessage }
        if let credentials = configuration.credentials {
            try await authenticate(credentials, capabilities: capabilities, isProtected: isProtected)
        }
        try await expectSuccess("MAIL FROM:<\(envelope.returnPath?.text ?? "")>", step: .sender)
        let refused = try await offer(envelope.recipients)
        let go = try await connection.command("DATA", step: .data, timeout: commandTimeout)
        guard go.isIntermediate else { throw .refused(.data, go) }
        let reply = try await connection.exchange(
            SMTPContent.stuffed(message),
            step: .content,
            timeout: TimeAmount(configuration.timeouts.content)
        )
        guard reply.isSuccess else { throw .refused(.content, reply) }
        // The mail is handed over: whatever QUIT brings changes nothing, so it is neither waited for long nor checked.
        _ = try? await connection.command("QUIT", step: .quit, timeout: .seconds(2))
        return MailReceipt(reply: reply, refused: refused)
    }

    /// What we call ourselves: the name that was set, else the address from which this connection was made (RFC 5321 4.1.1.1, 4.1.3).
    private var helloName: String {
        if let name = configuration.helloName { return name }
        return switch connection.localAddress {
        case .v4(let bits): "[\(IPAddress.v4(bits))]"
        case .v6(let high, let low): "[IPv6:\(IPAddress.v6(high: high, low: low))]"
        case nil: "[127.0.0.1]"
        }
    }

    private func hello() async throws(MailError) -> SMTPCapabilities {
        let reply = try await connection.command("EHLO \(helloName)", step: .hello, timeout: commandTimeout)
        if reply.isSuccess { return SMTPCapabilities(reply) }
        guard reply.isPermanentFailure else { throw .refused(.hello, reply) }
        // An old server (RFC 5321 3.2); it then has no STARTTLS and no AUTH, which the next steps see.
        try await expectSuccess("HELO \(helloName)", step: .hello)
        return .none
    }

    private func secured(_ capabilities: SMTPCapabilities) async throws(MailError) -> (SMTPCapabilities, isProtected: Bool) {
        switch configuration.security {
        case .implicitTLS: return (capabilities, true)
        case .none: return (capabilities, false)
        case .startTLSIfOffered where !capabilities.offersStartTLS: return (capabilities, false)
        case .startTLSRequired, .startTLSIfOffered: break
        }
        guard capabilities.offersStartTLS, let tls else { throw .tls }
        try await expectSuccess("STARTTLS", step: .startTLS)
        try await connection.startTLS(tls, host: configuration.host)
        // What was said before TLS may be forged and does not count (RFC 3207 4.2).
        return (try await hello(), true)
    }

    private func authenticate(
        _ credentials: SMTPConfiguration.Credentials,
        capabilities: SMTPCapabilities,
        isProtected: Bool
    ) async throws(MailError) {
        // A password never goes over a connection that others can read.
        guard isProtected else { throw .authenticationUnavailable }
        if capabilities.authentication.contains("PLAIN") {
            let token = Base64.encode([0] + Array(credentials.user.utf8) + [0] + Array(credentials.password.utf8))
            try await expectSuccess("AUTH PLAIN \(token)", step: .authenticate)
        } else if capabilities.authentication.contains("LOGIN") {
            for line in ["AUTH LOGIN", Base64.encode(Array(credentials.user.utf8))] {
                let reply = try await connection.command(line, step: .authenticate, timeout: commandTimeout)
                guard reply.isIntermediate else { throw .refused(.authenticate, reply) }
            }
            try await expectSuccess(Base64.encode(Array(credentials.password.utf8)), step: .authenticate)
        } else {
            throw .authenticationUnavailable
        }
    }

    /// - Returns: the recipients that were refused, where at least one was taken.
    /// - Throws: ``MailError/refused(_:_:)`` where none was: a temporary refusal wins over permanent ones, since it may still change.
    private func offer(_ recipients: [EmailAddress]) async throws(MailError) -> [MailReceipt.Refusal] {
        var refused: [MailReceipt.Refusal] = []
        for recipient in recipients {
            let reply = try await connection.command("RCPT TO:<\(recipient.text)>", step: .recipient, timeout: commandTimeout)
            if !reply.isSuccess {
                refused.append(MailReceipt.Refusal(recipient: recipient, reply: reply))
            }
            // 421: the server is going away (RFC 5321 3.8).
            if reply.code == 421 { throw .refused(.recipient, reply) }
        }
        if refused.count == recipients.count, let reason = refused.first(where: { !$0.reply.isPermanentFailure }) ?? refused.first {
            throw .refused(.recipient, reason.reply)
        }
        return refused
    }

    private func expectSuccess(_ line: String, step: MailError.Step) async throws(MailError) {
        let reply = try await connection.command(line, step: step, timeout: commandTimeout)
        guard reply.isSuccess else { throw .refused(step, reply) }
    }
}
