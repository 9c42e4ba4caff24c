import CLibPQ

extension PostgresConnection {
    /// What a unit whose Sync was read has come to; nil where nobody is to hear of it, or it was sent once more.
    func conclude(_ flight: PipelineState.Flight, _ handle: ConnectionHandle) -> Completion? {
        // Taken for each Sync, whoever hears of it: that of one is not to be charged to the next.
        let mayHaveNotReplicated = handle.takeReplicationWarning()
        let request = flight.request
        if request.scope == .rollback { return nil }
        if let failure = flight.failure {
            if request.scope == .single, unitMode == .explicit { rollBack() }
            if failure.isStalePlan {
                forgetStalePlan(flight, failure)
                // One by one they would each cost their transaction an attempt.
                forgetStatements(of: request)
                if !request.isResent, !request.isFinished, request.opensTransaction {
                    resend(request)
                    return nil
                }
            }
            return Completion(request: request, outcome: .failure(failure))
        }
        if mayHaveNotReplicated {
            let error = PostgresError(.outcomeUnknown, "the commit did not wait for its synchronous replica", sqlState: "01000")
            return Completion(request: request, outcome: .failure(error))
        }
        return Completion(request: request, outcome: .success(UnitResult(store: request.store)))
    }

    /// The unit prepares its statements itself this time: what others in the pipeline have just prepared may come to nothing as well, where they fail before it.
    private func resend(_ request: WorkRequest) {
        request.isResent = true
        if request.needsLease { rollBack() }
        send(request)
    }

    private func forgetStatements(of request: WorkRequest) {
        for entry in request.unit.entries {
            guard case .prepared(let type) = entry.source, let item = statements.item(for: type) else { continue }
            // It may be on the server or not: a name that nobody uses ends with the connection.
            statements.forget(type, serial: item.serial, isOnServer: false)
        }
    }

    /// The failed transaction of the same connection ends before whatever is sent next.
    private func rollBack() {
        var unit = PostgresUnit()
        unit.add(ControlStatement.Rollback())
        send(WorkRequest(.rollback, unit))
    }

    /// 26000: the server has no such name. Changed schema: it has, and the name has to go.
    private func forgetStalePlan(_ flight: PipelineState.Flight, _ failure: PostgresError) {
        let isOnServer = failure.sqlState != "26000"
        switch flight.failedStep {
        case .control(let type, let serial): statements.forget(type, serial: serial, isOnServer: isOnServer)
        case .entry(let index, let serial?):
            if case .prepared(let type) = flight.request.unit.entries[index].source {
                statements.forget(type, serial: serial, isOnServer: isOnServer)
            }
        default: break
        }
    }
}
