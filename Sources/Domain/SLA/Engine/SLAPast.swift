/// When a clock that counts from a customer's message would have stood still, had it run from the ticket's creation on.
///
/// Only a merge asks for it: it lets a clock begin in the past (sla.md, Merge), and of the past it counts what the clock would have counted. A ledger does not keep it:
/// it follows from the ticket's signals (``SLAEngine/past(of:)``; decision 0059). An empty one says that nothing stood still.
public struct SLAPast: Hashable, Sendable {
    private struct Standstill: Hashable {
        let start: Timestamp
        /// nil: it lasts.
        let end: Timestamp?
    }

    /// The clocks that a merge can start.
    static let metrics: [SLAMetric] = [.firstResponse, .nextResponse]

    /// In the order of their times.
    private var standstills: [SLAMetric: [Standstill]] = [:]

    public init() {}

    /// Notes whether a metric's clock runs from a time on.
    mutating func note(_ metric: SLAMetric, runs: Bool, at time: Timestamp) {
        let last = standstills[metric]?.last
        guard runs == (last.map { $0.end == nil } ?? false) else { return }
        // In place: a copy of the list for each change would be quadratic.
        if let last, runs || last.end == time { standstills[metric]?.removeLast() }
        if runs {
            if let last, last.start < time { standstills[metric, default: []].append(Standstill(start: last.start, end: time)) }
        } else {
            // Where it ran for no time, it stood still all along.
            let start = last.flatMap { $0.end == time ? $0.start : nil } ?? time
            standstills[metric, default: []].append(Standstill(start: start, end: nil))
        }
    }

    /// The spans between two times in which a metric's clock would have run. Before the ticket's creation it would have: its customer waited elsewhere.
    func running(_ metric: SLAMetric, from start: Timestamp, to end: Timestamp) -> [OpenInterval] {
        guard start < end else { return [] }
        let still = (standstills[metric] ?? []).map { OpenInterval(start: $0.start, end: $0.end ?? max($0.start, end)) }
        return OpenInterval.subtract(still, from: [OpenInterval(start: start, end: end)])
    }
}
