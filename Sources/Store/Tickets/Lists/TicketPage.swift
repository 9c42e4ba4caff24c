import Domain
import Postgres

/// A page of what belongs to a ticket, in the order of ids: what `$1` to `$4` of the statements that read one stand for.
struct TicketPage<Entity>: Sendable {
    let tenant: TenantID
    let ticket: TicketID
    /// The last of the page before.
    let after: ID<Entity>?
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(after ?? ID<Entity>.lowest)
        binder.append(Int64(limit))
    }
}
