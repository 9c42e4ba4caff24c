public import Domain
public import Postgres

extension SettlementContent: StoredContent {
    public static var table: String { "settlement" }
    public static var columns: [String] { ["ticket_id", "agent_id", "provider", "resolved_at", "amount", "currency"] }

    public static func bind(_ record: Settlement, into binder: inout Binder) {
        binder.append(record.content.ticketID)
        binder.append(record.content.agentID)
        binder.append(record.content.provider)
        binder.append(record.content.resolvedAt)
        binder.append(record.content.price?.amount)
        binder.append(record.content.price?.currency)
    }

    public init(row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        let ticket = try columns.next(TicketID.self)
        let agent = try columns.next(AgentID.self)
        let provider = try columns.next(String.self)
        let resolvedAt = try columns.next(Timestamp.self)
        let amount = try columns.nextOptional(Int64.self)
        let currency = try columns.nextOptional(String.self)
        var price: Price?
        if let amount, let currency { price = Price(amount: amount, currency: currency) }
        self.init(ticketID: ticket, agentID: agent, provider: provider, resolvedAt: resolvedAt, price: price)
    }
}
