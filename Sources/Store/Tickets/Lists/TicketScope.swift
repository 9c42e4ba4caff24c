/// Which tickets a list looks at.
public protocol TicketScope: Sendable {
    /// The tickets that the conditions of ``TicketListSQL`` find.
    ///
    /// - Parameters:
    ///   - columns: what is read of each.
    ///   - further: conditions beside those, with their `AND`.
    ///   - order: order and limit, by columns that are read.
    static func tickets(_ columns: String, where further: String, _ order: String) -> String
}

/// All of the tenant's.
public enum AllTickets: TicketScope {
    public static func tickets(_ columns: String, where further: String, _ order: String) -> String {
        "SELECT \(columns) FROM docket.ticket WHERE tenant_id = $1 AND \(TicketListSQL.conditions) \(further) \(order)"
    }
}

/// Those of the agent whom the filter names: what he has in hand beside what is done, each by its own index (``TicketHands``).
public enum TicketsOfAgent: TicketScope {
    public static func tickets(_ columns: String, where further: String, _ order: String) -> String {
        let (hand, done) = (TicketHands.inHand("ticket"), TicketHands.done("ticket"))
        let mine = "AND assignee_id = $6"
        return """
            SELECT \(columns) FROM (
                (\(AllTickets.tickets(columns, where: "\(mine) AND \(hand) \(further)", order)))
                UNION ALL (\(AllTickets.tickets(columns, where: "\(mine) AND \(done) \(further)", order)))
            ) AS ticket \(order)
            """
    }
}
