/// The limits of one session (reliability.md 1, Timeouts).
public struct TimeoutConfiguration: Hashable, Sendable {
    /// libpq's `connect_timeout`, for each host; whole seconds, at least two.
    public var connect: Duration = .seconds(3)
    /// `statement_timeout`; zero is no limit, and then there is no deadline of the client's own either.
    public var statement: Duration = .seconds(5)
    /// `lock_timeout`; zero is no limit.
    public var lock: Duration = .seconds(1)
    /// `idle_in_transaction_session_timeout`; zero is no limit.
    public var idleInTransaction: Duration = .seconds(10)
    /// `client_connection_check_interval`: how soon the server notices, in the middle of a statement, that nobody waits for it any more.
    public var connectionCheck: Duration = .seconds(2)
    /// A unit that has no answer this much later than `statement` allows is on a frozen connection, which is closed. That counts for the unit as a whole, also
    /// where it has several statements, to each of which the server gives `statement`.
    public var deadlineMargin: Duration = .seconds(2)
    /// Whether the limits are sent as startup options. pgbouncer refuses those: there, set them with ALTER ROLE (scale.md 4).
    public var sendsStartupOptions = true

    public init() {}
}
