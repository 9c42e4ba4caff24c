extension PostgresConfiguration {
    /// Reads `postgres://user:password@host1:port,host2/database?key=value&…`; a unix socket is `?host=/directory`.
    ///
    /// Keys: `host`, `port`, `application_name`, `sslmode`, `sslrootcert`, `target_session_attrs` (`read-write`, `any`), `connect_timeout` (s),
    /// `statement_timeout`, `lock_timeout`, `idle_in_transaction_session_timeout`, `deadline_margin`, `pool_wait_timeout`, `pool_idle_timeout`,
    /// `pool_keep_alive`, `pool_drain_timeout`, `plan_lifetime` (ms), `startup_options` (`on`, `off`), `unit_mode` (`implicit`, `explicit`), `pool_min`, `pool_max`,
    /// `pool_units_per_connection`, `pool_max_waiters`, `pool_breaker_threshold`.
    /// Throws `configuration` for anything else; no message quotes the URL, which may hold a password.
    public init(url: String) throws(PostgresError) {
        let parts = try PostgresURL(url)
        self.init(hosts: parts.hosts, user: parts.user, password: parts.password.map { Secret($0) }, database: parts.database)
        for (key, value) in parts.options {
            try set(key, value)
        }
        try validate()
    }

    private mutating func set(_ key: String, _ value: String) throws(PostgresError) {
        if try setText(key, value) { return }
        if try setDuration(key, value) { return }
        if try setCount(key, value) { return }
        throw PostgresError(.configuration, "the database URL has an unknown key \(key)")
    }

    private mutating func setText(_ key: String, _ value: String) throws(PostgresError) -> Bool {
        switch key {
        case "host", "port": break  // Part of the host list, read with it.
        case "application_name": applicationName = value
        case "sslrootcert": sslRootCertificate = value
        case "sslmode": sslMode = try choice(key, SSLMode(rawValue: value))
        case "unit_mode": unitMode = try choice(key, UnitMode(rawValue: value))
        case "target_session_attrs": requiresReadWrite = try choice(key, ["read-write": true, "any": false][value])
        case "startup_options": timeouts.sendsStartupOptions = try choice(key, ["on": true, "off": false][value])
        default: return false
        }
        return true
    }

    private mutating func setDuration(_ key: String, _ value: String) throws(PostgresError) -> Bool {
        switch key {
        case "connect_timeout": timeouts.connect = .seconds(try number(key, value))
        case "statement_timeout": timeouts.statement = .milliseconds(try number(key, value))
        case "lock_timeout": timeouts.lock = .milliseconds(try number(key, value))
        case "idle_in_transaction_session_timeout": timeouts.idleInTransaction = .milliseconds(try number(key, value))
        case "deadline_margin": timeouts.deadlineMargin = .milliseconds(try number(key, value))
        case "plan_lifetime": planLifetime = .milliseconds(try number(key, value))
        case "pool_wait_timeout": pool.waitTimeout = .milliseconds(try number(key, value))
        case "pool_idle_timeout": pool.idleTimeout = .milliseconds(try number(key, value))
        case "pool_keep_alive": pool.keepAliveInterval = .milliseconds(try number(key, value))
        case "pool_drain_timeout": pool.drainTimeout = .milliseconds(try number(key, value))
        default: return false
        }
        return true
    }

    private mutating func setCount(_ key: String, _ value: String) throws(PostgresError) -> Bool {
        switch key {
        case "pool_min": pool.minimumConnections = try number(key, value)
        case "pool_max": pool.maximumConnections = try number(key, value)
        case "pool_units_per_connection": pool.unitsPerConnection = try number(key, value)
        case "pool_max_waiters": pool.maximumWaiters = try number(key, value)
        case "pool_breaker_threshold": pool.circuitBreakerThreshold = try number(key, value)
        default: return false
        }
        return true
    }

    private func choice<Value>(_ key: String, _ value: Value?) throws(PostgresError) -> Value {
        guard let value else { throw PostgresError(.configuration, "\(key) in the database URL has a value that is not one of its choices") }
        return value
    }

    /// A whole number from 0 to a day in milliseconds, which is also beyond any sensible count.
    private func number(_ key: String, _ value: String) throws(PostgresError) -> Int {
        guard let number = Int(value), (0...86_400_000).contains(number) else {
            throw PostgresError(.configuration, "\(key) in the database URL must be a whole number from 0 to 86400000")
        }
        return number
    }
}
