/// One attempt to deliver, as it was written down.
public struct DeliveryAttempt: Sendable {
    public let at: Timestamp
    /// 1, 2, 3 … since it was put into the outbox.
    public let attempt: Int
    /// `failed` or `dropped`.
    public let outcome: String
    public let statusCode: Int?
    /// What the receiver answered, or why it did not.
    public let detail: String
    /// In microseconds.
    public let duration: Int64

    public init(at: Timestamp, attempt: Int, outcome: String, statusCode: Int?, detail: String, duration: Int64) {
        self.at = at
        self.attempt = attempt
        self.outcome = outcome
        self.statusCode = statusCode
        self.detail = detail
        self.duration = duration
    }
}
