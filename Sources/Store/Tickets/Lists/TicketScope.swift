/// Which tickets a list looks at.
public protocol TicketScope: Sendable {
    /// The tickets that the conditions of ``TicketListSQL`` find.
    ///
    /// - Parameters:
    ///   - columns: what is read of each.
    ///   - further: conditions beside those, with their `AND`.
    ///   - order: order and limit, by columns that are read.
    static func tickets(_ columns: String, where further: String, _ order: String) -> String

    /// What a row of something that belongs to a ticket must fulfil so that the ticket may be one of these, with its `AND`; empty where that does not make it cheaper.
    ///
    /// - Parameter ticket: the column that names the ticket.
    static func narrowing(_ ticket: String) -> String
}

extension TicketScope {
    public static func narrowing(_ ticket: String) -> String { "" }
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

/// Those that the filter's viewer sees, found from what is his (``TicketViewer``): of a tenant's many tickets a provider's agent sees few.
///
/// An array, because a planner that may choose walks through all of the tenant's in their order and asks of each whether it is his.
public enum TicketsOfViewer: TicketScope {
    public static func tickets(_ columns: String, where further: String, _ order: String) -> String {
        AllTickets.tickets(columns, where: "\(narrowing("id")) \(further)", order)
    }

    public static func narrowing(_ ticket: String) -> String { "AND \(ticket) = ANY (ARRAY(\(TicketViewer.tickets(of: "$12"))))" }
}
