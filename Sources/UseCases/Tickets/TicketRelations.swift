public import Domain
import Store

/// What is told beside a ticket, on demand.
public enum TicketRelation: String, CaseIterable, Hashable, Sendable {
    case requester
    case assignee
    case queue
    /// The clocks that run or are paused.
    case timers
}

/// What belongs to some tickets; what does not exist is absent.
public struct RelatedContents: Sendable {
    public var requesters: [RequesterID: Requester] = [:]
    public var agents: [AgentID: Agent] = [:]
    public var queues: [QueueID: Queue] = [:]
    /// The first to fall due first.
    public var timers: [TicketID: [OpenTimer]] = [:]

    public init() {}
}

extension TicketQueries {
    /// What belongs to some tickets, each kind of it with one statement, all in one round trip.
    ///
    /// - Throws: ``StoreError``.
    public func related(to tickets: [Ticket], _ relations: Set<TicketRelation>, in tenant: TenantID) async throws -> RelatedContents {
        var related = RelatedContents()
        guard !tickets.isEmpty, !relations.isEmpty else { return related }
        var unit = TenantUnit(tenant)
        func load<Content: StoredContent>(_ relation: TicketRelation, _ ids: [ID<Content.Kind>?]) -> StatementHandle<LoadContents<Content>>? {
            relations.contains(relation) ? unit.add(LoadContents<Content>(tenant: tenant, ids: Array(Set(ids.compactMap(\.self))))) : nil
        }
        let requesters: StatementHandle<LoadContents<RequesterContent>>? = load(.requester, tickets.map(\.content.requesterID))
        let agents: StatementHandle<LoadContents<AgentContent>>? = load(.assignee, tickets.map(\.assigneeID))
        let queues: StatementHandle<LoadContents<QueueContent>>? = load(.queue, tickets.map(\.content.queueID))
        let timers = relations.contains(.timers) ? unit.add(LoadOpenTimers(tenant: tenant, tickets: tickets.map(\.id))) : nil
        let result = try await environment.database.run(unit)
        if let requesters { related.requesters = try Self.byID(result.rows(requesters)) }
        if let agents { related.agents = try Self.byID(result.rows(agents)) }
        if let queues { related.queues = try Self.byID(result.rows(queues)) }
        if let timers { related.timers = Dictionary(grouping: try result.rows(timers), by: \.ticket).mapValues { $0.map { OpenTimer($0.timer) } } }
        return related
    }

    private static func byID<Content>(_ rows: [Versioned<Content>]) -> [ID<Content.Kind>: Versioned<Content>] {
        Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
