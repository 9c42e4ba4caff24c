public import Domain
public import Postgres

/// Says that every queue is worth a look in which somebody waits: somebody was named who can be told of tickets that nobody can take.
public struct SignalWaitingQueues: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id)
        SELECT $1, q.id, $2::uuid FROM docket.queue q
        WHERE q.tenant_id = $1 AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = q.id)
        """
    let tenant: TenantID
    let id: ID<SignalQueue>

    public init(tenant: TenantID, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }
}
