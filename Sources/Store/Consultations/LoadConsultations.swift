public import Domain
public import Postgres

/// A ticket's consultations in the order of their ids after `after`, a page at a time.
public struct LoadConsultations: Statement {
    public typealias Row = Consultation
    public static let sql = """
        SELECT \(ConsultationColumns.list) FROM docket.consultation WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let page: TicketPage<Entity.Consultation>

    public init(tenant: TenantID, ticket: TicketID, after: ConsultationID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        try ConsultationColumns.decode(row)
    }
}

/// One consultation of a ticket, whose row the transaction has locked.
public struct LoadConsultation: Statement {
    public typealias Row = Consultation
    public static let sql = "SELECT \(ConsultationColumns.list) FROM docket.consultation WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3"
    let tenant: TenantID
    let ticket: TicketID
    let id: ConsultationID

    public init(tenant: TenantID, ticket: TicketID, id: ConsultationID) {
        self.tenant = tenant
        self.ticket = ticket
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(id)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        try ConsultationColumns.decode(row)
    }
}

enum ConsultationColumns {
    static let list = "id, ticket_id, asked_by_kind, asked_by_id, agent_id, question, asked_at, state, answer_id, closed_at"

    static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        var columns = ColumnReader(row)
        return Consultation(
            id: try columns.next(),
            ticketID: try columns.next(),
            askedBy: Actor(kind: try columns.nextCode(), id: try columns.nextOptional()),
            agentID: try columns.next(),
            question: try columns.next(),
            askedAt: try columns.next(),
            state: try columns.nextCode(),
            answerID: try columns.nextOptional(),
            closedAt: try columns.nextOptional()
        )
    }
}
