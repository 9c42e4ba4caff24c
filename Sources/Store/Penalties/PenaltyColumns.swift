import Domain
import Postgres

/// The columns of an entry of the ledger of penalties, as every statement that shows entries reads them.
enum PenaltyColumns {
    static let list = """
        p.id, p.ticket_id, p.metric, p.instance, p.target_version, p.policy_id, p.policy_version, p.breached_at, p.ended_at, p.overrun, p.suppressed,
            p.requester_id, p.amount, p.currency, p.over_seconds, t.number, coalesce(s.name, ''),
            EXISTS (SELECT FROM docket.sla_waiver w WHERE w.tenant_id = $1 AND w.penalty_id = p.id AND w.state = 'approved')
        """
    static let source = """
        docket.sla_penalty p JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = p.ticket_id
            LEFT JOIN docket.sla_policy s ON s.tenant_id = $1 AND s.id = p.policy_id
        """

    static func decode(_ row: RowView) throws(DecodeError) -> PenaltyStatement.Line {
        var columns = ColumnReader(row)
        let id: SLAPenaltyID = try columns.next()
        let ticket: TicketID = try columns.next()
        guard let metric = SLAMetric(rawValue: try columns.next()) else { throw DecodeError("not a metric") }
        let breach = SLABreach(
            metric: metric,
            instance: Int(try columns.next(Int32.self)),
            targetVersion: Int(try columns.next(Int32.self)),
            policy: SLAPolicyReference(id: try columns.next(), version: Int(try columns.next(Int64.self))),
            breachedAt: try columns.next(),
            endedAt: try columns.nextOptional(),
            overrun: try columns.next(),
            isSuppressed: try columns.next()
        )
        let requester: RequesterID? = try columns.nextOptional()
        let amount: Int64? = try columns.nextOptional()
        let currency: String? = try columns.nextOptional()
        let overSeconds: Int64? = try columns.nextOptional()
        var price: SLAPenalty.Price?
        if let amount, let currency, let overSeconds { price = SLAPenalty.Price(amount: amount, currency: currency, overSeconds: overSeconds) }
        return PenaltyStatement.Line(
            penalty: SLAPenalty(id: id, ticketID: ticket, breach: breach, requesterID: requester, price: price),
            ticketNumber: try columns.next(),
            policyName: try columns.next(),
            isWaived: try columns.next()
        )
    }
}
