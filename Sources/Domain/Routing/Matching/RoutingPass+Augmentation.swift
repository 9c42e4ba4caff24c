extension RoutingPass {
    /// Makes room for a ticket whose eligible agents are all full, by moving tickets of this batch to others of their eligible agents.
    ///
    /// A breadth-first search, so the fewest tickets move; of an agent's tickets the lowest-ranked is tried first, and the last one moved goes
    /// to its best agent by rank. Nobody loses an assignment. With equal weights the tickets served are thereby the best set in rank order
    /// and the largest (they are the greedy basis of a transversal matroid: Edmonds and Fulkerson 1965). With unequal weights that
    /// question is bin packing; then no ticket waits for which moving one other would make room, and of longer ways those are found on which
    /// each move makes room for the one before.
    mutating func augment(_ index: Int, in pool: inout RoutingPool) {
        search.begin()
        reach(index, from: nil)
        var next = 0
        while next < search.stops.count, search.mayGoOn {
            let stop = search.stops[next]
            for victim in search.held[stop.agent].reversed() where makesRoom(victim, at: stop, in: pool) {
                if let target = follow(victim, from: next, in: pool) {
                    move(victim, from: next, to: target, in: &pool)
                    return
                }
            }
            next += 1
        }
        // Where channels have capacities of their own, a way that is of no use to one channel's ticket may be of use to another's.
        if !pool.hasChannelLimits, search.mayGoOn { search.fail { entries[$0].weight } }
    }

    /// Goes on at each agent of a ticket who is not on its way so far.
    private mutating func reach(_ index: Int, from parent: Int?) {
        let entry = entries[index]
        let way = parent.map { search.way(to: $0, of: index).map(\.agent) } ?? []
        search.look(at: lanes[entry.lane].candidates.count)
        for candidate in lanes[entry.lane].candidates where !entry.excluded.contains(candidate.agent) && !way.contains(Int(candidate.agent)) {
            search.reach(Int(candidate.agent), for: index, weight: entry.weight, kind: entry.kind, from: parent)
        }
    }

    /// Whether the agent could take the ticket that would move in, once the victim has moved out.
    private func makesRoom(_ victim: Int, at stop: AugmentingSearch.Stop, in pool: RoutingPool) -> Bool {
        let (moving, leaving) = (entries[stop.incoming], entries[victim])
        return pool.slots[stop.agent].fits(moving.weight, on: moving.channel, without: leaving.weight, on: leaving.channel)
    }

    /// The best agent with room for a ticket, also besides what moves in and out on its way; without one, its other agents become reachable.
    private mutating func follow(_ victim: Int, from stop: Int, in pool: RoutingPool) -> Int? {
        let (entry, entries) = (self.entries[victim], self.entries)
        let isLikeOthers = entry.excluded.isEmpty
        guard !isLikeOthers || search.tries(lane: entry.lane, at: stop) else { return nil }
        if !search.isFull(lane: entry.lane) {
            let way = search.way(to: stop, of: victim)
            let holder = search.stops[stop].agent
            var (hasRoom, clashes) = (false, false)
            let target = best(for: entry, in: pool) { agent in
                guard !entry.excluded.contains(agent) else { return false }
                guard let passing = way.first(where: { $0.agent == Int(agent) }) else { return true }
                let (coming, leaving) = (entries[passing.incoming], entries[passing.outgoing])
                if pool.slots[Int(agent)].fits(entry.work, beside: coming.work, without: leaving.work) { return true }
                hasRoom = true
                clashes = clashes || Int(agent) != holder
                return false
            }
            if let target { return target }
            if clashes { search.noteClash(at: holder) }
            if isLikeOthers, !hasRoom { search.noteFull(lane: entry.lane) }
        }
        if !isLikeOthers || search.expands(lane: entry.lane) { reach(victim, from: stop) }
        return nil
    }

    /// Carries the path out from its end: each ticket moves into the room that the one before it left.
    private mutating func move(_ victim: Int, from stop: Int, to target: Int, in pool: inout RoutingPool) {
        var (entry, agent) = (victim, target)
        var next: Int? = stop
        while let index = next {
            let stop = search.stops[index]
            search.drop(entry, from: stop.agent)
            pool.slots[stop.agent].change(by: -entries[entry].weight, on: entries[entry].channel)
            assign(entry, to: agent, in: &pool)
            let leavesChannel = pool.hasChannelLimits && entries[entry].channel != entries[stop.incoming].channel
            if leavesChannel || entries[entry].weight > entries[stop.incoming].weight { search.noteFreedRoom() }
            (entry, agent, next) = (stop.incoming, stop.agent, stop.parent)
        }
        assign(entry, to: agent, in: &pool)
    }
}
