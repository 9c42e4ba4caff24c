import UseCases

/// How a courier works.
public struct CourierConfiguration: Sendable {
    /// Attempts that run at a time, over all tenants.
    public var concurrency = 256
    /// Attempts that run at a time for one tenant.
    public var concurrencyPerTenant = 64
    /// Attempts that run at a time for one webhook endpoint (api.md 7).
    public var concurrencyPerEndpoint = 4
    /// Mails that are handed over at a time, over all tenants: there is one mail server.
    public var mailConcurrency = 16
    /// The longest time between two looks at the tables, wake-ups or not: what a lost wake-up costs (design.md 3). Jittered downwards by up to a fifth.
    public var pollInterval: Duration = .seconds(1)
    /// How often the courier shows that it lives, looks who does not any more, and which endpoints were disabled.
    public var watchInterval: Duration = .seconds(1)
    /// How often the leases of attempts under way are extended.
    public var heartbeatInterval: Duration = .seconds(10)
    /// The longest time that an attempt's lease is extended for: an attempt that hangs must not be held for ever.
    public var maximumHold: Duration = .seconds(300)
    /// How long a graceful shutdown waits for attempts under way, before it stops them and gives their leases back.
    public var drainTime: Duration = .seconds(25)
    /// How often the backlog is measured.
    public var backlogInterval: Duration = .seconds(15)

    /// How often old records of deliveries are deleted.
    public var upkeepInterval: Duration = .seconds(3_600)
    /// Days for which attempts are kept, and mails that nobody sends.
    public var retentionDays = Housekeeping.retentionDays

    public init() {}
}
