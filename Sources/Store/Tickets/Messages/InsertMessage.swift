public import Domain
public import Postgres

/// Adds a public reply or an internal note.
public struct InsertMessage: Statement {
    public typealias Row = NoRow
    public static let sql = "INSERT INTO docket.ticket_message (tenant_id, \(MessageColumns.list)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    let tenant: TenantID
    let message: TicketMessage

    public init(tenant: TenantID, message: TicketMessage) {
        self.tenant = tenant
        self.message = message
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        MessageColumns.bind(message, into: &binder)
    }
}
