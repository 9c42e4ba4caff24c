import Domain
import Postgres

extension Database {
    /// Looks for queues with signals and, where it is one, begins a pass over it: in one round trip.
    ///
    /// - Parameters:
    ///   - limit: how many tickets to read of the front of the queue.
    ///   - body: ends the pass in the transaction, as in ``transaction(_:_:)``; called once. Where it does not, it throws, so that the signals stay.
    /// - Throws: ``StoreError``, or what `body` throws.
    public func look<Result: Sendable>(
        limit: Int,
        _ body: @Sendable (TenantTransaction, LaneLook) async throws -> Result
    ) async throws -> Result {
        var unit = PostgresUnit()
        let lanes = unit.add(FindLane(limit: RoutingDiscovery.pageLimit))
        // Before the lane: whoever waits for the version's lock must not hold a lane that an edit waits for.
        let version = unit.add(HoldFoundConfiguration())
        let lane = unit.add(TakeFoundLane())
        let agents = unit.add(LoadRoutingAgents())
        let front = unit.add(LoadRoutingFront(limit: limit))
        let refusals = unit.add(LoadRefusals())
        let first = unit
        var isHeard = false
        return try await retrying(unless: { isHeard }) {
            try await client.transaction(first: first) { transaction, answer in
                let result = StoreResult(answer)
                let page = try result.rows(lanes)
                let next = page.count < RoutingDiscovery.pageLimit ? nil : page.last?.lane
                let discovery = RoutingDiscovery(scope: .signals, lanes: page.map(\.lane), next: next, untilNextStep: nil)
                var found: LaneLook.Found?
                if let one = page.first, one.isAlone, let version = try result.first(version), version.isHeld,
                    let taken = try result.first(lane), taken.isHeld, taken.configurationVersion == version.version
                {
                    let reading = LaneReading(
                        taken: taken,
                        front: { try result.rows(front) },
                        refusals: { try result.rows(refusals) },
                        agents: { try result.rows(agents) }
                    )
                    found = LaneLook.Found(lane: one.lane, version: version.version, reading: reading)
                }
                isHeard = true
                return try await body(TenantTransaction(transaction), LaneLook(discovery: discovery, found: found))
            }
        }
    }
}
