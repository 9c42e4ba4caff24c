/// Tells of each assignment of a batch the winner's rank, and what routing saw of the others in the text that ``RoutingOthers`` reads: each at its place in rank order, with the
/// loads that those before it leave behind.
///
/// What is told of the others is bounded in bytes and in work, because it is written with every assignment: a batch that assigns much says little of each, one that assigns little says
/// nearly everything (decision 30).
public struct RecordedDecisions: Sendable {
    /// Bytes of text that a batch may take, and each of its assignments at least and at most.
    static let batchBytes = 4_800
    static let bytesRange = 88...1_024
    /// How many agents may be judged for the kinds of tickets of one batch; further kinds go without a record.
    static let maximumJudgements = 100_000

    /// What is recorded of one assignment.
    public struct Texts: Hashable, Sendable {
        /// The winner's, in the words of routing.md D.
        public let rank: String
        /// nil where the batch is of too many kinds.
        public let others: String?
    }

    private var pool: RoutingPool
    private let now: Timestamp
    private let limit: Int
    private var judgementsLeft = maximumJudgements
    private var lanes: [DecisionLane] = []
    private var laneOfKey: [DecisionLane.Key: Int] = [:]
    /// Whose loads have changed, in the order of the assignments.
    private var changed: [Int] = []

    /// - Parameters:
    ///   - agents: as they were before the batch.
    ///   - count: how many assignments the batch has.
    public init(agents: [RoutingAgent], rules: RoutingQueueRules, count: Int, now: Timestamp) {
        pool = RoutingPool(agents: agents, rules: rules)
        self.now = now
        limit = min(max(Self.batchBytes / max(count, 1), Self.bytesRange.lowerBound), Self.bytesRange.upperBound)
    }

    /// - Parameter assignment: the next of the batch in rank order.
    public mutating func next(_ assignment: RoutingAssignment, of ticket: RoutingTicket) -> Texts {
        guard let winner = pool.index(of: assignment.agent) else { return Texts(rank: "", others: nil) }
        let classIndex = pool.classIndex(of: ticket)
        let rank = DecisionText.rank(pool.candidate(agent: winner, class: pool.classes[classIndex]), of: ticket, in: pool)
        let others = others(assignment, of: ticket, in: classIndex, winner: winner)
        book(assignment, of: ticket, to: winner)
        return Texts(rank: rank, others: others)
    }

    private mutating func others(_ assignment: RoutingAssignment, of ticket: RoutingTicket, in classIndex: Int, winner: Int) -> String? {
        guard let lane = lane(of: ticket, in: classIndex, step: assignment.step) else { return nil }
        lanes[lane].catchUp(with: changed, in: pool)
        var next = lanes[lane].best(in: pool, except: [Int32(winner)])
        let criterion = criterion(for: winner, against: next, lane: lane, preferred: ticket.preferredAgent)
        var text = DecisionText(criterion, lanes[lane].counts(without: winner), limit: limit)
        let isDetailed = limit > 4 * Self.bytesRange.lowerBound
        var named = [Int32(winner)]
        while text.hasRoom, let candidate = next {
            let idle = isDetailed ? pool.slots[Int(candidate.agent)].lastAssigned : nil
            text.add(pool.agents[Int(candidate.agent)].id, rank: candidate, of: ticket, in: pool, lastAssigned: idle, now: now)
            guard text.hasRoom else { break }
            named.append(candidate.agent)
            next = lanes[lane].best(in: pool, except: named)
        }
        for agent in pool.agents.indices where agent != winner {
            guard text.hasRoom else { break }
            guard let refusal = lanes[lane].refusal(of: agent) else { continue }
            text.add(pool.agents[agent].id, refusal: refusal)
        }
        return text.string
    }

    /// In what the winner is better than the best of the others.
    private func criterion(for winner: Int, against second: RoutingCandidate?, lane: Int, preferred: AgentID?) -> RoutingCriterion {
        guard let second else { return .onlyCandidate }
        if preferred == pool.agents[winner].id { return .preferred }
        if let preferred = preferred.flatMap(pool.index), lanes[lane].refusal(of: preferred) == nil { return .exchange }
        guard let first = lanes[lane].candidate(winner) else { return .exchange }
        let (weight, channel) = (lanes[lane].key.weight, lanes[lane].channel)
        let (rank, other) = (pool.rank(first, weight: weight, on: channel), pool.rank(second, weight: weight, on: channel))
        return rank < other ? rank.decidingCriterion(against: other) : .exchange
    }

    private mutating func book(_ assignment: RoutingAssignment, of ticket: RoutingTicket, to agent: Int) {
        pool.slots[agent].change(by: RoutingLoad.bounded(assignment.weight), on: ticket.channel)
        pool.slots[agent].lastAssigned = assignment.assignedAt.microseconds
        changed.append(agent)
    }

    private mutating func lane(of ticket: RoutingTicket, in classIndex: Int, step: Int) -> Int? {
        let excluded = pool.excludedIndices(of: ticket)
        let key = DecisionLane.Key(classIndex: classIndex, step: step, weight: RoutingLoad.bounded(ticket.weight), excluded: excluded)
        if let known = laneOfKey[key] { return known }
        guard judgementsLeft > 0, step < pool.rules.schedule.steps.count else { return nil }
        judgementsLeft -= pool.agents.count
        lanes.append(DecisionLane(key, seen: changed.count, in: &pool))
        laneOfKey[key] = lanes.count - 1
        return lanes.count - 1
    }
}
