public import Domain
public import Store

/// A kind of thing that the directory keeps. How it is stored is Store's matter, and nothing above this module sees it.
public typealias DirectoryEntry = StoredContent

/// A kind of which every version is kept.
public typealias DirectoryHistory = StoredHistory

/// Reads everything a tenant configures and everybody it names.
public struct DirectoryQueries: Sendable {
    let environment: UseCaseEnvironment

    /// The most entries of one page. One more can be asked for: it tells whether there is another page.
    public static let maximumPage = 200

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// One thing by its id: `load(queueID, as: QueueContent.self, in: tenant)`.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/gone``, ``StoreError``.
    public func load<Content: DirectoryEntry>(
        _ id: ID<Content.Kind>,
        as type: Content.Type = Content.self,
        in tenant: TenantID
    ) async throws -> Versioned<Content> {
        let statement = LoadContent<Content>(tenant: tenant, id: id)
        guard let record = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        if record.content.isDeleted { throw UseCaseError.gone }
        return record
    }

    /// A page in the order of ids.
    ///
    /// - Parameters:
    ///   - after: the last id of the page before.
    ///   - limit: at most ``maximumPage`` and one.
    ///   - unique: only the one with this name, key or address, whichever the kind of thing is known by.
    public func list<Content: DirectoryEntry>(
        _ type: Content.Type,
        in tenant: TenantID,
        after: ID<Content.Kind>? = nil,
        limit: Int,
        unique: String? = nil
    ) async throws -> [Versioned<Content>] {
        let unique = Content.uniqueField == "email" ? unique?.lowercased() : unique
        let statement = ListContents<Content>(tenant: tenant, after: after, limit: Self.page(limit), unique: unique)
        return try await environment.database.rows(statement, of: tenant)
    }

    /// A page of the versions of a calendar, a policy or a chain, the oldest first.
    ///
    /// - Parameter after: the number of the last version of the page before; 0 begins.
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func versions<Content: DirectoryHistory>(
        of id: ID<Content.Kind>,
        as type: Content.Type,
        in tenant: TenantID,
        after: Int64 = 0,
        limit: Int
    ) async throws -> [ContentVersion<Content.Definition>] {
        let page = ListContentVersions<Content>(tenant: tenant, id: id, after: after, limit: Self.page(limit))
        guard let rows = try await environment.database.rows(page, of: id, as: Content.self, in: tenant) else { throw UseCaseError.notFound }
        return rows
    }

    /// The version of a calendar that holds now and those that are scheduled, in the order in which they begin; each holds until the next begins.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func schedule(of id: CalendarID, in tenant: TenantID) async throws -> [ContentVersion<CalendarDefinition>] {
        let schedule = LoadCalendarSchedule(tenant: tenant, calendar: id)
        let rows = try await environment.database.rows(schedule, of: id, as: CalendarContent.self, in: tenant)
        guard let rows else { throw UseCaseError.notFound }
        return rows
    }

    /// A page of a queue's members in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func queueMembers(of queue: QueueID, in tenant: TenantID, after: AgentID? = nil, limit: Int) async throws -> [QueueMember] {
        let page = ListQueueMembers(tenant: tenant, queue: queue, after: after, limit: Self.page(limit))
        guard let rows = try await environment.database.rows(page, of: queue, as: QueueContent.self, in: tenant) else { throw UseCaseError.notFound }
        return rows
    }

    /// What is going on in a queue now.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func status(of queue: QueueID, in tenant: TenantID) async throws -> QueueStatus {
        let question = LoadQueueStatus(tenant: tenant, queue: queue)
        guard let status = try await environment.database.rows(question, of: queue, as: QueueContent.self, in: tenant)?.first else {
            throw UseCaseError.notFound
        }
        return status
    }

    /// A page of a group's members in the order of their ids.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func groupMembers(of group: GroupID, in tenant: TenantID, after: AgentID? = nil, limit: Int) async throws -> [AgentID] {
        let page = ListGroupMembers(tenant: tenant, group: group, after: after, limit: Self.page(limit))
        guard let rows = try await environment.database.rows(page, of: group, as: AgentGroupContent.self, in: tenant) else {
            throw UseCaseError.notFound
        }
        return rows
    }

    /// The groups and queues of an agent.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func memberships(of agent: AgentID, in tenant: TenantID) async throws -> AgentMemberships {
        var unit = TenantUnit(tenant)
        let found = unit.add(FindContents<AgentContent>(tenant: tenant, ids: [agent]))
        let groups = unit.add(ListGroupsOfAgent(tenant: tenant, agent: agent))
        let queues = unit.add(ListQueuesOfAgent(tenant: tenant, agent: agent))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return AgentMemberships(groups: try result.rows(groups), queues: try result.rows(queues))
    }

    /// What agents do right now, in the order of their ids; those who do not exist are left out.
    ///
    /// - Parameter agents: at most ``maximumPage``; more are not looked at.
    public func workloads(of agents: [AgentID], in tenant: TenantID) async throws -> [AgentWorkload] {
        try await environment.database.rows(LoadWorkloads(tenant: tenant, agents: Array(agents.prefix(Self.maximumPage))), of: tenant)
    }

    private static func page(_ limit: Int) -> Int { min(max(limit, 1), maximumPage + 1) }
}
