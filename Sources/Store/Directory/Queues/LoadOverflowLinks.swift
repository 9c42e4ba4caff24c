public import Domain
public import Postgres

/// Which queue each queue's tickets move on to. Bounded: a tenant has at most 1,000 queues.
public struct LoadOverflowLinks: Statement {
    public struct Row: Sendable {
        public let queue: QueueID
        public let target: QueueID
    }

    public static let sql = "SELECT id, overflow_queue_id FROM docket.queue WHERE tenant_id = $1 AND overflow_queue_id IS NOT NULL LIMIT 1000"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(queue: try columns.next(), target: try columns.next())
    }
}
