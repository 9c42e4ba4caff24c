import Domain
import Store

extension RoutingAgent {
    /// An agent as matching sees it at an instant.
    ///
    /// - Parameter isOnShift: whether a calendar is open now.
    init(_ row: RoutingAgentRow, now: Timestamp, isOnShift: (CalendarID) -> Bool) {
        self.init(id: row.id, capacity: row.capacity)
        isMember = row.tier != nil
        tier = row.tier ?? 0
        // A lease that ran out means offline, whatever the status says (routing.md C).
        let isAlive = row.leaseUntil.map { $0 > now } ?? false
        presence = isAlive ? row.presence ?? .offline : .offline
        channelsOff = row.channelsOff
        self.isOnShift = row.calendarID.map(isOnShift) ?? true
        isAbsent = row.absence.map { $0.start <= now && now < $0.end } ?? false
        skills = row.skills
        load = row.load
        channelLimits = row.workRules.channelCapacities.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            ChannelLimit($0.key, capacity: $0.value, load: row.channelLoads[$0.key] ?? 0)
        }
        if let since = row.onlineSince {
            rampUpCapacity = RoutingLoad.rampUpCapacity(onlineFor: now.microseconds(since: since), rampSeconds: row.workRules.rampUpSeconds)
        }
        assignmentsLeft = row.workRules.rateLimit.map { $0.assignmentsLeft(after: row.recentAssignments, open: row.openOffers, at: now) }
        isWrappingUp = row.wrapUpUntil.map { $0 > now } ?? false
        lastAssignedAt = row.lastAssignedAt
        serviceAreas = row.serviceAreas.isEmpty ? nil : row.serviceAreas
        location = row.place
    }
}

extension RoutingAgentRow {
    /// When time alone gives an agent room who is there and has none: his ramp-up, wrap-up or rate limit goes on. Nil where time changes nothing.
    ///
    /// - Parameter given: the weights of what he gets now.
    func moreRoom(after now: Timestamp, given: [Int] = []) -> Timestamp? {
        let load = load + given.reduce(0, +)
        guard presence == .online, let leaseUntil, leaseUntil > now, load < capacity else { return nil }
        // An answer of his gives him room again, or the end of an offer.
        if let limit = workRules.rateLimit, limit.assignments <= openOffers { return nil }
        let ramp = workRules.rampUpSeconds
        let units = onlineSince.flatMap { RoutingLoad.rampUpCapacity(onlineFor: now.microseconds(since: $0), rampSeconds: ramp) } ?? capacity
        // A heavy ticket may wait for more than one further unit: each is worth a look.
        let nextUnit = onlineSince.flatMap {
            units < capacity ? RoutingLoad.rampUpTime(of: max(units, load) + 1, onlineSince: $0, rampSeconds: ramp) : nil
        }
        let recent = recentAssignments + given.map { _ in now }
        let pauses = [wrapUpUntil, workRules.rateLimit.flatMap { $0.nextFree(after: recent, open: openOffers, at: now) }].compactMap(\.self).filter {
            $0 > now
        }
        // All of them must be over; a ramp-up that leaves room keeps nobody waiting.
        guard let free = pauses.max() else { return nextUnit.flatMap { $0 > now ? $0 : nil } }
        return units > load ? free : max(free, nextUnit ?? free)
    }
}
