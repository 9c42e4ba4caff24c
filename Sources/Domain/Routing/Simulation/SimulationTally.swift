/// Sums of what the desks of several seeds measured under one rule.
struct SimulationTally {
    private var seeds = 0.0
    private var tickets = 0.0
    private var waitSum = 0.0
    private var p95Sum = 0.0
    private var waitMax = 0.0
    private var jainSum = 0.0
    private var matched = 0.0

    mutating func add(_ desk: SimulatedDesk) {
        let waits = desk.waits.sorted()
        guard let longest = waits.last else { return }
        seeds += 1
        tickets += Double(waits.count)
        waitSum += waits.reduce(0.0) { $0 + Double($1) } / 1_000_000
        // Nearest rank: the smallest wait that at least 95 % do not exceed.
        p95Sum += Double(waits[(waits.count * 95 + 99) / 100 - 1]) / 1_000_000
        waitMax = max(waitMax, Double(longest) / 1_000_000)
        matched += Double(desk.fullMatches)
        let busy = desk.busyFractions
        let sum = busy.reduce(0, +)
        let squares = busy.reduce(0) { $0 + $1 * $1 }
        jainSum += squares > 0 ? sum * sum / (Double(busy.count) * squares) : 1
    }

    var outcome: RouteSimulationReport.Outcome {
        RouteSimulationReport.Outcome(
            waitMeanSeconds: waitSum / max(1, tickets),
            waitP95Seconds: p95Sum / max(1, seeds),
            waitMaxSeconds: waitMax,
            jain: jainSum / max(1, seeds),
            skillMatch: matched / max(1, tickets)
        )
    }
}
