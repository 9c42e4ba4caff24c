import Domain
import UseCases

/// Makes one attempt to deliver a webhook.
struct WebhookAttempt: Sendable {
    let transport: any WebhookTransport
    let secrets: WebhookSecretOpener

    func perform(_ delivery: Delivery, _ webhook: Delivery.Webhook) async -> AttemptResult {
        let clock = ContinuousClock()
        let start = clock.now
        func record(_ status: Int?, _ detail: String) -> AttemptRecord {
            AttemptRecord(statusCode: status, detail: detail, duration: start.duration(to: clock.now).wholeMicroseconds)
        }
        let request: WebhookRequest
        do {
            request = try self.request(for: delivery, webhook)
        } catch let error as EgressError {
            // The tenant's URL is not acceptable: its fault, and waiting may give time to mend it.
            let verdict = DeliveryVerdict.retry(afterAttempt: delivery.attempt, failure: error.description)
            return AttemptResult(verdict, record(nil, error.description), feedback: .failure)
        } catch {
            // Our key or our data: the endpoint is not to blame.
            let reason = "the endpoint's secret cannot be used"
            return AttemptResult(.retry(afterAttempt: delivery.attempt, failure: reason, blamesEndpoint: false), record(nil, reason))
        }
        do throws(WebhookTransportError) {
            let response = try await transport.send(request)
            let outcome = WebhookOutcome(response, now: delivery.claimedAt)
            return AttemptResult(
                verdict(outcome, delivery, failure: "the endpoint answered \(response.status)"),
                record(response.status, response.excerpt),
                feedback: outcome.feedback(after: start.duration(to: clock.now))
            )
        } catch {
            let outcome = WebhookOutcome(error)
            return AttemptResult(
                verdict(outcome, delivery, failure: error.description),
                record(nil, error.description),
                feedback: outcome.feedback(after: start.duration(to: clock.now))
            )
        }
    }

    private struct UnusableSecret: Error {}

    private func request(for delivery: Delivery, _ webhook: Delivery.Webhook) throws -> WebhookRequest {
        let url = try EgressURL(webhook.url)
        let secrets = try self.secrets.secrets(in: webhook.sealedSecrets, of: delivery.lane.tenant, endpoint: webhook.endpoint)
        let request = WebhookRequest(
            url: url,
            id: delivery.lease.id.description,
            // The database's clock: a receiver refuses times that are far from its own, and this machine's may be wrong.
            unixSeconds: delivery.claimedAt.microseconds / 1_000_000,
            body: webhook.body,
            secrets: secrets,
            traceparent: delivery.span,
            tracestate: delivery.tracestate
        )
        guard let request else { throw UnusableSecret() }
        return request
    }

    private func verdict(_ outcome: WebhookOutcome, _ delivery: Delivery, failure: String) -> DeliveryVerdict? {
        switch outcome.verdict {
        case .delivered: .delivered
        case .retry: .retry(afterAttempt: delivery.attempt, failure: failure, retryAfter: outcome.retryAfter)
        case .disable: .bury(reason: "the endpoint answered 410 Gone", disablesEndpoint: true)
        case .interrupted: nil
        }
    }
}

extension WebhookOutcome {
    fileprivate func feedback(after time: Duration) -> EndpointGate.Feedback {
        switch verdict {
        case .delivered: time > EndpointGate.tardiness ? .lateSuccess : .success
        case .interrupted: .none
        case .retry, .disable: slowsEndpoint ? .slow(retryAfter: retryAfter) : .failure
        }
    }
}

extension Duration {
    /// Whole microseconds; attempts are too short to overflow.
    var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
    }
}
