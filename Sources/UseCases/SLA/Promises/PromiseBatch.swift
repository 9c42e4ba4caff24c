import Domain
import Store

/// What happens to the clocks and runs of many tickets, and the tasks that follow: one statement a kind of row.
struct PromiseBatch {
    /// Of tickets that had no clocks before.
    let first: [PromiseChange]
    let further: [PromiseChange]

    func add(tenant: TenantID, at time: Timestamp, to statements: inout StatementList) {
        let all = first + further
        let firings = all.flatMap { change in change.firings.map { (change.ticket, $0) } }
        if !firings.isEmpty { statements.add(InsertFirings(tenant: tenant, firings: firings, time: time)) }
        let new = ledgers(of: first)
        if !new.isEmpty { statements.add(InsertLedgers(tenant: tenant, ledgers: new)) }
        let known = ledgers(of: further)
        if !known.isEmpty { statements.add(PutLedgers(tenant: tenant, ledgers: known)) }
        let timers = all.flatMap { change in change.timers.map { (change.ticket, $0) } }
        if !timers.isEmpty { statements.add(PutTimers(tenant: tenant, timers: timers)) }
        let runs = all.flatMap(\.runs)
        if !runs.isEmpty { statements.add(PutRuns(tenant: tenant, runs: runs, time: time)) }
        let tasks = all.flatMap(\.tasks)
        if !tasks.isEmpty { statements.add(InsertTicketTasks(tenant: tenant, tasks: tasks)) }
    }

    private func ledgers(of changes: [PromiseChange]) -> [(TicketID, SLALedger)] {
        changes.compactMap { change in change.ledger.map { (change.ticket, $0) } }
    }
}
