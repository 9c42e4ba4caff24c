/// How a dispatcher works.
public struct DispatcherConfiguration: Sendable {
    /// Turns beside each other (decision 72); each takes a connection.
    public var concurrentPasses = 3
    /// The longest time between two looks at the tables, wake-ups or not: what a lost wake-up costs (design.md 3). Jittered downwards by up to a fifth.
    public var pollInterval: Duration = .seconds(1)
    /// Tickets for each unit of plan weight and turn (decision 44).
    public var quantum = 100
    /// How long a look may take that begins a pass (decision 70): whom it keeps waiting are other tenants. After a longer one some only look.
    public var longLook: Duration = .milliseconds(20)
    /// How often to look for agents who are gone and offers that nobody answered; jittered downwards by up to a fifth.
    public var absenceInterval: Duration = .seconds(1)
    /// How often the backlog is measured and agents are counted.
    public var backlogInterval: Duration = .seconds(15)

    public init() {}
}
