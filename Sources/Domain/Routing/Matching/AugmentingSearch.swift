/// The book-keeping of augmenting paths: who holds what in this batch, and where looking again is useless.
struct AugmentingSearch {
    /// For each agent the entries assigned in this batch, the lowest-ranked last.
    private(set) var held: [[Int]]
    /// The agents reached by the present search, in order.
    private(set) var reached: [Int] = []
    /// Whether an exchange of unequal weights left an agent with more room than before.
    private(set) var hasFreedRoom = false
    /// For each agent the entry that would move in; valid where the agent was reached by the present search.
    private var incoming: [Int]
    private var reachedBy: [Int]
    private var expandedLanes: Set<Int> = []
    private var round = 0
    /// From this weight on no exchange can make room at the agent: a failed search saw everything that could be reached from there.
    private var deadFrom: [Int32]

    init(agentCount: Int) {
        held = Array(repeating: [], count: agentCount)
        incoming = Array(repeating: 0, count: agentCount)
        reachedBy = Array(repeating: 0, count: agentCount)
        deadFrom = Array(repeating: .max, count: agentCount)
    }

    mutating func begin() {
        round += 1
        reached.removeAll(keepingCapacity: true)
        expandedLanes.removeAll(keepingCapacity: true)
    }

    mutating func reach(_ agent: Int, for entry: Int, weight: Int32) {
        guard reachedBy[agent] != round, weight < deadFrom[agent] else { return }
        reachedBy[agent] = round
        incoming[agent] = entry
        reached.append(agent)
    }

    func isReached(_ agent: Int) -> Bool {
        reachedBy[agent] == round
    }

    func entryMovingIn(to agent: Int) -> Int {
        incoming[agent]
    }

    /// Whether the lane was not yet followed in this search; a second ticket of it can reach nobody new.
    mutating func expands(lane: Int) -> Bool {
        expandedLanes.insert(lane).inserted
    }

    /// Remembers a failed search, so that no later one in this batch goes the same ways again.
    mutating func fail(weights: (Int) -> Int32) {
        for agent in reached {
            deadFrom[agent] = min(deadFrom[agent], weights(incoming[agent]))
        }
    }

    mutating func hold(_ entry: Int, by agent: Int) {
        let position = held[agent].firstIndex { $0 > entry } ?? held[agent].count
        held[agent].insert(entry, at: position)
    }

    mutating func drop(_ entry: Int, from agent: Int) {
        held[agent].removeAll { $0 == entry }
    }

    mutating func noteFreedRoom() {
        hasFreedRoom = true
    }

    mutating func forgetDeadEnds() {
        hasFreedRoom = false
        for agent in deadFrom.indices {
            deadFrom[agent] = .max
        }
    }
}
