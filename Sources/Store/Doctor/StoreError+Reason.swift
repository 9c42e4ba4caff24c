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

    /// Why a ticket's row, or an event of its history, cannot be read, in words that hold nothing of it; nil for every other error.
    public var unreadableEvent: String? {
        guard case .unexpected(let cause) = self, cause.kind == .decoding, let statement = cause.statementName,
            [String(describing: LoadEvents.self), String(describing: LoadEventsPage.self), String(describing: LockTickets.self)].contains(statement)
        else { return nil }
        return cause.message
    }
}
