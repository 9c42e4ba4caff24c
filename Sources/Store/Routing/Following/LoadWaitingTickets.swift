public import Domain
public import Postgres

/// Reads many tickets without their descriptions: enough for their entries, and never to be written as a whole.
public struct LoadWaitingTickets: Statement {
    public struct Row: Sendable {
        public let id: TicketID
        /// What is wrong where it cannot be understood: that ticket fails, not all that were asked for.
        public let ticket: Result<Ticket, DecodeError>
    }

    public static let sql = "SELECT \(TicketColumns.briefList(describedIf: "false")) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY ($2)"
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
        let id = try row.decode(TicketID.self, at: 0)
        do throws(DecodeError) {
            var columns = ColumnReader(row)
            return Row(id: id, ticket: .success(try TicketColumns.decode(&columns)))
        } catch {
            return Row(id: id, ticket: .failure(error))
        }
    }
}
