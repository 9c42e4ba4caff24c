public import Domain
public import Postgres

/// Appends events to the history, of one ticket or of many. The change feed's order is stored with them (``FeedOrder``).
public struct InsertEvents: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
        SELECT $1, e.ticket_id, e.seq, e.at, \(FeedOrder.number(after: "(SELECT t.last_xid FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = e.ticket_id)")),
            e.version, e.kind, e.actor_kind, e.actor_id, e.data
        FROM unnest($2::uuid[], $3::int[], $4::timestamptz[], $5::bigint[], $6::text[], $7::text[], $8::uuid[], $9::jsonb[])
            AS e (ticket_id, seq, at, version, kind, actor_kind, actor_id, data)
        """
    let tenant: TenantID
    let events: [TicketEvent]

    public init(tenant: TenantID, events: [TicketEvent]) {
        self.tenant = tenant
        self.events = events
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(events.map(\.ticketID))
        binder.append(events.map { Int32(clamping: $0.sequence) })
        binder.append(events.map(\.at))
        binder.append(events.map(\.version))
        binder.append(events.map(\.payload.kind))
        binder.append(events.map(\.actor.kind.rawValue))
        binder.append(events.map(\.actor.id))
        binder.append(events.map { EventPayloadCoding.encode($0.payload) })
    }
}
