/// What one look at the tickets that move on by themselves came to.
public struct TicketAgingReport: Hashable, Sendable {
    /// Tickets of which it was told that they are going to be closed.
    public internal(set) var warned = 0
    /// Tickets that were closed.
    public internal(set) var closed = 0
    /// Tickets that were archived.
    public internal(set) var archived = 0
    /// Tickets that stay as they are because of an error.
    public internal(set) var failed = 0
    /// Whether a tenant had more than one look takes on.
    public internal(set) var hasMore = false

    public init() {}
}
