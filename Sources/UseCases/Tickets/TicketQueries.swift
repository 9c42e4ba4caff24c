public import Domain
public import Store

/// Reads tickets, their messages, history and the change feed.
public struct TicketQueries: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Throws: ``UseCaseError/notFound``.
    public func ticket(_ id: TicketID, in tenant: TenantID) async throws -> Ticket {
        try found(await environment.database.first(LoadTicket(tenant: tenant, ticket: id), of: tenant))
    }

    /// A page of the tickets that are offered to an agent now, the first to expire first.
    ///
    /// - Parameter after: the last of the page before.
    /// - Throws: ``UseCaseError/notFound`` where there is no such agent, ``StoreError``.
    public func offers(
        to agent: AgentID,
        in tenant: TenantID,
        after: (expiresAt: Timestamp, id: TicketID)? = nil,
        limit: Int = ListOffersOfAgent.limit
    ) async throws -> [Ticket] {
        var unit = TenantUnit(tenant)
        let exists = unit.add(AgentExists(tenant: tenant, agent: agent))
        let offers = unit.add(ListOffersOfAgent(tenant: tenant, agent: agent, after: after, limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(exists) == true else { throw UseCaseError.notFound }
        return try result.rows(offers)
    }

    /// A page of a ticket's history, in order, after an event number.
    ///
    /// - Throws: ``UseCaseError/notFound``.
    public func history(of id: TicketID, in tenant: TenantID, after: Int, limit: Int) async throws -> [TicketEvent] {
        try await historyPage(of: id, in: tenant, after: after, limit: limit).map(\.event)
    }

    /// The same, each event with whether there is another; a page ends early where it would become too large.
    ///
    /// - Parameter viewer: a provider's agent, see ``LoadHistoryPage``; nil for all who see every ticket.
    /// - Throws: ``UseCaseError/notFound``.
    public func historyPage(
        of id: TicketID,
        in tenant: TenantID,
        viewer: AgentID? = nil,
        after: Int,
        limit: Int
    ) async throws -> [HistoryEntry] {
        let page = LoadHistoryPage(tenant: tenant, ticket: id, viewer: viewer, after: after, limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }

    /// A page of a ticket's messages, in order; a short one where they are long.
    ///
    /// - Parameter viewer: a provider's agent, see ``LoadMessages``; nil for all who see every ticket.
    /// - Throws: ``UseCaseError/notFound``.
    public func messages(
        of id: TicketID,
        in tenant: TenantID,
        viewer: AgentID? = nil,
        after: MessageID?,
        limit: Int
    ) async throws -> [ListedMessage] {
        let page = LoadMessages(tenant: tenant, ticket: id, viewer: viewer, after: after, limit: limit)
        return try found(await environment.database.rows(page, of: id, in: tenant))
    }

    /// The next events of the tenant in commit order (design.md I7), at most `limit`.
    ///
    /// - Parameter viewer: a provider's agent: only events of tickets that he sees now. Events that he does not see are gone past, too.
    public func feed(of tenant: TenantID, viewer: AgentID? = nil, after: FeedPosition, limit: Int) async throws -> FeedPage {
        guard let viewer else {
            let entries = try await environment.database.rows(LoadEventFeed(tenant: tenant, after: after, limit: limit + 1), of: tenant)
            return FeedPage(entries, limit: limit, from: after)
        }
        let statement = LoadViewerFeed(tenant: tenant, after: after, limit: limit + 1, viewer: viewer)
        var entries: [FeedEntry] = []
        var scanned: (FeedPosition, Bool)?
        for row in try await environment.database.rows(statement, of: tenant) {
            switch row {
            case .seen(let entry): entries.append(entry)
            case .end(let position, let hasMore): scanned = (position, hasMore)
            }
        }
        return FeedPage(entries, limit: limit, from: after, scanned: scanned)
    }

    /// Whether a provider's agent sees a ticket: he has it, had it, or was asked about it.
    public func isVisible(_ id: TicketID, to viewer: AgentID, in tenant: TenantID) async throws -> Bool {
        try await environment.database.first(TicketIsVisible(tenant: tenant, ticket: id, viewer: viewer), of: tenant) ?? false
    }

    /// What was looked for.
    func found<Value>(_ value: Value?) throws(UseCaseError) -> Value {
        guard let value else { throw .notFound }
        return value
    }
}
