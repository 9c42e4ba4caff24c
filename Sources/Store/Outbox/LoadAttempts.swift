public import Domain
public import Postgres

/// The last attempts of a delivery that was given up, in their order.
public struct LoadAttempts: Statement {
    public typealias Row = DeliveryAttempt
    /// The most attempts.
    public static let limit = 50
    public static let sql = """
        SELECT * FROM (
            SELECT at, attempt, outcome, status_code, detail, duration_us FROM docket.delivery_attempt
            WHERE tenant_id = $1 AND outbox_id = $2 AND outcome <> 'delivered' ORDER BY at DESC LIMIT \(limit)
        ) a ORDER BY at
        """
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

    public static func decode(_ row: RowView) throws(DecodeError) -> DeliveryAttempt {
        var columns = ColumnReader(row)
        return DeliveryAttempt(
            at: try columns.next(),
            attempt: Int(try columns.next(Int32.self)),
            outcome: try columns.next(),
            statusCode: try columns.nextOptional(Int32.self).map { Int($0) },
            detail: try columns.next(),
            duration: try columns.next()
        )
    }
}
