extension RoutingPass {
    /// Makes room for a ticket whose eligible agents are all full, by moving tickets of this batch to others of their eligible agents.
    ///
    /// A breadth-first search, so the fewest tickets move; of an agent's tickets the lowest-ranked is tried first, and the last one moved goes
    /// to its best agent by rank. Nobody loses an assignment. With equal weights the tickets served are thereby the best set in rank order
    /// and the largest (they are the greedy basis of a transversal matroid: Edmonds and Fulkerson 1965). With unequal weights that
    /// question is bin packing; then it is what exchanges of one ticket for another can reach.
    mutating func augment(_ index: Int, in pool: inout RoutingPool) {
        search.begin()
        for candidate in lanes[entries[index].lane].candidates where !entries[index].excluded.contains(candidate.agent) {
            search.reach(Int(candidate.agent), for: index, weight: entries[index].weight)
        }
        var next = 0
        while next < search.reached.count {
            let agent = search.reached[next]
            next += 1
            for victim in search.held[agent].reversed() where makesRoom(victim, at: agent, in: pool) {
                if let target = follow(victim, in: pool) {
                    move(victim, from: agent, to: target, in: &pool)
                    return
                }
            }
        }
        // Where channels have capacities of their own, a way that is of no use to one channel's ticket may be of use to another's.
        if !pool.hasChannelLimits { search.fail { entries[$0].weight } }
    }

    /// Whether the agent could take the ticket that would move in, once the victim has moved out.
    private func makesRoom(_ victim: Int, at agent: Int, in pool: RoutingPool) -> Bool {
        let (moving, leaving) = (entries[search.entryMovingIn(to: agent)], entries[victim])
        return pool.slots[agent].fits(moving.weight, on: moving.channel, without: leaving.weight, on: leaving.channel)
    }

    /// The best agent with room for a ticket; without one, its other agents become reachable.
    private mutating func follow(_ victim: Int, in pool: RoutingPool) -> Int? {
        let entry = entries[victim]
        guard !entry.excluded.isEmpty || search.expands(lane: entry.lane) else { return nil }
        let target = bestUnreached(for: entry, in: pool)
        if target == nil {
            for candidate in lanes[entry.lane].candidates where !entry.excluded.contains(candidate.agent) {
                search.reach(Int(candidate.agent), for: victim, weight: entry.weight)
            }
        }
        return target
    }

    private mutating func bestUnreached(for entry: Entry, in pool: RoutingPool) -> Int? {
        let search = search
        return best(for: entry, in: pool) { !entry.excluded.contains($0) && !search.isReached(Int($0)) }
    }

    /// Carries the path out from its end: each ticket moves into the room that the one before it left.
    private mutating func move(_ victim: Int, from holder: Int, to target: Int, in pool: inout RoutingPool) {
        var (entry, agent) = (victim, target)
        var source: Int? = holder
        while let from = source {
            search.drop(entry, from: from)
            pool.slots[from].change(by: -entries[entry].weight, on: entries[entry].channel)
            assign(entry, to: agent, in: &pool)
            let following = search.entryMovingIn(to: from)
            let leavesChannel = pool.hasChannelLimits && entries[entry].channel != entries[following].channel
            if leavesChannel || entries[entry].weight > entries[following].weight { search.noteFreedRoom() }
            (entry, agent) = (following, from)
            source = entries[entry].agent
        }
        assign(entry, to: agent, in: &pool)
    }
}
