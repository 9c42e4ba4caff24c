public import Domain
public import Postgres

/// A ticket's consultations that are open; a ticket has at most ``TicketAttention/maximumConsultations``.
public struct LoadOpenConsultations: Statement {
    public typealias Row = Consultation
    public static let sql = """
        SELECT \(ConsultationColumns.list) FROM docket.consultation WHERE tenant_id = $1 AND ticket_id = $2 AND state = 'open' ORDER BY id
        LIMIT \(TicketAttention.maximumConsultations)
        """
    let tenant: TenantID
    let ticket: TicketID

    public init(tenant: TenantID, ticket: TicketID) {
        self.tenant = tenant
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Consultation {
        try ConsultationColumns.decode(row)
    }
}
