extension PipelineState {
    /// The connection is gone: what that means for each unit in flight.
    ///
    /// A unit whose statement failed was rolled back, whatever happened to its Sync. The server says goodbye (FATAL) in the place of an answer: the
    /// unit it interrupts did not commit, unless its commit was running, and those behind it never began. Without a goodbye, every unit whose
    /// Sync was sent may have committed.
    mutating func lose(_ cause: PostgresError) -> [(WorkRequest, PostgresError)] {
        let head = flights.first
        let goodbye = head?.failure?.kind == .connectionLost && head?.failure?.sqlState != nil
        var losses: [(WorkRequest, PostgresError)] = []
        for (index, flight) in removeAll().enumerated() {
            let error: PostgresError
            if let failure = flight.failure, failure.kind != .connectionLost {
                error = failure
            } else if !flight.request.mayCommit || !flight.isSynced || (goodbye && !(index == 0 && flight.isCommitting)) {
                error = (index == 0 ? flight.failure : nil) ?? cause.with(.connectionLost)
            } else {
                error = cause.with(.outcomeUnknown)
            }
            losses.append((flight.request, error))
        }
        return losses
    }
}

extension PostgresError {
    func with(_ kind: Kind) -> PostgresError {
        PostgresError(kind, message, sqlState: sqlState, constraint: constraint, table: table, statementName: statementName)
    }
}
