import Domain
import Postgres

/// The first page of ``SignalledLanes``, which, where it is exactly one queue, sets the transaction's tenant to that queue's and notes the queue:
/// statements behind it that name them by ``LaneTerms/found`` are about that queue. Otherwise nothing is set, and they are about none.
struct FindLane: Statement {
    struct Row: Sendable {
        let lane: RoutingLane
        /// Whether the transaction is about it now.
        let isAlone: Bool
    }

    static let sql = """
        SELECT f.tenant_id, f.queue_id, f.plan_weight, CASE WHEN count(*) OVER () = 1
            THEN docket.set_tenant(f.tenant_id) IS NOT NULL AND set_config('\(HeldLane.queueSetting)', f.queue_id::text, true) IS NOT NULL ELSE false END
        FROM (\(SignalledLanes.sql)) f
        """
    let limit: Int

    func bind(into binder: inout Binder) {
        SignalledLanes(after: nil, limit: limit).bind(into: &binder)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(lane: try SignalledLanes.decode(row), isAlone: try row.decode(Bool.self, at: 3))
    }
}
