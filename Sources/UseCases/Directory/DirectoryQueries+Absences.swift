public import Domain
import Store

extension DirectoryQueries {
    /// A page of an agent's absences in the order of their ids, past and cancelled ones too.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func absences(of agent: AgentID, in tenant: TenantID, after: AbsenceID? = nil, limit: Int) async throws -> [AbsenceRecord] {
        var unit = TenantUnit(tenant)
        let found = unit.add(FindContents<AgentContent>(tenant: tenant, ids: [agent]))
        let handle = unit.add(ListAbsenceRecords(tenant: tenant, agent: agent, after: after, limit: limit))
        let result = try await environment.database.run(unit)
        guard try result.first(found) != nil else { throw UseCaseError.notFound }
        return try result.rows(handle)
    }

    /// One absence of an agent.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func absence(_ id: AbsenceID, of agent: AgentID, in tenant: TenantID) async throws -> AbsenceRecord {
        let statement = LoadAbsenceRecord(tenant: tenant, agent: agent, id: id)
        guard let found = try await environment.database.first(statement, of: tenant) else { throw UseCaseError.notFound }
        return found
    }
}
