import Domain

extension RoutingEntry {
    /// The class of the ticket in its queue: tickets that ask for the same with the same priority have the same key. FNV-1a over a canonical form
    /// (skills are sorted).
    ///
    /// Priority belongs to it, because then the first of a class in rank order is its oldest too, and so the furthest relaxed: where the head of a
    /// class cannot be placed, nobody behind it can, and a pass need not read on (``LoadRoutingHeads``).
    ///
    /// For the same reason a VIP who is moved ahead is of another class than the others, and in a queue by deadline, where the first of a class need not
    /// be its oldest, tickets at different steps of relaxation are, and those whose wait for a preferred agent is over: ``AdvanceDueSteps`` moves them on from class to
    /// class by adding to the key.
    ///
    /// Area and place belong to it, because with them other agents may serve it, and the site, because while it is closed nobody may; a ticket without them
    /// has the key it always had.
    ///
    /// Two different requirements may share a key by chance; then they share a place in the index and nothing else, for a pass matches tickets by
    /// their requirements, never by their key.
    public var classKey: Int64 {
        var hash = FNV1aHash()
        hash.mix(UInt64(priority.rawValue))
        for need in ticket.requirements.required {
            hash.mix(need.skill)
            hash.mix(Int(need.level))
        }
        hash.mix(UInt64.max)
        for wish in ticket.requirements.optional {
            hash.mix(wish.skill)
            hash.mix(Int(wish.dropRank))
        }
        hash.mix(Int(ticket.weight))
        hash.mix(ticket.channel.rawValue)
        hash.mix(ticket.preferredAgent ?? AgentID(high: 0, low: 0))
        for agent in ticket.excludedAgents.sorted() { hash.mix(agent) }
        if let area = ticket.serviceArea {
            // The length keeps the text apart from what follows.
            hash.mix(UInt64(area.utf8.count) << 8 | 2)
            hash.mix(area)
        }
        if let place = ticket.location {
            hash.mix(UInt64(3))
            hash.mix(Int(place.latitudeMicrodegrees))
            hash.mix(Int(place.longitudeMicrodegrees))
        }
        if let site = ticket.siteID {
            hash.mix(UInt64(4))
            hash.mix(site)
        }
        // Where the queue lets them wait for a claim, they are not to hide those behind them.
        if ticket.wasAskedInVain { hash.mix(UInt64(5)) }
        if isAhead { hash.mix(UInt64(1)) }
        // Room above for the steps.
        if let step { return Int64(hash.value >> 8) + Int64(step) }
        return Int64(bitPattern: hash.value)
    }
}
