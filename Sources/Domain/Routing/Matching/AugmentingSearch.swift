/// The book-keeping of augmenting paths: who holds what in this batch, and where looking again is useless.
struct AugmentingSearch {
    /// An agent on the ways of the present search.
    struct Stop {
        let agent: Int
        /// The entry that would move in.
        let incoming: Int
        /// The stop whose agent would be rid of that entry; nil where it is the ticket that waits.
        let parent: Int?
    }

    /// What one agent on a way would get, and what he would be rid of.
    struct Passing {
        let agent: Int
        let incoming: Int
        let outgoing: Int
    }

    /// For each agent the entries assigned in this batch, the lowest-ranked last.
    private(set) var held: [[Int]]
    /// The stops of the present search, in the order of reaching them.
    private(set) var stops: [Stop] = []
    /// Whether an exchange of unequal weights left an agent with more room than before.
    private(set) var hasFreedRoom = false
    private let kinds: Int
    /// For each agent and kind the last search that reached him, and with the entry of which least weight.
    private var reachedBy: [Int]
    private var lightest: [Int32]
    private var returns = 0
    private var expandedLanes: Set<Int> = []
    private var fullLanes: Set<Int> = []
    /// For each lane the last stop at which one of its tickets was to leave.
    private var triedAt: [Int: Int] = [:]
    private var clashes: Set<Int> = []
    private var round = 0
    /// From this weight on no exchange can make room at the agent: a failed search saw everything that could be reached from there.
    private var deadFrom: [Int32]

    /// How many agents searches may still look at in this batch, and this one.
    private var budget: Int
    private var ownBudget = 0

    /// Bounds what searches that find nothing cost a batch, some tenths of a second: where channels have capacities of their own none of them shortens the next. One may
    /// have a sixteenth of what is left, so that the first use up none of the others' share.
    static let maximumLooks = 10_000_000

    /// How often agents are reached again for a lighter entry in one search: bounds the work where all weights differ.
    private static let maximumReturns = 32

    /// - Parameter kinds: how many kinds of entries there are that find room at an agent where another finds none, whatever their weights: 1, or one a channel.
    init(agentCount: Int, kinds: Int, budget: Int = Self.maximumLooks) {
        self.kinds = kinds
        self.budget = budget
        held = Array(repeating: [], count: agentCount)
        reachedBy = Array(repeating: 0, count: agentCount * kinds)
        lightest = Array(repeating: 0, count: agentCount * kinds)
        deadFrom = Array(repeating: .max, count: agentCount)
    }

    mutating func begin() {
        round += 1
        ownBudget = budget / 16
        returns = 0
        stops.removeAll(keepingCapacity: true)
        expandedLanes.removeAll(keepingCapacity: true)
        fullLanes.removeAll(keepingCapacity: true)
        triedAt.removeAll(keepingCapacity: true)
        clashes.removeAll(keepingCapacity: true)
    }

    /// Whether the search may go on.
    var mayGoOn: Bool { ownBudget > 0 }

    /// Counts the agents that a search looks at.
    mutating func look(at count: Int) {
        budget -= count
        ownBudget -= count
    }

    /// Goes on at an agent; once for each kind, and again for a lighter entry, for which more of the agent's tickets make room.
    mutating func reach(_ agent: Int, for entry: Int, weight: Int32, kind: Int, from parent: Int?) {
        guard weight < deadFrom[agent] else { return }
        let place = agent * kinds + kind
        if reachedBy[place] == round {
            guard weight < lightest[place], returns < Self.maximumReturns else { return }
            returns += 1
        }
        reachedBy[place] = round
        lightest[place] = weight
        stops.append(Stop(agent: agent, incoming: entry, parent: parent))
    }

    /// The agents on the way to a stop, its own first, if the entry left there.
    func way(to stop: Int, of entry: Int) -> [Passing] {
        var way: [Passing] = []
        var outgoing = entry
        var next: Int? = stop
        while let index = next {
            let stop = stops[index]
            way.append(Passing(agent: stop.agent, incoming: stop.incoming, outgoing: outgoing))
            (outgoing, next) = (stop.incoming, stop.parent)
        }
        return way
    }

    /// Whether no ticket of the lane was to leave at this stop before: a second one finds what the first did.
    mutating func tries(lane: Int, at stop: Int) -> Bool {
        triedAt.updateValue(stop, forKey: lane) != stop
    }

    /// Whether the lane was not yet followed in this search; a second ticket of it can reach nobody new.
    mutating func expands(lane: Int) -> Bool {
        expandedLanes.insert(lane).inserted
    }

    /// Whether nobody has room for a ticket of the lane.
    func isFull(lane: Int) -> Bool {
        fullLanes.contains(lane)
    }

    mutating func noteFull(lane: Int) {
        fullLanes.insert(lane)
    }

    /// Remembers that one of an agent's tickets might have moved on, but for the way by which the search came to him.
    mutating func noteClash(at agent: Int) {
        clashes.insert(agent)
    }

    /// Remembers a failed search, so that no later one in this batch goes the same ways again.
    mutating func fail(weights: (Int) -> Int32) {
        for stop in stops where !clashes.contains(stop.agent) {
            deadFrom[stop.agent] = min(deadFrom[stop.agent], weights(stop.incoming))
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
