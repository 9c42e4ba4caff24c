import CLibPQ

extension PostgresConnection {
    /// Puts a unit and its Sync into libpq's buffer, which flushes with the Sync. Throws where libpq refuses: the connection is of no more use.
    func write(_ request: WorkRequest, to handle: ConnectionHandle) throws(PostgresError) -> [PipelineStep] {
        var steps: [PipelineStep] = []
        steps.reserveCapacity(request.unit.entries.count + 2)
        // Only where no transaction can be open: a failed one would refuse it, and BEGIN wants to come first.
        if request.scope == .single {
            for name in statements.takeStale() {
                try writeUpkeep("DEALLOCATE \(name)", &steps, handle)
            }
        }
        if case .lease(let isolation) = request.scope {
            try writeControl(ControlStatement.begin(isolation), &steps, handle)
        } else if request.scope == .single, unitMode == .explicit {
            try writeControl(ControlStatement.Begin.self, &steps, handle)
        }
        if request.opensTransaction, takeAgeOfPlans() { try writeUpkeep("DISCARD PLANS", &steps, handle) }
        for (index, entry) in request.unit.entries.enumerated() {
            try write(entry, at: index, of: request.unit, &steps, handle)
        }
        if request.scope == .commit || (request.scope == .single && unitMode == .explicit) {
            try writeControl(ControlStatement.Commit.self, &steps, handle)
        }
        try check(PQpipelineSync(handle.pointer), handle)
        return steps
    }

    private func writeUpkeep(_ sql: String, _ steps: inout [PipelineStep], _ handle: ConnectionHandle) throws(PostgresError) {
        try check(PQsendQueryParams(handle.pointer, sql, 0, nil, nil, nil, nil, 1), handle)
        steps.append(.upkeep)
    }

    private func writeControl(_ type: any Statement.Type, _ steps: inout [PipelineStep], _ handle: ConnectionHandle) throws(PostgresError) {
        let item = try prepared(type, types: [], &steps, handle)
        try check(PQsendQueryPrepared(handle.pointer, item.name, 0, nil, nil, nil, 1), handle)
        steps.append(.control(type, serial: item.serial))
    }

    private func write(
        _ entry: PostgresUnit.Entry,
        at index: Int,
        of unit: PostgresUnit,
        _ steps: inout [PipelineStep],
        _ handle: ConnectionHandle
    ) throws(PostgresError) {
        switch entry.source {
        case .text(let text):
            try check(PQsendQueryParams(handle.pointer, text, 0, nil, nil, nil, nil, 1), handle)
            steps.append(.entry(index, serial: nil))
        case .prepared(let type):
            let item = try prepared(type, types: unit.binder.types[entry.parameters], &steps, handle)
            let code = unit.binder.arena.withUnsafeBufferPointer { arena in
                scratch.withParameters(unit.binder.parameters[entry.parameters], in: arena) { count, values, lengths, formats in
                    PQsendQueryPrepared(handle.pointer, item.name, count, values, lengths, formats, 1)
                }
            }
            try check(code, handle)
            steps.append(.entry(index, serial: item.serial))
        }
    }

    /// The name of a statement on this connection; its Parse goes ahead of its first use, in the same flush.
    private func prepared(
        _ type: any Statement.Type,
        types: ArraySlice<UInt32>,
        _ steps: inout [PipelineStep],
        _ handle: ConnectionHandle
    ) throws(PostgresError) -> StatementCache.Item {
        if let item = statements.item(for: type) {
            if item.types.elementsEqual(types) { return item }
            // Bound with other types than before: a new plan, and the old one goes.
            statements.forget(type, serial: item.serial, isOnServer: true)
        }
        let item = statements.insert(type, types: Array(types))
        try check(PQsendPrepare(handle.pointer, item.name, type.sql, Int32(item.types.count), item.types), handle)
        steps.append(.parse(type, serial: item.serial))
        return item
    }

    private func check(_ code: Int32, _ handle: ConnectionHandle) throws(PostgresError) {
        guard code == 1 else { throw PostgresError(.connectionLost, handle.errorMessage) }
    }

    /// Hands a result to the state machine, and stores or frees it. False where it makes no sense.
    func accept(_ result: OpaquePointer) -> Bool {
        switch pipeline.receive(answer(result)) {
        case .keep(let index):
            if let store = pipeline.head?.request.store {
                store.keep(result, at: index)
                return true
            }
        case .discard: break
        case .violation:
            PQclear(result)
            return false
        }
        PQclear(result)
        if !pipeline.unprepared.isEmpty {
            for (type, serial) in pipeline.takeUnprepared() { statements.forget(type, serial: serial, isOnServer: false) }
        }
        return true
    }

    private func answer(_ result: OpaquePointer) -> PipelineState.Answer {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: .succeeded
        case PGRES_COMMAND_OK: isRollback(result) ? .failed(PostgresError(.transactionAborted, "a statement had failed: rolled back")) : .succeeded
        case PGRES_PIPELINE_ABORTED: .aborted
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: .failed(ServerMessage.error(of: result, statementName: nameOfStep()))
        default: .unexpected
        }
    }

    /// COMMIT of a failed transaction succeeds, but as ROLLBACK.
    private func isRollback(_ result: OpaquePointer) -> Bool {
        guard let head = pipeline.head, head.isCommitting, head.cursor < head.steps.count, let tag = PQcmdStatus(result) else { return false }
        return String(cString: tag) == "ROLLBACK"
    }

    private func nameOfStep() -> String? {
        guard let head = pipeline.head, head.cursor < head.steps.count else { return nil }
        switch head.steps[head.cursor] {
        case .upkeep: return nil
        case .parse(let type, _), .control(let type, _): return String(describing: type)
        case .entry(let index, _): return head.request.unit.entries[index].source.name
        }
    }
}
