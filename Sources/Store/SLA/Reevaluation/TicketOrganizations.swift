public import Domain
public import Postgres

/// Of some tickets those whose requesters belong to another organization than the tickets say, with the one that they belong to.
public struct LoadMovedTickets: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        public let organization: OrganizationID?
    }

    public static let sql = """
        SELECT t.id, r.organization_id FROM docket.ticket t JOIN docket.requester r ON r.tenant_id = $1 AND r.id = t.requester_id
        WHERE t.tenant_id = $1 AND t.id = ANY ($2) AND t.organization_id IS DISTINCT FROM r.organization_id
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
        return Row(ticket: try columns.next(), organization: try columns.nextOptional())
    }
}

/// Writes the organizations of many tickets, which the transaction has locked.
public struct SetTicketOrganizations: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket t SET organization_id = v.organization_id FROM unnest($2::uuid[], $3::uuid[]) AS v (ticket_id, organization_id)
        WHERE t.tenant_id = $1 AND t.id = v.ticket_id
        """
    let tenant: TenantID
    let moves: [(ticket: TicketID, organization: OrganizationID?)]

    public init(tenant: TenantID, moves: [(ticket: TicketID, organization: OrganizationID?)]) {
        self.tenant = tenant
        self.moves = moves
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(moves.map(\.ticket))
        binder.append(moves.map(\.organization))
    }
}

/// The newest tickets of a requester, and which of them are not closed. As many as an edit of him reads while others wait: who has more has the rest looked at in
/// the background.
public struct LoadNewestTickets: Statement {
    public struct Row: Sendable {
        public let id: TicketID
        public let isLive: Bool
    }

    public static let limit = 2_000

    public static let sql = """
        SELECT id, state NOT IN ('closed', 'archived') FROM docket.ticket WHERE tenant_id = $1 AND requester_id = $2
        ORDER BY created_at DESC, id DESC LIMIT \(limit)
        """
    let tenant: TenantID
    let requester: RequesterID

    public init(tenant: TenantID, requester: RequesterID) {
        self.tenant = tenant
        self.requester = requester
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(id: try columns.next(), isLive: try columns.next())
    }
}
