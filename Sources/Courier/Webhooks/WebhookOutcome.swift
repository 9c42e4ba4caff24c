public import Domain

/// What an attempt's result means for the delivery and for its endpoint (api.md 7).
public struct WebhookOutcome: Sendable, Equatable {
    public enum Verdict: String, Sendable {
        /// 2xx: done.
        case delivered
        /// Try again by the schedule.
        case retry
        /// 410: disable the endpoint now; this and its other deliveries are not tried again.
        case disable
        /// We stopped it ourselves: try again, and do not count the attempt.
        case interrupted
    }

    public let verdict: Verdict
    /// 429, 502, 504, timeouts, and 503 that says for how long: send to this endpoint more slowly.
    public let slowsEndpoint: Bool
    /// Seconds that the receiver asked to wait, at most 24 h.
    public let retryAfter: Int64?

    /// - Parameter now: what a date in `Retry-After` is compared with.
    public init(_ response: WebhookResponse, now: Timestamp) {
        let verdict: Verdict
        switch response.status {
        case 200...299: verdict = .delivered
        case 410: verdict = .disable
        // 3xx too: a redirect is never followed, since it could lead to an address that was not checked.
        default: verdict = .retry
        }
        self.verdict = verdict
        retryAfter = verdict == .retry ? response.retryAfter.flatMap { RetryAfter.seconds($0, now: now) } : nil
        slowsEndpoint = [429, 502, 504].contains(response.status) || response.status == 503 && retryAfter != nil
    }

    public init(_ error: WebhookTransportError) {
        verdict = error == .cancelled ? .interrupted : .retry
        // A name whose servers do not answer keeps a thread for longer than its attempt.
        slowsEndpoint = error == .timeout || error == .egress(.resolutionTimeout)
        retryAfter = nil
    }
}
