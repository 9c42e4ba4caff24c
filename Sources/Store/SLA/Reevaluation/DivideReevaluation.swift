public import Domain
public import Postgres

/// Divides the tickets that follow into parts: reads so many ids on from where the last division stopped, and keeps the live tickets among them. Behind the last
/// ticket it goes on with the first, up to where the re-evaluation began. Gives how many parts it made; no row where another worker is at it. The last division
/// may find nothing left to do, and ends the re-evaluation.
public struct DivideReevaluation: Statement {
    public typealias Row = Int

    /// Before all ids, and the last that there can be.
    private static let first = "00000000-0000-0000-0000-000000000000"
    private static let last = "ffffffff-ffff-ffff-ffff-ffffffffffff"

    public static let sql = """
        WITH job AS MATERIALIZED (
            SELECT r.id, r.divided_to, r.part_count, r.requester_id, r.has_wrapped OR r.begins_after = '\(first)' AS is_last_arc,
                CASE WHEN r.has_wrapped THEN r.begins_after ELSE '\(last)' END AS arc_end
            FROM docket.sla_reevaluation r
            WHERE r.tenant_id = $1 AND r.id = $2 AND r.state IN ('waiting', 'running') AND NOT r.is_divided FOR UPDATE SKIP LOCKED
        ), seen AS MATERIALIZED (
            SELECT t.id, t.state NOT IN ('closed', 'archived') AS is_live FROM job CROSS JOIN LATERAL (
                (SELECT k.id, k.state FROM docket.ticket k
                WHERE job.requester_id IS NULL AND k.tenant_id = $1 AND k.id > job.divided_to AND k.id <= job.arc_end ORDER BY k.id LIMIT $3)
                UNION ALL
                (SELECT k.id, k.state FROM docket.ticket k
                WHERE k.tenant_id = $1 AND k.requester_id = job.requester_id AND k.id > job.divided_to AND k.id <= job.arc_end ORDER BY k.id LIMIT $3)
            ) t
        ), parts AS MATERIALIZED (
            SELECT n.slot, array_agg(n.id ORDER BY n.id) AS tickets
            FROM (SELECT s.id, (row_number() OVER (ORDER BY s.id) - 1) / $4 AS slot FROM seen s WHERE s.is_live) n GROUP BY n.slot
        ), made AS (
            INSERT INTO docket.sla_reevaluation_part (tenant_id, reevaluation_id, number, tickets, not_before, in_turn)
            SELECT $1, job.id, job.part_count + 1 + parts.slot, parts.tickets, docket.now(), true FROM job CROSS JOIN parts
        ), found AS (
            SELECT s.is_arc_end AND job.is_last_arc AS is_end, s.is_arc_end AND NOT job.is_last_arc AS wraps, s.last,
                (SELECT count(*) FROM parts)::integer AS parts, (SELECT count(*) FROM seen WHERE is_live) AS tickets
            FROM job, (SELECT count(*) < $3 AS is_arc_end, (SELECT n.id FROM seen n ORDER BY n.id DESC LIMIT 1) AS last FROM seen) s
        )
        UPDATE docket.sla_reevaluation r SET
            divided_to = CASE WHEN found.wraps THEN '\(first)' ELSE coalesce(found.last, r.divided_to) END,
            has_wrapped = r.has_wrapped OR found.wraps, is_divided = found.is_end,
            -- A stretch without live tickets is done with.
            position = CASE WHEN found.parts > 0 THEN r.position WHEN found.wraps THEN '\(first)' ELSE coalesce(found.last, r.position) END,
            part_count = r.part_count + found.parts, open_parts = r.open_parts + found.parts, total = r.total + found.tickets,
            started_at = coalesce(r.started_at, docket.now()),
            state = CASE WHEN found.is_end AND r.open_parts + found.parts = 0 THEN 'done' ELSE 'running' END,
            finished_at = CASE WHEN found.is_end AND r.open_parts + found.parts = 0 THEN docket.now() END
        FROM job CROSS JOIN found WHERE r.tenant_id = $1 AND r.id = job.id RETURNING found.parts
        """
    let tenant: TenantID
    let reevaluation: SLAReevaluationID
    let horizon: Int
    let partSize: Int

    /// - Parameters:
    ///   - horizon: how many tickets to look at, live or not.
    ///   - partSize: the most tickets of a part.
    public init(tenant: TenantID, reevaluation: SLAReevaluationID, horizon: Int, partSize: Int) {
        self.tenant = tenant
        self.reevaluation = reevaluation
        self.horizon = horizon
        self.partSize = partSize
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(reevaluation)
        binder.append(Int64(horizon))
        binder.append(Int64(partSize))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int32.self, at: 0))
    }
}

/// Deletes what superseded re-evaluations of the tenant have left undone, a bounded number at a time.
public struct DeleteOldReevaluationParts: Statement {
    public typealias Row = NoRow
    public static let sql = """
        DELETE FROM docket.sla_reevaluation_part p USING (
            SELECT o.reevaluation_id, o.number FROM docket.sla_reevaluation_part o
            WHERE o.tenant_id = $1 AND o.reevaluation_id <> $2 LIMIT 10000 FOR UPDATE SKIP LOCKED
        ) old WHERE p.tenant_id = $1 AND p.reevaluation_id = old.reevaluation_id AND p.number = old.number
        """
    let tenant: TenantID
    let reevaluation: SLAReevaluationID

    /// - Parameter reevaluation: the live one.
    public init(tenant: TenantID, reevaluation: SLAReevaluationID) {
        self.tenant = tenant
        self.reevaluation = reevaluation
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(reevaluation)
    }
}
