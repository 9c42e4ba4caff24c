/// One batch pass: takes tickets in rank order, gives each the best agent with room, and where there is none looks for an augmenting path
/// over the assignments of this batch (routing.md E).
struct RoutingPass {
    struct Entry {
        let ticket: RoutingTicket
        let classIndex: Int
        let step: Int
        let deadEnd: RoutingWait.Reason?
        let lane: Int
        let weight: Int32
        let channel: Channel
        let preferred: Int?
        let excluded: [Int32]
        /// The agent it is assigned to in this batch.
        var agent: Int?
        /// Microseconds since 1970.
        var assignedAt: Int64 = 0
        var wait = RoutingWait.Reason.noCapacity
        /// Of the kinds that ``AugmentingSearch`` tells apart.
        var kind = 0

        var work: RoutingWork { RoutingWork(weight: weight, channel: channel) }
    }

    /// Tickets that are alike for every agent share a lane: one list of candidates, one heap.
    struct Lane {
        let candidates: [RoutingCandidate]
        var heap: CandidateHeap
        /// How often agents had got more room when the heap was made.
        var generation = 0
    }

    struct LaneKey: Hashable {
        let classIndex: Int
        let step: Int
        let weight: Int32
    }

    let now: Timestamp
    var entries: [Entry] = []
    var lanes: [Lane] = []
    var search: AugmentingSearch
    private var laneOfKey: [LaneKey: Int] = [:]
    /// How often an exchange left an agent with more room.
    private var generation = 0

    /// How often a batch is gone through from its beginning before its end is reached: bounds the work for many tickets of unequal weights.
    private static let maximumRestarts = 20

    init(_ tickets: [RoutingTicket], now: Timestamp, in pool: inout RoutingPool) {
        self.now = now
        let channels: [Channel] = pool.hasChannelLimits ? Channel.allCases : []
        search = AugmentingSearch(agentCount: pool.agents.count, kinds: max(1, channels.count))
        entries.reserveCapacity(tickets.count)
        for ticket in RoutingPass.inRankOrder(tickets) {
            let classIndex = pool.classIndex(of: ticket)
            let excluded = pool.excludedIndices(of: ticket)
            let step = pool.effectiveStep(class: classIndex, ticket: ticket, excluded: excluded, now: now)
            let weight = RoutingLoad.bounded(ticket.weight)
            var entry = Entry(
                ticket: ticket,
                classIndex: classIndex,
                step: step.index,
                deadEnd: step.deadEnd,
                lane: lane(LaneKey(classIndex: classIndex, step: step.index, weight: weight), in: &pool),
                weight: weight,
                channel: ticket.channel,
                preferred: ticket.preferredAgent.flatMap(pool.index),
                excluded: excluded
            )
            entry.kind = channels.firstIndex(of: ticket.channel) ?? 0
            entries.append(entry)
        }
    }

    mutating func run(in pool: inout RoutingPool) {
        var (index, restarts) = (0, 0)
        var isRoomNew = false
        while index < entries.count {
            if entries[index].agent == nil { place(index, in: &pool) }
            index += 1
            if search.hasFreedRoom {
                search.forgetDeadEnds()
                generation += 1
                isRoomNew = true
            }
            // Only batches of unequal weights leave room behind a ticket that had found none: it is that ticket's before it is a later one's.
            if isRoomNew, restarts < Self.maximumRestarts || index == entries.count { (index, restarts, isRoomNew) = (0, restarts + 1, false) }
        }
    }

    /// The best agent with room for a ticket's lane. Ranks get worse as loads grow, which a heap relies on; where an exchange made room it is made anew.
    mutating func best(for entry: Entry, in pool: RoutingPool, where isAdmitted: (Int32) -> Bool) -> Int? {
        if lanes[entry.lane].generation != generation {
            let lane = lanes[entry.lane]
            let heap = CandidateHeap(lane.candidates, weight: lane.heap.weight, channel: lane.heap.channel, in: pool)
            lanes[entry.lane] = Lane(candidates: lane.candidates, heap: heap, generation: generation)
        }
        return lanes[entry.lane].heap.best(in: pool, where: isAdmitted)
    }

    private mutating func place(_ index: Int, in pool: inout RoutingPool) {
        let entry = entries[index]
        if entry.ticket.isSiteClosed {
            entries[index].wait = .siteClosed
            return
        }
        if pool.waitsForClaim(entry.ticket) {
            entries[index].wait = .noTaker
            return
        }
        if let preferred = entry.preferred {
            if isOpen(preferred, to: entry, in: pool) {
                assign(index, to: preferred, in: &pool)
                return
            }
            if pool.isHeld(for: preferred, class: entry.classIndex, step: entry.step, ticket: entry.ticket, now: now) {
                entries[index].wait = .heldForPreferred
                return
            }
        }
        if let deadEnd = entry.deadEnd {
            entries[index].wait = deadEnd
        } else if let agent = best(for: entry, in: pool, where: { !entry.excluded.contains($0) }) {
            assign(index, to: agent, in: &pool)
        } else {
            augment(index, in: &pool)
            if entries[index].agent == nil, isRoundOver(entries[index], in: pool) { entries[index].wait = .everyoneExcluded }
        }
    }

    /// As of the ticket's own turn: room that goes to tickets behind it is room that it was not given.
    private func isRoundOver(_ entry: Entry, in pool: RoutingPool) -> Bool {
        pool.isRoundOver(of: entry.ticket, excluded: entry.excluded, class: entry.classIndex, step: entry.step, weight: entry.weight)
    }

    /// Whether the preferred agent is eligible now: then no rank is needed.
    private func isOpen(_ agent: Int, to entry: Entry, in pool: RoutingPool) -> Bool {
        pool.barriers[agent] == nil && pool.slots[agent].fits(entry.weight, on: entry.channel)
            && pool.requirementRefusal(
                agent: agent,
                class: pool.classes[entry.classIndex],
                step: entry.step,
                isExcluded: entry.excluded.contains(Int32(agent))
            ) == nil
    }

    mutating func assign(_ index: Int, to agent: Int, in pool: inout RoutingPool) {
        entries[index].agent = agent
        search.hold(index, by: agent)
        pool.slots[agent].change(by: entries[index].weight, on: entries[index].channel)
        pool.latestAssignment = max(now.microseconds, pool.latestAssignment &+ 1)
        pool.slots[agent].lastAssigned = pool.latestAssignment
        entries[index].assignedAt = pool.latestAssignment
    }

    private mutating func lane(_ key: LaneKey, in pool: inout RoutingPool) -> Int {
        if let lane = laneOfKey[key] { return lane }
        let candidates = pool.candidates(class: key.classIndex, step: key.step)
        let channel = pool.classes[key.classIndex].key.channel
        lanes.append(Lane(candidates: candidates, heap: CandidateHeap(candidates, weight: key.weight, channel: channel, in: pool)))
        laneOfKey[key] = lanes.count - 1
        return lanes.count - 1
    }

    private static func inRankOrder(_ tickets: [RoutingTicket]) -> [RoutingTicket] {
        // The store reads them in this order; a look costs less than a sort.
        tickets.indices.dropFirst().allSatisfy { isBefore(tickets[$0 - 1], tickets[$0]) } ? tickets : tickets.sorted(by: isBefore)
    }

    private static func isBefore(_ left: RoutingTicket, _ right: RoutingTicket) -> Bool {
        (left.rankAt, left.eligibleAt, left.id) < (right.rankAt, right.eligibleAt, right.id)
    }
}
