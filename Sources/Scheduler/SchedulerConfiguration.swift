import UseCases

/// How a scheduler works.
public struct SchedulerConfiguration: Sendable {
    /// Batches that run at a time, of different tenants; each takes a connection.
    public var concurrentTurns = 2
    /// Tickets of one batch: what a tenant may do before the next has its turn.
    public var batchSize = 200
    /// Tickets of one part of a re-evaluation.
    public var reevaluationPartSize = Reevaluations.partSize
    /// Parts of re-evaluations that are worked on at a time, all of one tenant, the tenants by turns; each takes a connection. Timers that are due do not
    /// wait for them.
    public var concurrentReevaluations = 2
    /// The longest time between two looks at the tables, wake-ups or not: what a lost wake-up costs (design.md 3). Jittered upwards by up to a
    /// twentieth, so that an idle scheduler asks at most once in this time.
    public var pollInterval: Duration = .seconds(1)
    /// How often partitions are made ahead, old records deleted, and tickets closed and archived that are due.
    public var housekeepingInterval: Duration = .seconds(3_600)
    /// Days for which re-evaluations that are over, and deliveries that were given up, are kept.
    public var retentionDays = Housekeeping.retentionDays
    /// How often the overdue timers are counted while there are any.
    public var backlogInterval: Duration = .seconds(15)
    /// How often it is looked whether the change feed gets on. With the looks for timers an idle scheduler stays below one query a second.
    public var feedInterval: Duration = .seconds(60)

    public init() {}
}
