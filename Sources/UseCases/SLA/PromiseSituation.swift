import Domain
import Store

/// The clocks of a ticket as they are stored, before a command.
struct PromiseSituation: Sendable {
    /// nil where no policy ever matched the ticket.
    let ledger: SLALedger?

    /// A ticket that does not exist yet.
    static let none = PromiseSituation(ledger: nil)

    struct Handles: Sendable {
        let ledger: StatementHandle<LoadLedger>

        init(tenant: TenantID, ticket: TicketID, adding unit: inout TenantUnit) {
            ledger = unit.add(LoadLedger(tenant: tenant, ticket: ticket))
        }
    }

    init(ledger: SLALedger?) {
        self.ledger = ledger
    }

    init(handles: Handles, result: StoreResult) throws {
        ledger = try result.first(handles.ledger)
    }
}
