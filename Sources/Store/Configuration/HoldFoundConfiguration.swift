import Postgres

/// ``HoldConfiguration`` for the tenant of a queue that a look has found (``FindLane``), and the version that it has now: whether the caller knows
/// that one he sees when he has the answer.
///
/// It never waits: a change of the configuration that is about to be committed would hold up the looks for all tenants.
struct HoldFoundConfiguration: Statement {
    struct Row: Sendable {
        let version: Int64
        let isHeld: Bool
    }

    static let sql = """
        SELECT c.version, pg_try_advisory_xact_lock_shared(\(HoldConfiguration.key(tenant: "c.tenant_id", version: "c.version")))
        FROM docket.tenant_configuration c WHERE c.tenant_id = \(LaneTerms.found.tenant)
        """

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(version: try row.decode(Int64.self, at: 0), isHeld: try row.decode(Bool.self, at: 1))
    }
}
