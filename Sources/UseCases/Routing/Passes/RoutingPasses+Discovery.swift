public import Domain
import Store

extension RoutingPasses {
    /// Queues that are worth a pass, over all tenants; one page.
    ///
    /// - Parameter position: ``RoutingDiscovery/next`` of the page before; nil begins.
    /// - Throws: ``StoreError``.
    public func discover(_ scope: RoutingDiscovery.Scope, after position: RoutingLane?) async throws -> RoutingDiscovery {
        try await environment.database.discoverRouting(scope, after: position)
    }

    /// Whether a pass failed because the database cannot be reached, and not by what it is about.
    public static func isDatabaseAway(_ error: any Error) -> Bool {
        if case StoreError.unavailable = error { true } else { false }
    }

    /// How many tickets wait for an agent (counting stops at 100,000), and for how many microseconds the oldest has waited.
    ///
    /// - Throws: ``StoreError``.
    public func backlog() async throws -> (waiting: Int, oldestAge: Int64) {
        try await environment.database.routingBacklog()
    }

    /// How many agents of the deployment are there to take tickets.
    ///
    /// - Throws: ``StoreError``.
    public func agentCounts() async throws -> AgentCounts {
        try await environment.database.agentCounts()
    }
}
