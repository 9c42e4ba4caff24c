import HTTPTypes
public import Logging

/// One request to an endpoint, read and checked.
public struct EndpointCall<Path: Sendable, Query: Sendable, Body: Sendable, Output: Sendable>: Sendable {
    public let path: Path
    public let query: Query
    public let body: Body
    public let principal: Principal
    public let requestID: String
    /// What the caller's `traceparent` says, for jobs and webhooks to go on with.
    public let trace: TraceContext?
    /// `If-Match`; always there on conditional operations.
    public let ifMatch: EntityTagCondition?
    public let ifNoneMatch: EntityTagCondition?
    /// Whether `Accept` asks for CSV; only where the operation has it.
    public let prefersCSV: Bool
    /// There where the caller sent an `Idempotency-Key` and the operation takes one.
    public let idempotency: Idempotency<Output>?
    /// Carries the request's id.
    public let logger: Logger
    /// For what has to do with the request's place: see ``Exchange/waiting(_:)``.
    let exchange: Exchange
}
