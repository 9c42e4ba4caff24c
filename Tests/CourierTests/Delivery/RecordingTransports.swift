import Courier
import Synchronization

/// Answers webhooks as it is told, and keeps what was sent.
final class RecordingWebhookTransport: WebhookTransport {
    private let requests = Mutex<[WebhookRequest]>([])
    private let answer: @Sendable (WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse

    init(_ answer: @escaping @Sendable (WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse) {
        self.answer = answer
    }

    convenience init(status: Int) {
        self.init { _ throws(WebhookTransportError) in WebhookResponse(status: status) }
    }

    var sent: [WebhookRequest] { requests.withLock { $0 } }

    func send(_ request: WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse {
        requests.withLock { $0.append(request) }
        return try await answer(request)
    }

    /// Never answers; ends when the attempt is stopped.
    static func hang() async throws(WebhookTransportError) -> WebhookResponse {
        try? await Task.sleep(for: .seconds(3_600))
        throw .cancelled
    }
}

/// Takes mails, or refuses them as it is told, and keeps what was sent.
final class RecordingMailTransport: MailTransport {
    private let messages = Mutex<[String]>([])
    private let failure: MailError?

    init(failure: MailError? = nil) {
        self.failure = failure
    }

    var sent: [String] { messages.withLock { $0 } }

    func send(_ message: [UInt8], to envelope: MailEnvelope) async throws(MailError) -> MailReceipt {
        messages.withLock { $0.append(String(decoding: message, as: UTF8.self)) }
        if let failure { throw failure }
        return MailReceipt(reply: SMTPReply(code: 250, lines: ["2.0.0 queued"]))
    }
}
