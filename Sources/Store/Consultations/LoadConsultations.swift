public import Domain
public import Postgres

/// A ticket's consultations in the order of their ids after `after`, a page at a time.
public struct LoadConsultations: Statement {
    public typealias Row = Consultation
    public static let sql = """
        SELECT \(ConsultationColumns.list) FROM docket.consultation
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 AND \(ConsultationColumns.isVisible(to: "$5"))
        ORDER BY id LIMIT $4
        """
    let page: TicketPage<Entity.Consultation>
    let viewer: AgentID?

    /// - Parameter viewer: a provider's agent; nil for all who see every ticket.
    public init(tenant: TenantID, ticket: TicketID, viewer: AgentID? = nil, after: ConsultationID? = nil, limit: Int) {
        self.viewer = viewer
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        try ConsultationColumns.decode(row)
    }
}

/// One consultation of a ticket; for a provider's agent as in ``LoadConsultations``.
public struct LoadConsultation: Statement {
    public typealias Row = Consultation
    public static let sql = """
        SELECT \(ConsultationColumns.list) FROM docket.consultation
        WHERE tenant_id = $1 AND ticket_id = $2 AND id = $3 AND \(ConsultationColumns.isVisible(to: "$4"))
        """
    let tenant: TenantID
    let ticket: TicketID
    let id: ConsultationID
    let viewer: AgentID?

    /// - Parameter viewer: a provider's agent; nil for all who see every ticket.
    public init(tenant: TenantID, ticket: TicketID, id: ConsultationID, viewer: AgentID? = nil) {
        self.tenant = tenant
        self.ticket = ticket
        self.id = id
        self.viewer = viewer
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(id)
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        try ConsultationColumns.decode(row)
    }
}

enum ConsultationColumns {
    /// Those that he is asked in or asks himself, and of a ticket that he works on or is asked about all (features.md A3.15).
    ///
    /// - Parameter viewer: the parameter that holds a provider's agent, or null.
    static func isVisible(to viewer: String) -> String {
        """
        (\(viewer)::uuid IS NULL OR agent_id = \(viewer) OR asked_by_id = \(viewer)
                OR \(InternalSight.condition(viewer: viewer)))
        """
    }

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
