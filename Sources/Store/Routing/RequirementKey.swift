import Domain

extension RoutingEntry {
    /// The class of the ticket in its queue: tickets that ask for the same with the same priority have the same key. FNV-1a over a canonical form
    /// (skills are sorted).
    ///
    /// Priority belongs to it, because then the first of a class in rank order is its oldest too, and so the furthest relaxed: where the head of a
    /// class cannot be placed, nobody behind it can, and a pass need not read on (``LoadRoutingHeads``).
    ///
    /// For the same reason a VIP who is moved ahead is of another class than the others, and in a queue by deadline, where the first of a class need not
    /// be its oldest, tickets at different steps of relaxation are: ``AdvanceDueSteps`` moves them on from class to class by adding to the key.
    ///
    /// Area and place belong to it, because with them other agents may serve it, and the site, because while it is closed nobody may; a ticket without them
    /// has the key it always had.
    ///
    /// Two different requirements may share a key by chance; then they share a place in the index and nothing else, for a pass matches tickets by
    /// their requirements, never by their key.
    var classKey: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ value: UInt64) {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                hash = (hash ^ (value >> shift & 0xFF)) &* 0x0000_0100_0000_01b3
            }
        }
        mix(UInt64(priority.rawValue))
        for need in ticket.requirements.required {
            mix(need.skill.high)
            mix(need.skill.low)
            mix(UInt64(bitPattern: Int64(need.level)))
        }
        mix(.max)
        for wish in ticket.requirements.optional {
            mix(wish.skill.high)
            mix(wish.skill.low)
            mix(UInt64(bitPattern: Int64(wish.dropRank)))
        }
        mix(UInt64(bitPattern: Int64(ticket.weight)))
        for byte in ticket.channel.rawValue.utf8 { mix(UInt64(byte)) }
        mix(ticket.preferredAgent?.high ?? 0)
        mix(ticket.preferredAgent?.low ?? 0)
        for agent in ticket.excludedAgents.sorted() {
            mix(agent.high)
            mix(agent.low)
        }
        if let area = ticket.serviceArea {
            // The length keeps the text apart from what follows.
            mix(UInt64(area.utf8.count) << 8 | 2)
            for byte in area.utf8 { mix(UInt64(byte)) }
        }
        if let place = ticket.location {
            mix(3)
            mix(UInt64(bitPattern: Int64(place.latitudeMicrodegrees)))
            mix(UInt64(bitPattern: Int64(place.longitudeMicrodegrees)))
        }
        if let site = ticket.siteID {
            mix(4)
            mix(site.high)
            mix(site.low)
        }
        if isAhead { mix(1) }
        // Room above for the steps.
        if let step { return Int64(hash >> 8) + Int64(step) }
        return Int64(bitPattern: hash)
    }
}
