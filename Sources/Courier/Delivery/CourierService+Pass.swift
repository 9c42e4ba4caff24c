import CoreMetrics
import Domain
import Logging
import Store
import Synchronization
import UseCases

extension CourierService {
    /// Looks at all receivers with something due, and starts as much as there is room for. Tenants take turns.
    ///
    /// - Returns: how long to sleep unless something happens; zero when there is more to do at once.
    func pass(_ round: inout DeliveryRound, in group: inout DiscardingTaskGroup) async throws -> Duration {
        var position = round.last
        var isLastLap = position == nil
        var hasMore = false
        var untilNext: Int64?
        while board.withLock({ $0.free }) > 0, !isStopping {
            let page = try await deliveries.discover(after: position)
            untilNext = page.untilNext
            let tenants = DeliveryRound.byTenant(served(page.lanes))
            for (index, turn) in tenants.enumerated() {
                let free = board.withLock { $0.free }
                guard free > 0, !isStopping else { return pause(until: untilNext) }
                let share = max(1, free / (tenants.count - index))
                if try await serve(turn.tenant, turn.lanes, share: share, in: &group) { hasMore = true }
                round.served(turn.lanes.last)
            }
            if let next = page.next {
                position = next
            } else if isLastLap {
                round.served(nil)
                break
            } else {
                // Round again, for those before the place where it began.
                isLastLap = true
                position = nil
            }
        }
        return hasMore && board.withLock({ $0.free }) > 0 ? .zero : pause(until: untilNext)
    }

    /// Claims for one tenant.
    ///
    /// - Returns: whether there may be more that could be started at once.
    private func serve(_ tenant: TenantID, _ lanes: [DeliveryLane], share: Int, in group: inout DiscardingTaskGroup) async throws -> Bool {
        guard let allowance = board.withLock({ $0.allowance(for: tenant, lanes: lanes, share: share, at: .now) }) else { return false }
        let claim = try await deliveries.claim(of: tenant, rooms: allowance.rooms, limit: allowance.limit, takesSuspect: allowance.takesSuspect)
        metrics.dropped.increment(by: claim.dropped)
        guard !isStopping else {
            // The shutdown came in between: nothing of it was begun.
            await giveBack(claim.deliveries)
            return false
        }
        metrics.claimed.increment(by: claim.deliveries.count)
        for delivery in claim.deliveries { start(delivery, in: &group) }
        metrics.running.record(board.withLock { $0.runningCount })
        return claim.deliveries.count >= allowance.limit || claim.dropped >= DropDeliveries.limit
    }

    private func pause(until next: Int64?) -> Duration {
        let poll = configuration.pollInterval * Double.random(in: 0.8...1)
        guard let next else { return poll }
        // Never zero: what is due already and was not started waits for room.
        return min(poll, max(.microseconds(next), .milliseconds(1)))
    }
}
