/// Who owns a connection. Called on the reactor only.
protocol ConnectionDelegate: AnyObject, Sendable {
    /// Units are over, in this order; the connection has room again.
    func connection(_ connection: PostgresConnection, finished: [Completion])

    /// The connection is closed, and with it these units are over.
    func connection(_ connection: PostgresConnection, closedBy error: PostgresError, finished: [Completion])

    /// A NOTIFY arrived.
    func connection(_ connection: PostgresConnection, heard channel: String)
}

/// A unit that is over.
struct Completion: Sendable {
    let request: WorkRequest
    let outcome: Result<UnitResult, PostgresError>
}
