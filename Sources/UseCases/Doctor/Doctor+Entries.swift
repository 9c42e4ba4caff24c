import Domain
import Store

extension Doctor {
    /// Processes carry readings of the clock forward by up to a second; microseconds.
    private static let clockTolerance: Int64 = 10_000_000
    /// How many entries are read at a time.
    private static let entryPage = 500

    /// Waiting tickets whose place, class or next step is not what follows from the ticket, its promises and its queue. Of a queue that was edited only once its entries have
    /// followed (``QueueFollowing``): until then they say what held before.
    ///
    /// - Parameters:
    ///   - after: where the last call ended; nil begins.
    ///   - limit: about how many to find, at most a page more.
    /// - Returns: `end` is nil where all were looked at.
    func wrongEntries(
        of tenant: TenantID,
        after: TicketID? = nil,
        limit: Int
    ) async throws -> (wrong: [(ticket: TicketID, number: Int64)], end: TicketID?) {
        var (wrong, position): ([(ticket: TicketID, number: Int64)], TicketID?) = ([], after)
        while wrong.count < limit {
            let start = position
            let page = try await environment.configurations.withConfiguration(of: tenant) { configuration in
                try await readEntries(after: start, configuration: configuration)
            }
            wrong += page.wrong
            position = page.end
            if position == nil { break }
        }
        return (wrong, position)
    }

    private func readEntries(
        after: TicketID?,
        configuration: TenantConfiguration
    ) async throws -> (wrong: [(ticket: TicketID, number: Int64)], end: TicketID?) {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let time = first.add(ReadTime())
        let page = first.add(EntriesPage(tenant: tenant, after: after, limit: Self.entryPage))
        return try await database.snapshot(first) { transaction, result in
            let rows = try result.rows(page)
            guard let now = try result.first(time) else { return ([], nil) }
            let followed = rows.filter { $0.overflowSeconds == configuration.overflow(of: $0.entry.queue)?.afterSeconds ?? 0 }.map(\.entry)
            let expected = try await transaction.expected(followed, at: now, configuration: configuration)
            // Whoever cannot be read is for an operator to see.
            if let unreadable = expected.unreadable.first { throw unreadable.error }
            let wrong = expected.entries
                .filter { $0.isWrong(at: now, tolerance: Self.clockTolerance) }
            return (wrong.map { ($0.stored.ticket, $0.number) }, rows.count < Self.entryPage ? nil : rows.last?.entry.ticket)
        }
    }
}
