import Postgres

extension StoreError {
    /// What went wrong, in words for an operator; no row data.
    public var reason: String {
        switch self {
        case .duplicate(let constraint): "a row would violate \(constraint)"
        case .missingReference(let constraint): "a row would violate \(constraint)"
        case .configurationChanged: "the configuration changed meanwhile"
        case .idempotencyKeyInUse: "another request with the same Idempotency-Key is at work"
        case .unavailable(let cause), .outcomeUnknown(let cause), .contention(let cause), .tookTooLong(let cause),
            .unexpected(let cause):
            cause.sqlState.map { "\(cause.message) (\($0))" } ?? cause.message
        }
    }

    /// Why an event of a ticket's history cannot be read, in words that hold nothing of it; nil for every other error.
    public var unreadableEvent: String? {
        guard case .unexpected(let cause) = self, cause.kind == .decoding, cause.statementName == String(describing: LoadEvents.self) else {
            return nil
        }
        return cause.message
    }
}
