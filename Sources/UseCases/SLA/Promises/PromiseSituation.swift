import Domain
import Store

/// The clocks of a ticket and the runs of escalation chains for them as they are stored, before a command.
struct PromiseSituation: Sendable {
    /// nil where no policy ever matched the ticket.
    let ledger: SLALedger?
    /// The live runs.
    let runs: [EscalationRunRecord]

    /// A ticket that does not exist yet.
    static let none = PromiseSituation(ledger: nil, runs: [])

    struct Handles: Sendable {
        let ledger: StatementHandle<LoadLedger>
        let runs: StatementHandle<LoadRuns>

        init(tenant: TenantID, ticket: TicketID, adding unit: inout TenantUnit) {
            ledger = unit.add(LoadLedger(tenant: tenant, ticket: ticket))
            runs = unit.add(LoadRuns(tenant: tenant, tickets: [ticket]))
        }
    }

    init(ledger: SLALedger?, runs: [EscalationRunRecord]) {
        self.ledger = ledger
        self.runs = runs
    }

    init(handles: Handles, result: StoreResult) throws {
        ledger = try result.first(handles.ledger)
        runs = try result.rows(handles.runs)
    }
}
