/// Where the database is and how to talk to it.
public struct PostgresConfiguration: Sendable {
    /// Tried until one accepts and takes writes: the one that did so the last time, then in order.
    public var hosts: [PostgresHost]
    public var user: String
    public var password: Secret?
    public var database: String
    public var applicationName = "docket"
    /// nil is `verify-full`, or `disable` where the host is loopback or a unix socket.
    public var sslMode: SSLMode?
    /// The file of trusted certificates; nil is the system's.
    public var sslRootCertificate: String?
    /// Whether a server that is a standby or read-only is passed over.
    public var requiresReadWrite = true
    public var unitMode = UnitMode.implicit
    public var pool = PoolConfiguration()
    public var timeouts = TimeoutConfiguration()
    /// How old the server's plans of prepared statements, and of foreign keys' checks, grow before they are made again (decision 17). A plan that was made
    /// while a table was nearly empty reads all of it, and the server keeps it until somebody analyses the table.
    public var planLifetime: Duration = .seconds(10)

    public init(hosts: [PostgresHost], user: String, password: Secret? = nil, database: String) {
        self.hosts = hosts
        self.user = user
        self.password = password
        self.database = database
    }

    /// Throws `configuration` for values that make no sense together.
    public func validate() throws(PostgresError) {
        func require(_ condition: Bool, _ message: String) throws(PostgresError) {
            guard condition else { throw PostgresError(.configuration, message) }
        }
        try require(!hosts.isEmpty, "there must be a host")
        try require(!user.isEmpty && !database.isEmpty, "there must be a user and a database")
        try require(pool.maximumConnections >= 1, "pool_max must be at least 1")
        try require((0...pool.maximumConnections).contains(pool.minimumConnections), "pool_min must be from 0 to pool_max")
        try require((1...64).contains(pool.unitsPerConnection), "pool_units_per_connection must be from 1 to 64")
        try require(pool.maximumWaiters >= 1, "pool_max_waiters must be at least 1")
        try require(pool.circuitBreakerThreshold >= 1, "pool_breaker_threshold must be at least 1")
        try require(pool.waitTimeout > .zero && pool.keepAliveInterval > .zero, "waits must be above zero")
    }
}
