import CoreMetrics
import Domain
import Logging
import Synchronization
import UseCases

extension CourierService {
    /// Looks at all receivers with something due, and starts as much as there is room for. Tenants take turns.
    ///
    /// - Returns: how long to sleep unless something happens; zero when there is more to do at once.
    func pass(_ round: inout DeliveryRound, in group: inout DiscardingTaskGroup) async throws -> Duration {
        var position = round.start
        var isLastLap = position == nil
        var hasMore = false
        var untilNext: Int64?
        while board.withLock({ $0.free }) > 0, !isStopping {
            let page = try await deliveries.discover(after: position)
            untilNext = page.untilNext
            let turns = round.turns(of: served(page.lanes), from: position, hasMore: page.next != nil)
            for (index, turn) in turns.enumerated() {
                let free = board.withLock { $0.free }
                guard free > 0, !isStopping else { return pause(until: untilNext) }
                let share = max(1, free / (turns.count - index))
                let given = try await serve(turn, share: share, in: &group)
                if given.hasMore { hasMore = true }
                if given.count > 0 { round.gave(to: turn) }
            }
            if let next = page.next {
                position = next
            } else if isLastLap {
                break
            } else {
                // Round again, for those before the place where it began.
                isLastLap = true
                position = nil
            }
        }
        return hasMore && board.withLock({ $0.free }) > 0 ? .zero : pause(until: untilNext)
    }

    /// Claims for one tenant and starts what was claimed.
    ///
    /// - Returns: how much that was, and whether there may be more that could be started at once.
    private func serve(
        _ turn: DeliveryRound.Turn,
        share: Int,
        in group: inout DiscardingTaskGroup
    ) async throws -> (count: Int, hasMore: Bool) {
        guard let allowance = board.withLock({ $0.allowance(for: turn.tenant, lanes: turn.lanes, share: share, at: .now) }) else { return (0, false) }
        let claim = try await deliveries.claim(of: turn.tenant, rooms: allowance.rooms, limit: allowance.limit, takesSuspect: allowance.takesSuspect)
        metrics.dropped.increment(by: claim.dropped)
        guard !isStopping else {
            // The shutdown came in between: nothing of it was begun.
            await giveBack(claim.deliveries)
            return (0, false)
        }
        metrics.claimed.increment(by: claim.deliveries.count)
        for delivery in claim.deliveries { start(delivery, in: &group) }
        metrics.running.record(board.withLock { $0.runningCount })
        return (claim.deliveries.count, claim.deliveries.count >= allowance.limit || claim.dropped >= Deliveries.maximumDropped)
    }

    private func pause(until next: Int64?) -> Duration {
        let poll = configuration.pollInterval * Double.random(in: 0.8...1)
        guard let next else { return poll }
        // Never zero: what is due already and was not started waits for room.
        return min(poll, max(.microseconds(next), .milliseconds(1)))
    }
}
