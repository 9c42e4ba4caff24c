import Domain
import Postgres

/// The columns of an entry of the ledger of penalties, as every statement that shows entries reads them.
enum PenaltyColumns {
    static let list = """
        p.id, p.ticket_id, p.metric, p.instance, p.target_version, p.policy_id, p.policy_version, p.breached_at, p.ended_at, p.overrun, p.suppressed,
            p.requester_id, p.amount, p.currency, p.over_seconds, t.number, coalesce(s.name, ''),
            (SELECT max(coalesce(w.amount, p.amount, 0)) FROM docket.sla_waiver w
                WHERE w.tenant_id = $1 AND w.penalty_id = p.id AND w.state = 'approved'),
            p.organization_id, c.id, c.number, c.name, c.monthly_cap
        """
    static let source = """
        docket.sla_penalty p JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = p.ticket_id
            LEFT JOIN docket.sla_policy s ON s.tenant_id = $1 AND s.id = p.policy_id
            LEFT JOIN LATERAL (
                SELECT k.id, k.number, k.name, k.monthly_cap FROM docket.contract k
                WHERE k.tenant_id = $1 AND k.organization_id = p.organization_id AND k.currency = p.currency AND k.valid_from <= p.breached_at
                    AND (k.valid_to IS NULL OR p.breached_at < k.valid_to) AND (cardinality(k.policy_ids) = 0 OR p.policy_id = ANY (k.policy_ids))
                ORDER BY cardinality(k.policy_ids) = 0, k.id LIMIT 1
            ) c ON true
        """

    static func decode(_ row: RowView) throws(DecodeError) -> PenaltyStatement.Line {
        var columns = ColumnReader(row)
        let id: SLAPenaltyID = try columns.next()
        let ticket: TicketID = try columns.next()
        guard let metric = SLAMetric(rawValue: try columns.next()) else { throw DecodeError("not a metric") }
        let instance = Int(try columns.next(Int32.self))
        let targetVersion = Int(try columns.next(Int32.self))
        let policy = SLAPolicyReference(id: try columns.next(), version: Int(try columns.next(Int64.self)))
        let breachedAt: Timestamp = try columns.next()
        let endedAt: Timestamp? = try columns.nextOptional()
        let overrun: Int64 = try columns.next()
        let isSuppressed: Bool = try columns.next()
        let requester: RequesterID? = try columns.nextOptional()
        let amount: Int64? = try columns.nextOptional()
        let currency: String? = try columns.nextOptional()
        let overSeconds: Int64? = try columns.nextOptional()
        var price: SLAPenalty.Price?
        if let amount, let currency, let overSeconds { price = SLAPenalty.Price(amount: amount, currency: currency, overSeconds: overSeconds) }
        let number: Int64 = try columns.next()
        let policyName: String = try columns.next()
        let waivedAmount: Int64? = try columns.nextOptional()
        let breach = SLABreach(
            metric: metric,
            instance: instance,
            targetVersion: targetVersion,
            policy: policy,
            breachedAt: breachedAt,
            endedAt: endedAt,
            overrun: overrun,
            isSuppressed: isSuppressed,
            organization: try columns.nextOptional()
        )
        return PenaltyStatement.Line(
            penalty: SLAPenalty(id: id, ticketID: ticket, breach: breach, requesterID: requester, price: price),
            ticketNumber: number,
            policyName: policyName,
            waivedAmount: waivedAmount,
            contract: try contract(&columns)
        )
    }

    private static func contract(_ columns: inout ColumnReader) throws(DecodeError) -> ContractReference? {
        let id: ContractID? = try columns.nextOptional()
        let number: String? = try columns.nextOptional()
        let name: String? = try columns.nextOptional()
        let cap: Int64? = try columns.nextOptional()
        guard let id, let number, let name else { return nil }
        return ContractReference(id: id, number: number, name: name, monthlyCap: cap)
    }
}
