public import Domain
public import Postgres

/// What schedulers and commands recorded about the timers of some tickets, in the order of recording.
public struct LoadFiringsOfTickets: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        public let threshold: RecordedThreshold
    }

    public static let sql = """
        SELECT ticket_id, metric, instance, threshold, target_version, scheduled_for, fired_at FROM docket.sla_firing
        WHERE tenant_id = $1 AND ticket_id = ANY ($2) ORDER BY ticket_id, fired_at, scheduled_for
        """
    let tenant: TenantID
    let tickets: [TicketID]

    public init(tenant: TenantID, tickets: [TicketID]) {
        self.tenant = tenant
        self.tickets = tickets
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let ticket = try columns.next(TicketID.self)
        let metric = try columns.nextCode() as SLAMetric
        let instance = Int(try columns.next(Int32.self))
        guard let threshold = SLAThreshold(try columns.next(String.self)) else { throw DecodeError("not a threshold") }
        return Row(
            ticket: ticket,
            threshold: RecordedThreshold(
                metric: metric,
                instance: instance,
                threshold: threshold,
                targetVersion: Int(try columns.next(Int32.self)),
                scheduledFor: try columns.next(),
                recordedAt: try columns.next()
            )
        )
    }
}
