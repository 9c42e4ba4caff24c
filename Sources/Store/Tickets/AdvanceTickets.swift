public import Domain
public import Postgres

/// Where a ticket stands after events that change nothing else of its row.
public struct TicketAdvance: Hashable, Sendable {
    public let ticket: TicketID
    public let version: Int64
    public let lastSequence: Int
    public let updatedAt: Timestamp

    public init(ticket: TicketID, version: Int64, lastSequence: Int, updatedAt: Timestamp) {
        self.ticket = ticket
        self.version = version
        self.lastSequence = lastSequence
        self.updatedAt = updatedAt
    }
}

/// Counts events on the rows of many tickets, which the transaction has locked.
public struct AdvanceTickets: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket t SET version = v.version, last_seq = v.last_seq, last_xid = \(FeedOrder.number(after: "t.last_xid")),
            updated_at = v.updated_at
        FROM unnest($2::uuid[], $3::bigint[], $4::int[], $5::timestamptz[]) AS v (ticket_id, version, last_seq, updated_at)
        WHERE t.tenant_id = $1 AND t.id = v.ticket_id
        """
    let tenant: TenantID
    let advances: [TicketAdvance]

    public init(tenant: TenantID, advances: [TicketAdvance]) {
        self.tenant = tenant
        self.advances = advances
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(advances.map(\.ticket))
        binder.append(advances.map(\.version))
        binder.append(advances.map { Int32(clamping: $0.lastSequence) })
        binder.append(advances.map(\.updatedAt))
    }
}

/// Gives the queue entries of waiting tickets the tickets' new versions: an assignment that finds another one leaves the ticket alone.
public struct AdvanceRoutingEntries: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_entry r SET ticket_version = v.version FROM unnest($2::uuid[], $3::bigint[]) AS v (ticket_id, version)
        WHERE r.tenant_id = $1 AND r.ticket_id = v.ticket_id
        """
    let tenant: TenantID
    let advances: [TicketAdvance]

    public init(tenant: TenantID, advances: [TicketAdvance]) {
        self.tenant = tenant
        self.advances = advances
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(advances.map(\.ticket))
        binder.append(advances.map(\.version))
    }
}
