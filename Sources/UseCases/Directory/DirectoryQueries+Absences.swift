public import Domain
import Store

extension DirectoryQueries {
    /// A page of an agent's absences in the order of their ids, past and cancelled ones too.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func absences(of agent: AgentID, in tenant: TenantID, after: AbsenceID? = nil, limit: Int) async throws -> [AbsenceRecord] {
        let page = ListAbsenceRecords(tenant: tenant, agent: agent, after: after, limit: limit)
        guard let rows = try await environment.database.rows(page, of: agent, as: AgentContent.self, in: tenant) else { throw UseCaseError.notFound }
        return rows
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
