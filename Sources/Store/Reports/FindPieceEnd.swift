public import Domain
public import Postgres

/// Where a piece of a report's time ends that holds so many timers; no row where the rest holds no more.
public struct FindPieceEnd: Statement {
    public typealias Row = Timestamp
    public static let sql = """
        SELECT s.counted_at FROM docket.sla_timer s WHERE s.tenant_id = $1 AND s.counted_at >= $2 AND s.counted_at < $3
        ORDER BY s.counted_at OFFSET $4 LIMIT 1
        """
    let tenant: TenantID
    let span: Range<Timestamp>
    let size: Int

    /// - Parameters:
    ///   - span: the rest of the report's time.
    ///   - size: timers of a piece.
    public init(tenant: TenantID, span: Range<Timestamp>, size: Int) {
        self.tenant = tenant
        self.span = span
        self.size = size
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(span.lowerBound)
        binder.append(span.upperBound)
        binder.append(Int64(size))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Timestamp { try row.decode(Timestamp.self, at: 0) }
}
