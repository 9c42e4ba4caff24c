public import Domain
import Postgres

extension Database {
    /// Counts the agents of the deployment; reads no content (design.md 3).
    ///
    /// - Throws: ``StoreError``.
    public func agentCounts() async throws -> AgentCounts {
        try await runGlobal(CountAgentsByState()).first ?? AgentCounts(online: 0, away: 0, offline: 0)
    }
}

private struct CountAgentsByState: Statement {
    static let sql = "SELECT online, away, offline FROM docket.agents_by_state()"

    func bind(into binder: inout Binder) {}

    static func decode(_ row: RowView) throws(DecodeError) -> AgentCounts {
        AgentCounts(
            online: Int(try row.decode(Int64.self, at: 0)),
            away: Int(try row.decode(Int64.self, at: 1)),
            offline: Int(try row.decode(Int64.self, at: 2))
        )
    }
}
