public import Domain
public import Postgres

/// The tickets that went into a ticket or came from it, and those it went into or came from, in the order of their ids, a page at a time.
public struct ListTicketLinks: Statement {
    public typealias Row = TicketLink
    public static let sql = """
        SELECT t.id, t.number, t.state, array_agg(l.relation ORDER BY l.relation)
        FROM (
            (SELECT m.id, 'merged_from' AS relation FROM docket.ticket m WHERE m.tenant_id = $1 AND m.merged_into = $2 AND m.id > $3 ORDER BY m.id LIMIT $4)
            UNION ALL
            (SELECT s.id, 'split_into' FROM docket.ticket s WHERE s.tenant_id = $1 AND s.split_from = $2 AND s.id > $3 ORDER BY s.id LIMIT $4)
            UNION ALL
            (SELECT f.id, 'followed_up_by' FROM docket.ticket f WHERE f.tenant_id = $1 AND f.follow_up_of = $2 AND f.id > $3 ORDER BY f.id LIMIT $4)
            UNION ALL
            SELECT o.id, o.relation FROM docket.ticket k
                CROSS JOIN LATERAL (VALUES (k.merged_into, 'merged_into'), (k.split_from, 'split_from'), (k.follow_up_of, 'follow_up_of')) o (id, relation)
                WHERE k.tenant_id = $1 AND k.id = $2 AND o.id > $3
        ) l
        JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = l.id
        GROUP BY t.id, t.number, t.state ORDER BY t.id LIMIT $4
        """
    let page: TicketPage<Entity.Ticket>

    public init(tenant: TenantID, ticket: TicketID, after: TicketID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketLink {
        var columns = ColumnReader(row)
        return TicketLink(
            ticket: try columns.next(),
            number: try columns.next(),
            state: TicketState(rawValue: try columns.next(String.self)),
            relations: try columns.nextArray(String.self).compactMap(TicketLink.Relation.init(rawValue:))
        )
    }
}
