public import Domain
public import Postgres

/// The tickets that are offered to an agent now, the first to expire first.
public struct ListOffersOfAgent: Statement {
    public typealias Row = Ticket
    public static let limit = 200
    public static let sql = """
        SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND offered_agent_id = $2 AND (offer_expires_at, id) > ($3, $4)
        ORDER BY offer_expires_at, id LIMIT $5
        """
    let tenant: TenantID
    let agent: AgentID
    let after: (expiresAt: Timestamp, id: TicketID)?
    let limit: Int

    /// - Parameters:
    ///   - after: the last of the page before.
    ///   - limit: at most ``limit`` and one.
    public init(tenant: TenantID, agent: AgentID, after: (expiresAt: Timestamp, id: TicketID)? = nil, limit: Int = Self.limit) {
        self.tenant = tenant
        self.agent = agent
        self.after = after
        self.limit = min(limit, Self.limit + 1)
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(after?.expiresAt ?? Timestamp(sortKey: .min))
        binder.append(after?.id ?? TicketID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}
