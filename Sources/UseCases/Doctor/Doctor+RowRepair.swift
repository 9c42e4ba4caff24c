import Domain
import Store

extension Doctor {
    /// Writes the rows anew that their events do not rebuild, each under its lock and judged anew there. What follows from a row, loads and entries, is
    /// for the repairs that come after.
    ///
    /// - Returns: why rows were left as they are, how often each.
    func repairRows(of tenant: Tenant, _ count: inout Int) async throws -> [TicketRowFault: Int] {
        var wrong: [TicketID] = []
        try await eachHistory(of: tenant) { if $0.rowFault != nil { wrong.append($0.ticket.id) } }
        var left: [TicketRowFault: Int] = [:]
        for ticket in wrong {
            switch try await rewriteRow(of: ticket, in: tenant.id) {
            case .written: count += 1
            case .fine: break
            case .left(let fault): left[fault, default: 0] += 1
            }
        }
        return left
    }

    private enum RowOutcome: Sendable {
        case written
        /// Somebody has put it right meanwhile.
        case fine
        case left(TicketRowFault)
    }

    private func rewriteRow(of ticket: TicketID, in tenant: TenantID) async throws -> RowOutcome {
        var first = TenantUnit(tenant)
        let locked = first.add(LockTickets(tenant: tenant, tickets: [ticket]))
        return try await database.transaction(first) { transaction, result in
            guard let row = try result.first(locked) else { return .fine }
            var history = TicketRowFold()
            try await TicketHistory(ticket: ticket, tenant: tenant, transaction: transaction).eachPage { history.follow($0) }
            guard let fault = TicketRowFault(row, history: history) else { return .fine }
            guard fault.isRepairable, let replayed = history.row else { return .left(fault) }
            try await transaction.commit(RestoreTicket(tenant: tenant, ticket: replayed))
            return .written
        }
    }
}
