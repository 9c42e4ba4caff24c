/// What is alike for tickets that ask for the same, among the assignments of one batch: who cannot take them whatever his load, and the others by rank.
struct DecisionLane: Sendable {
    struct Key: Hashable, Sendable {
        let classIndex: Int
        let step: Int
        let weight: Int32
        let excluded: [Int32]
    }

    let key: Key
    let channel: Channel
    private let candidates: [RoutingCandidate]
    /// For each agent the first failing filter that has nothing to do with his load; nil where there is none.
    private let fixed: [RoutingRefusal?]
    /// How many each filter keeps away, by its number.
    private var tally = Array(repeating: 0, count: RecordedFilter.allCases.count)
    /// What load and capacity keep each of the others from, by his position among the agents.
    private var byLoad: [RoutingRefusal?]
    private var heap: CandidateHeap
    /// How many of the changes of loads are counted.
    private var seen: Int

    init(_ key: Key, seen: Int, in pool: inout RoutingPool) {
        self.key = key
        self.seen = seen
        channel = pool.classes[key.classIndex].key.channel
        candidates = pool.candidates(class: key.classIndex, step: key.step).filter { !key.excluded.contains($0.agent) }
        heap = CandidateHeap(candidates, weight: key.weight, channel: channel, in: pool)
        fixed = pool.agents.indices.map { [pool] agent in
            pool.fixedRefusal(agent: agent, class: key.classIndex, step: key.step, isExcluded: key.excluded.contains(Int32(agent)))
        }
        byLoad = Array(repeating: nil, count: fixed.count)
        for agent in fixed.indices {
            // Who is too small for the ticket is no candidate: his load, whatever it is, keeps him from it.
            if fixed[agent] == nil { byLoad[agent] = pool.loadRefusal(agent: agent, weight: key.weight, on: channel) }
            tally[RecordedFilter(fixed[agent] ?? byLoad[agent]).rawValue] += 1
        }
    }

    /// Counts the loads as they are by now.
    mutating func catchUp(with changed: [Int], in pool: RoutingPool) {
        for agent in changed[seen...] where fixed[agent] == nil {
            let refusal = pool.loadRefusal(agent: agent, weight: key.weight, on: channel)
            guard refusal != byLoad[agent] else { continue }
            tally[RecordedFilter(byLoad[agent]).rawValue] -= 1
            tally[RecordedFilter(refusal).rawValue] += 1
            byLoad[agent] = refusal
        }
        seen = changed.count
    }

    /// How many of the others there are of each kind, the eligible first, then the most.
    func counts(without winner: Int) -> [(filter: Int, count: Int)] {
        let own = RecordedFilter(fixed[winner] ?? byLoad[winner]).rawValue
        var counts: [(filter: Int, count: Int)] = []
        for (filter, count) in tally.enumerated() {
            let others = filter == own ? count - 1 : count
            if others > 0 { counts.append((filter, others)) }
        }
        guard counts.count > 1 else { return counts }
        let eligible = RecordedFilter.eligible.rawValue
        return counts.sorted { left, right in
            if (left.filter == eligible) != (right.filter == eligible) { return left.filter == eligible }
            return left.count != right.count ? left.count > right.count : left.filter < right.filter
        }
    }

    mutating func best(in pool: RoutingPool, except named: [Int32]) -> RoutingCandidate? {
        heap.best(in: pool) { !named.contains($0) }.flatMap(candidate)
    }

    /// By binary search: candidates are in the order of agents.
    func candidate(_ agent: Int) -> RoutingCandidate? {
        var (low, high) = (0, candidates.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(candidates[middle].agent) < agent { low = middle + 1 } else { high = middle }
        }
        return low < candidates.count && Int(candidates[low].agent) == agent ? candidates[low] : nil
    }

    func refusal(of agent: Int) -> RoutingRefusal? {
        fixed[agent] ?? byLoad[agent]
    }
}
