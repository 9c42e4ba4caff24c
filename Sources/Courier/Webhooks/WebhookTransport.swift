/// Sends one attempt. Tests replace it with one that records.
public protocol WebhookTransport: Sendable {
    /// - Returns: any answer, whatever its status.
    /// - Throws: ``WebhookTransportError`` where there was none.
    func send(_ request: WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse
}
