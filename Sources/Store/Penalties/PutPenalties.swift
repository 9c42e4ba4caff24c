public import Domain
public import Postgres

/// Writes entries of the ledger of penalties: one for each missed target, however often it is computed. An entry that is there already keeps its id and
/// the customer it was made for; one that says the same already is left untouched.
public struct PutPenalties: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.sla_penalty AS p (tenant_id, id, ticket_id, metric, instance, target_version, policy_id, policy_version, requester_id, breached_at,
            ended_at, overrun, suppressed, amount, currency, over_seconds, through_seq, organization_id, settled, computed_at)
        SELECT $1, v.*, $20 FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::uuid[], $8::bigint[], $9::uuid[], $10::timestamptz[],
            $11::timestamptz[], $12::bigint[], $13::bool[], $14::bigint[], $15::text[], $16::bigint[], $17::int[], $18::uuid[], $19::bool[])
            AS v (id, ticket_id, metric, instance, target_version, policy_id, policy_version, requester_id, breached_at, ended_at, overrun, suppressed,
                amount, currency, over_seconds, through_seq, organization_id, settled)
        ON CONFLICT (tenant_id, ticket_id, metric, instance, target_version) DO UPDATE SET
            policy_id = excluded.policy_id, policy_version = excluded.policy_version, breached_at = excluded.breached_at, ended_at = excluded.ended_at,
            overrun = excluded.overrun, suppressed = excluded.suppressed, amount = excluded.amount, currency = excluded.currency,
            over_seconds = excluded.over_seconds, through_seq = excluded.through_seq, organization_id = excluded.organization_id,
            settled = excluded.settled, computed_at = excluded.computed_at
        WHERE p.tenant_id = $1 AND p.through_seq <= excluded.through_seq
            AND (p.policy_id, p.policy_version, p.breached_at, p.ended_at, p.overrun, p.amount, p.currency, p.over_seconds, p.through_seq,
                p.organization_id, p.settled)
                IS DISTINCT FROM (excluded.policy_id, excluded.policy_version, excluded.breached_at, excluded.ended_at, excluded.overrun, excluded.amount,
                    excluded.currency, excluded.over_seconds, excluded.through_seq, excluded.organization_id, excluded.settled)
        """
    let tenant: TenantID
    let penalties: [(penalty: SLAPenalty, throughSequence: Int)]
    let time: Timestamp

    /// - Parameters:
    ///   - penalties: with how much of its ticket's history each was computed from.
    public init(tenant: TenantID, penalties: [(penalty: SLAPenalty, throughSequence: Int)], time: Timestamp) {
        self.tenant = tenant
        self.penalties = penalties
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(penalties.map(\.penalty.id))
        binder.append(penalties.map(\.penalty.ticketID))
        binder.append(penalties.map(\.penalty.breach.metric.rawValue))
        binder.append(penalties.map { Int32(clamping: $0.penalty.breach.instance) })
        binder.append(penalties.map { Int32(clamping: $0.penalty.breach.targetVersion) })
        binder.append(penalties.map(\.penalty.breach.policy.id))
        binder.append(penalties.map { Int64($0.penalty.breach.policy.version) })
        binder.append(penalties.map(\.penalty.requesterID))
        binder.append(penalties.map(\.penalty.breach.breachedAt))
        binder.append(penalties.map(\.penalty.breach.endedAt))
        binder.append(penalties.map(\.penalty.breach.overrun))
        binder.append(penalties.map(\.penalty.breach.isSuppressed))
        binder.append(penalties.map(\.penalty.price?.amount))
        binder.append(penalties.map(\.penalty.price?.currency))
        binder.append(penalties.map(\.penalty.price?.overSeconds))
        binder.append(penalties.map { Int32(clamping: $0.throughSequence) })
        binder.append(penalties.map(\.penalty.breach.organization))
        binder.append(penalties.map(\.penalty.breach.isSettled))
        binder.append(time)
    }
}
