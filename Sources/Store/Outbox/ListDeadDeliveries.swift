public import Domain
public import Postgres

/// One page of the deliveries that were given up, the last given up first.
public struct ListDeadDeliveries: Statement {
    public typealias Row = DeadDelivery
    public static let sql = """
        SELECT \(DeadDelivery.columns) FROM docket.outbox_dead d
        WHERE \(DeadDeliveryFilter.conditions) AND (d.died_at, d.id) < ($7, $8) ORDER BY d.died_at DESC, d.id DESC LIMIT $9
        """
    let tenant: TenantID
    let filter: DeadDeliveryFilter
    let after: (diedAt: Timestamp, id: OutboxMessageID)?
    let limit: Int

    public init(tenant: TenantID, filter: DeadDeliveryFilter, after: (diedAt: Timestamp, id: OutboxMessageID)?, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        filter.bind(tenant, into: &binder)
        binder.append(after?.diedAt ?? Timestamp(sortKey: .max))
        binder.append(after?.id ?? OutboxMessageID(high: .max, low: .max))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> DeadDelivery {
        try DeadDelivery(row)
    }
}

/// One delivery that was given up.
public struct LoadDeadDelivery: Statement {
    public typealias Row = DeadDelivery
    public static let sql = "SELECT \(DeadDelivery.columns) FROM docket.outbox_dead d WHERE d.tenant_id = $1 AND d.id = $2"
    let tenant: TenantID
    let id: OutboxMessageID

    public init(tenant: TenantID, id: OutboxMessageID) {
        self.tenant = tenant
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> DeadDelivery {
        try DeadDelivery(row)
    }
}
