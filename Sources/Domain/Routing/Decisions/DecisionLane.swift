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
    /// For each agent the first failing filter that has nothing to do with his load; nil for the candidates.
    private let fixed: [RoutingRefusal?]
    /// How many each filter keeps away, by its name.
    private var tally: [String: Int] = [:]
    /// What the load keeps each candidate from, by his position among the agents.
    private var byLoad: [RoutingRefusal?]
    private var heap: CandidateHeap
    /// How many of the changes of loads are counted.
    private var seen: Int

    private static let eligible = "eligible"

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
        for refusal in fixed.compactMap(\.self) { tally[Self.name(refusal), default: 0] += 1 }
        for candidate in candidates {
            let refusal = pool.loadRefusal(agent: Int(candidate.agent), weight: key.weight, on: channel)
            byLoad[Int(candidate.agent)] = refusal
            tally[Self.name(refusal), default: 0] += 1
        }
    }

    /// Counts the loads as they are by now.
    mutating func catchUp(with changed: [Int], in pool: RoutingPool) {
        for agent in changed[seen...] where fixed[agent] == nil {
            let refusal = pool.loadRefusal(agent: agent, weight: key.weight, on: channel)
            guard refusal != byLoad[agent] else { continue }
            tally[Self.name(byLoad[agent]), default: 0] -= 1
            tally[Self.name(refusal), default: 0] += 1
            byLoad[agent] = refusal
        }
        seen = changed.count
    }

    /// How many of the others there are of each kind, the eligible first, then the most.
    func counts(without winner: Int) -> [(name: String, count: Int)] {
        var tally = tally
        tally[Self.name(fixed[winner] ?? byLoad[winner]), default: 0] -= 1
        return tally.filter { $0.value > 0 }.sorted { left, right in
            if (left.key == Self.eligible) != (right.key == Self.eligible) { return left.key == Self.eligible }
            return left.value != right.value ? left.value > right.value : left.key < right.key
        }.map { ($0.key, $0.value) }
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

    private static func name(_ refusal: RoutingRefusal?) -> String {
        guard let refusal else { return eligible }
        if case .skill = refusal { return "skill" }
        return refusal.text { _ in "" }
    }
}
