import Domain
import Store

/// What a command does to a ticket's clocks, ready to be written with it.
struct PromiseChange: Sendable {
    let ticket: TicketID
    /// The new ledger; nil when nothing changes.
    let ledger: SLALedger?
    /// The timers whose rows change.
    let timers: [SLATimer]
    /// Thresholds that turned out to be passed.
    let firings: [SLAFiring]
    let time: Timestamp

    /// Whether a scheduler must look at a new time.
    var armsTimer: Bool { timers.contains { $0.nextFireAt != nil } }

    func add(tenant: TenantID, to statements: inout StatementList) {
        guard let ledger else { return }
        statements.add(PutLedger(tenant: tenant, ticket: ticket, ledger: ledger))
        if !timers.isEmpty { statements.add(PutTimers(tenant: tenant, timers: timers.map { (ticket, $0) })) }
        if !firings.isEmpty { statements.add(InsertFirings(tenant: tenant, firings: firings.map { (ticket, $0) }, time: time)) }
    }
}
