/// What the desks of several seeds measured under one rule.
struct SimulationTally {
    private struct Waits {
        var tickets = 0
        var mean = SimulationEstimate()
        var p95 = SimulationEstimate()
        var kept = SimulationEstimate()
        var longest = 0.0

        /// - Parameter unserved: tickets on which nobody had begun; they are none that were begun in time.
        mutating func add(_ waits: [Int64], kept count: Int, unserved: Int) {
            let all = waits.count + unserved
            guard all > 0 else { return }
            tickets += all
            kept.add(Double(count) / Double(all))
            let waits = waits.sorted()
            guard let last = waits.last else { return }
            mean.add(waits.reduce(0.0) { $0 + Double($1) } / 1_000_000 / Double(waits.count))
            // Nearest rank: the smallest wait that at least 95 % do not exceed.
            p95.add(Double(waits[(waits.count * 95 + 99) / 100 - 1]) / 1_000_000)
            longest = max(longest, Double(last) / 1_000_000)
        }
    }

    private let targets: SimulationTargets
    private var all = Waits()
    private var byPriority: [Priority: Waits] = [:]
    private var jain = SimulationEstimate()
    private var skillMatch = SimulationEstimate()
    private var unserved = 0
    private var offers = OfferCounts()

    init(targets: SimulationTargets) {
        self.targets = targets
    }

    mutating func add(_ desk: SimulatedDesk) {
        var kept = 0
        for priority in Priority.allCases {
            let waits = desk.waitsByPriority[priority] ?? []
            let target = Int64(targets.seconds(for: priority)) * 1_000_000
            let count = waits.count { $0 <= target }
            kept += count
            byPriority[priority, default: Waits()].add(waits, kept: count, unserved: desk.unserved[priority] ?? 0)
        }
        let left = desk.unserved.values.reduce(0, +)
        all.add(desk.waits, kept: kept, unserved: left)
        unserved += left
        offers = offers + desk.offerCounts
        guard !desk.waits.isEmpty else { return }
        skillMatch.add(Double(desk.fullMatches) / Double(desk.waits.count))
        let busy = desk.busyFractions
        let sum = busy.reduce(0, +)
        let squares = busy.reduce(0) { $0 + $1 * $1 }
        jain.add(squares > 0 ? sum * sum / (Double(busy.count) * squares) : 1)
    }

    var outcome: RouteSimulationReport.Outcome {
        RouteSimulationReport.Outcome(
            waitMeanSeconds: all.mean.mean,
            waitMeanInterval: all.mean.interval,
            waitP95Seconds: all.p95.mean,
            waitP95Interval: all.p95.interval,
            waitMaxSeconds: all.longest,
            jain: jain.mean,
            jainInterval: jain.interval,
            skillMatch: skillMatch.mean,
            skillMatchInterval: skillMatch.interval,
            sla: all.kept.mean,
            slaInterval: all.kept.interval,
            unserved: unserved,
            offers: offers.made > 0 ? offers : nil,
            priorities: Dictionary(
                uniqueKeysWithValues: byPriority.filter { $0.value.tickets > 0 }.map { ("P\($0.key.rawValue)", outcome(of: $0.key, $0.value)) }
            )
        )
    }

    private func outcome(of priority: Priority, _ waits: Waits) -> RouteSimulationReport.PriorityOutcome {
        RouteSimulationReport.PriorityOutcome(
            tickets: waits.tickets,
            waitMeanSeconds: waits.mean.mean,
            waitMeanInterval: waits.mean.interval,
            waitP95Seconds: waits.p95.mean,
            waitMaxSeconds: waits.longest,
            targetSeconds: targets.seconds(for: priority),
            sla: waits.kept.mean,
            slaInterval: waits.kept.interval
        )
    }
}
