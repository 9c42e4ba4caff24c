public import Domain
import Postgres

extension Database {
    /// How far the change feed can be read now, over all tenants: no table is read.
    ///
    /// - Throws: ``StoreError``.
    public func feedHorizon() async throws -> FeedHorizon? {
        try await runGlobal(ReadFeedHorizon()).first
    }
}

private struct ReadFeedHorizon: Statement {
    static let sql = "SELECT pg_snapshot_xmin(s.s)::text::bigint, pg_snapshot_xmax(s.s)::text::bigint FROM pg_current_snapshot() AS s (s)"

    static func decode(_ row: RowView) throws(DecodeError) -> FeedHorizon {
        FeedHorizon(oldest: try row.decode(Int64.self, at: 0), next: try row.decode(Int64.self, at: 1))
    }
}
