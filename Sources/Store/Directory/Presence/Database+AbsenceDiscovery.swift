public import Domain
import Postgres

/// An agent who is gone with nobody having looked after his work.
public struct AbsentAgent: Hashable, Sendable {
    public let tenant: TenantID
    public let agent: AgentID
}

extension Database {
    /// Looks for agents who are gone, over all tenants: ids only (design.md 3).
    ///
    /// - Parameter grace: seconds beyond the lease of those who were not heard of.
    /// - Throws: ``StoreError``.
    public func agentsGone(grace: Int, limit: Int) async throws -> [AbsentAgent] {
        try await runGlobal(AgentsGone(grace: grace, limit: limit))
    }
}

private struct AgentsGone: Statement {
    static let sql = "SELECT tenant_id, agent_id FROM docket.agents_gone($1, $2)"
    let grace: Int
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: grace))
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> AbsentAgent {
        AbsentAgent(tenant: try row.decode(TenantID.self, at: 0), agent: try row.decode(AgentID.self, at: 1))
    }
}
