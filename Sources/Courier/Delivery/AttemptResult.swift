import Domain
import UseCases

/// What one attempt came to.
struct AttemptResult {
    /// nil when we stopped the attempt ourselves: the lease is given back.
    let verdict: DeliveryVerdict?
    let record: AttemptRecord
    /// About the endpoint.
    let feedback: EndpointGate.Feedback
    /// About the mail server; ``EndpointGate/Feedback/none`` for webhooks.
    let mailServer: EndpointGate.Feedback

    init(_ verdict: DeliveryVerdict?, _ record: AttemptRecord, feedback: EndpointGate.Feedback = .none, mailServer: EndpointGate.Feedback = .none) {
        self.verdict = verdict
        self.record = record
        self.feedback = feedback
        self.mailServer = mailServer
    }
}

extension DeliveryVerdict {
    /// Tries again by the schedule, or buries after its last attempt.
    ///
    /// - Parameters:
    ///   - attempt: how many attempts have been made.
    ///   - failure: why the last one failed.
    ///   - retryAfter: what the receiver asked for, in seconds.
    static func retry(afterAttempt attempt: Int, failure: String, retryAfter: Int64? = nil, blamesEndpoint: Bool = true) -> DeliveryVerdict {
        let wait = WebhookRetrySchedule.wait(afterAttempts: attempt, jitter: Double.random(in: 0...1), retryAfter: retryAfter)
        guard let wait else { return .bury(reason: "not delivered in \(attempt) attempts: \(failure)", disablesEndpoint: false) }
        return .retry(after: wait, blamesEndpoint: blamesEndpoint)
    }
}
