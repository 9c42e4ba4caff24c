import Domain
import UseCases

/// Makes one attempt to hand over a mail.
struct MailAttempt: Sendable {
    let transport: any MailTransport
    let sender: Mailbox

    func perform(_ delivery: Delivery, _ payload: MailPayload) async -> AttemptResult {
        let clock = ContinuousClock()
        let start = clock.now
        func record(_ status: Int?, _ detail: String) -> AttemptRecord {
            AttemptRecord(statusCode: status, detail: detail, duration: start.duration(to: clock.now).wholeMicroseconds)
        }
        guard let (message, envelope) = compose(delivery, payload) else {
            let reason = "the mail's addresses, subject or size are not acceptable"
            return AttemptResult(.bury(reason: reason, disablesEndpoint: false), record(nil, reason))
        }
        do throws(MailError) {
            let receipt = try await transport.send(message, to: envelope)
            let refused = receipt.refused.isEmpty ? "" : "; \(receipt.refused.count) of \(envelope.recipients.count) recipients refused"
            return AttemptResult(.delivered, record(receipt.reply.code, receipt.reply.text + refused), feedback: .success, mailServer: .success)
        } catch {
            return AttemptResult(verdict(error, delivery), record(error.statusCode, error.description), mailServer: error.serverFeedback)
        }
    }

    /// Nothing of it depends on the attempt: every attempt sends the same message under the same Message-ID.
    private func compose(_ delivery: Delivery, _ payload: MailPayload) -> (message: [UInt8], envelope: MailEnvelope)? {
        let addresses = payload.to.compactMap { EmailAddress($0) }
        guard addresses.count == payload.to.count, let envelope = MailEnvelope(returnPath: sender.address, recipients: addresses),
            let to = try? addresses.map({ try Mailbox(address: $0) })
        else { return nil }
        let message = try? MailMessage(
            from: sender,
            to: to,
            subject: payload.subject,
            text: payload.text,
            date: delivery.createdAt,
            id: MessageIdentifier(tenant: delivery.lane.tenant, delivery: delivery.lease.id, sender: sender.address)
        )
        return message.map { ($0.rendered(), envelope) }
    }

    private func verdict(_ error: MailError, _ delivery: Delivery) -> DeliveryVerdict? {
        if error == .cancelled { return nil }
        return error.isTemporary
            ? .retry(afterAttempt: delivery.attempt, failure: error.description) : .bury(reason: error.description, disablesEndpoint: false)
    }
}

extension MailError {
    fileprivate var statusCode: Int? {
        if case .refused(_, let reply) = self { reply.code } else { nil }
    }

    /// What it says about the server, apart from this one mail.
    fileprivate var serverFeedback: EndpointGate.Feedback {
        switch self {
        case .cancelled: .none
        case .timeout, .refused(.connect, _), .refused(.greeting, _): .slow(retryAfter: nil)
        case .refused where concernsEveryMail: .failure
        // It answered, and did not like this mail.
        case .refused(.recipient, _), .refused(.sender, _), .refused(.content, _), .unacceptableMessage: .success
        case .refused, .connectionLost, .protocolViolation, .tls, .authenticationUnavailable: .failure
        }
    }
}
