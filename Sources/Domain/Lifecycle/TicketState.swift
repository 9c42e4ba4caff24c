/// Where a ticket stands in its life: a text code, so that a tenant's own states fit beside the standard ones (features.md A4.1).
public struct TicketState: RawRepresentable, Hashable, Sendable, Codable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Created, in no queue yet.
    public static let new = TicketState(rawValue: "new")
    /// In a queue, waits for an agent.
    public static let waitingAssignment = TicketState(rawValue: "waiting_assignment")
    /// Has an agent who has not begun yet.
    public static let assigned = TicketState(rawValue: "assigned")
    public static let inProgress = TicketState(rawValue: "in_progress")
    public static let waitingCustomer = TicketState(rawValue: "waiting_customer")
    /// Waits for somebody else: a supplier, a change, another ticket.
    public static let onHold = TicketState(rawValue: "on_hold")
    public static let resolved = TicketState(rawValue: "resolved")
    public static let closed = TicketState(rawValue: "closed")
    public static let archived = TicketState(rawValue: "archived")
}
