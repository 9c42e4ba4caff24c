/// Bounds of the connection pool.
public struct PoolConfiguration: Hashable, Sendable {
    /// Connections kept open without work.
    public var minimumConnections = 1
    public var maximumConnections = 8
    /// Single-shot units in flight on one connection at a time.
    public var unitsPerConnection = 4
    /// Nothing more is sent to a connection while the first of its units has been under way for longer than this (decision 60).
    public var slowUnit: Duration = .milliseconds(100)
    /// Callers that may wait for a connection; the next fails with `poolFull`.
    public var maximumWaiters = 1024
    /// How long a caller waits for a connection before `poolTimeout` (reliability.md 1, Backpressure).
    public var waitTimeout: Duration = .milliseconds(250)
    /// Idle connections above the minimum are closed after this.
    public var idleTimeout: Duration = .seconds(60)
    /// An idle connection is checked after this.
    public var keepAliveInterval: Duration = .seconds(30)
    /// Failed attempts to connect in a row, with no connection left, after which callers fail at once with `unavailable`.
    public var circuitBreakerThreshold = 3
    /// How long a graceful shutdown waits for running work.
    public var drainTimeout: Duration = .seconds(25)

    public init() {}

    /// Keeps at most so many connections, and no more without work.
    public mutating func bound(to connections: Int) {
        maximumConnections = connections
        minimumConnections = min(minimumConnections, connections)
    }
}
