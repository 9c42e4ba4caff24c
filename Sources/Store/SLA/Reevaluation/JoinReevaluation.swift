public import Domain
public import Postgres

/// Adds tickets to the tenant's live re-evaluation, as further parts of it, and has it take tickets to the organizations of their requesters. Gives a row where
/// there is one; nothing is done where there is none.
///
/// Whoever works on a part looks at what the re-evaluation asks for after it has the part, so that no part is done without the move it was made for.
public struct JoinReevaluation: Statement {
    public typealias Row = Bool
    public static let sql = """
        WITH parts AS MATERIALIZED (
            SELECT ((n.place - 1) / $3)::integer AS slot, array_agg(n.id ORDER BY n.place) AS tickets
            FROM unnest($2::uuid[]) WITH ORDINALITY AS n (id, place) GROUP BY 1
        ), made AS (
            SELECT count(*)::integer AS parts FROM parts
        ), job AS (
            UPDATE docket.sla_reevaluation r SET moves_tickets = true, has_joined = true, part_count = r.part_count + made.parts,
                open_parts = r.open_parts + made.parts, total = r.total + cardinality($2)
            FROM made WHERE r.tenant_id = $1 AND r.state IN ('waiting', 'running') RETURNING r.id, r.part_count - made.parts AS parts_before
        ), added AS (
            INSERT INTO docket.sla_reevaluation_part (tenant_id, reevaluation_id, number, tickets, not_before)
            SELECT $1, job.id, job.parts_before + 1 + parts.slot, parts.tickets, docket.now() FROM job CROSS JOIN parts
        )
        SELECT true FROM job
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let partSize: Int

    /// - Parameter partSize: the most tickets of a part.
    public init(tenant: TenantID, tickets: [TicketID], partSize: Int) {
        self.tenant = tenant
        self.tickets = tickets
        self.partSize = partSize
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(Int64(partSize))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool { try row.decode(Bool.self, at: 0) }
}
