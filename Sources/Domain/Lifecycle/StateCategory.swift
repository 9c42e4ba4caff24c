/// What a ticket state means to the clocks and to routing; every state, also a tenant's own, maps to exactly one (features.md A4.1).
public enum StateCategory: String, CaseIterable, Hashable, Sendable, Codable, NamedChoice {
    /// Nobody works on it yet.
    case new
    /// An agent has it.
    case open
    /// Waits for the customer.
    case pending
    /// Waits for somebody else, a supplier for example.
    case hold
    /// Solved, may be reopened.
    case solved
    /// Final; a later message makes a follow-up ticket.
    case closed

    /// Whether the ticket still needs work: everything before `solved`.
    public var isUnsolved: Bool {
        switch self {
        case .new, .open, .pending, .hold: true
        case .solved, .closed: false
        }
    }

    /// Whether the ticket waits for somebody outside: it takes the part of its agent's capacity that the tenant has set (routing.md F).
    public var waitsForOthers: Bool {
        switch self {
        case .pending, .hold: true
        case .new, .open, .solved, .closed: false
        }
    }

    /// Whether an agent's ticket takes capacity from him in full: while new or open (routing.md F).
    public var takesCapacity: Bool {
        switch self {
        case .new, .open: true
        case .pending, .hold, .solved, .closed: false
        }
    }
}
