public import Domain
public import Postgres

/// Makes room for another default queue: the one that is default now, unless it is this one, becomes an ordinary one, at a new version.
public struct ClearDefaultQueue: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.queue SET is_default = false, version = version + 1, updated_at = $3 WHERE tenant_id = $1 AND is_default AND id <> $2
        """
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp

    public init(tenant: TenantID, except queue: QueueID, time: Timestamp) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
    }
}
