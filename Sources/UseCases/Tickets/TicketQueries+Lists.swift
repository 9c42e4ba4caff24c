public import Domain
import Store

extension TicketQueries {
    /// Counting stops here.
    public static let maximumCount = 10_000

    /// How many tickets there are; not exact beyond ``maximumCount``.
    public struct Count: Hashable, Sendable {
        public let count: Int
        public let isExact: Bool
    }

    /// A page of tickets in an order, the newest first unless told; a short one where their texts are long.
    ///
    /// - Parameter after: the place of the last ticket of the page before, in the same order.
    /// - Throws: ``StoreError``.
    public func tickets(
        in tenant: TenantID,
        filter: TicketFilter,
        order: TicketOrder = TicketOrder(.createdAt, isDescending: true),
        after: TicketPosition?,
        limit: Int
    ) async throws -> [ListedTicket] {
        let page = TicketPage(tenant: tenant, filter: filter, after: after, limit: limit)
        return order.isDescending
            ? try await tickets(page, by: order.key, Descending.self) : try await tickets(page, by: order.key, Ascending.self)
    }

    /// How many tickets a filter finds.
    ///
    /// - Throws: ``StoreError``.
    public func count(in tenant: TenantID, filter: TicketFilter) async throws -> Count {
        let count = try await count(in: tenant, filter, filter.scope)
        return Count(count: min(count, Self.maximumCount), isExact: count <= Self.maximumCount)
    }

    private func count<Scope: TicketScope>(in tenant: TenantID, _ filter: TicketFilter, _ scope: Scope.Type) async throws -> Int {
        let statement = CountTickets<Scope>(tenant: tenant, filter: filter, limit: Self.maximumCount + 1)
        return try await environment.database.first(statement, of: tenant) ?? 0
    }

    private struct TicketPage {
        let tenant: TenantID
        let filter: TicketFilter
        let after: TicketPosition?
        let limit: Int
    }

    private func tickets<Direction: SortDirection>(
        _ page: TicketPage,
        by key: TicketOrder.Key,
        _ direction: Direction.Type
    ) async throws -> [ListedTicket] {
        switch key {
        case .createdAt: try await tickets(page, by: TicketSortColumns.CreatedAt.self, direction)
        case .priority: try await tickets(page, by: TicketSortColumns.Priority.self, direction)
        case .number: try await tickets(page, by: TicketSortColumns.Number.self, direction)
        case .dueAt: try await ticketsByDeadline(page, direction)
        }
    }

    private func tickets<Column: TicketSortColumn, Direction: SortDirection>(
        _ page: TicketPage,
        by column: Column.Type,
        _ direction: Direction.Type
    ) async throws -> [ListedTicket] {
        try await tickets(page, by: column, direction, of: page.filter.scope)
    }

    private func tickets<Column: TicketSortColumn, Direction: SortDirection, Scope: TicketScope>(
        _ page: TicketPage,
        by column: Column.Type,
        _ direction: Direction.Type,
        of scope: Scope.Type
    ) async throws -> [ListedTicket] {
        let statement = ListTickets<Column, Direction, Scope>(tenant: page.tenant, filter: page.filter, after: page.after, limit: page.limit)
        return try await environment.database.rows(statement, of: page.tenant)
    }

    private func ticketsByDeadline<Direction: SortDirection>(_ page: TicketPage, _ direction: Direction.Type) async throws -> [ListedTicket] {
        try await ticketsByDeadline(page, direction, of: page.filter.scope)
    }

    /// Those with a deadline, then those without: where the ones end and the others begin, a page may have twice the texts of any other.
    private func ticketsByDeadline<Direction: SortDirection, Scope: TicketScope>(
        _ page: TicketPage,
        _ direction: Direction.Type,
        of scope: Scope.Type
    ) async throws -> [ListedTicket] {
        var rows: [ListedTicket] = []
        var rest: TicketID?
        if let after = page.after, after.key == nil {
            rest = after.id
        } else {
            var unit = TenantUnit(page.tenant)
            let handle = unit.add(
                ListTicketsByDeadline<Direction, Scope>(tenant: page.tenant, filter: page.filter, after: page.after, limit: page.limit)
            )
            rows = try await environment.database.run(unit).rows(handle)
            guard rows.count < page.limit, rows.last?.hasNext != true else { return rows }
        }
        let further = try await ticketsWithoutDeadline(page, after: rest, direction, of: scope)
        // A ticket whose promise was kept between the two readings is there already.
        let known = Set(rows.map(\.ticket.id))
        return rows + further.filter { !known.contains($0.ticket.id) }.prefix(page.limit - rows.count)
    }

    private func ticketsWithoutDeadline<Direction: SortDirection, Scope: TicketScope>(
        _ page: TicketPage,
        after: TicketID?,
        _ direction: Direction.Type,
        of scope: Scope.Type
    ) async throws -> [ListedTicket] {
        let statement = ListTicketsWithoutDeadline<Direction, Scope>(tenant: page.tenant, filter: page.filter, after: after, limit: page.limit)
        return try await environment.database.rows(statement, of: page.tenant)
    }
}

extension TicketFilter {
    /// Where the tickets are found that the filter lets through.
    fileprivate var scope: any TicketScope.Type {
        if viewer != nil { return TicketsOfViewer.self }
        return assigneeID == nil ? AllTickets.self : TicketsOfAgent.self
    }
}
