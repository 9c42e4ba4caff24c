extension PoolState {
    enum Upkeep: Equatable {
        case close(Int)
        case check(Int)
    }

    /// What idle connections need: closing those beyond the minimum, and those that retire; checking that the others still answer.
    mutating func upkeep(at now: Int64) -> [Upkeep] {
        var actions: [Upkeep] = []
        var spare = slots.count - limits.minimumConnections
        for index in slots.indices where slots[index].isIdle && slots[index].reservation == nil {
            if slots[index].isRetiring || (spare > 0 && now - slots[index].idleSince >= limits.idleTimeout.nanoseconds) {
                spare -= 1
                actions.append(.close(slots[index].id))
            } else if now - slots[index].answeredAt >= limits.keepAliveInterval.nanoseconds {
                // Counts as a unit until its answer is there.
                slots[index].use = .shared(inFlight: 1)
                slots[index].headSince = now
                actions.append(.check(slots[index].id))
            }
        }
        return actions
    }

    /// The connections that retire and have nothing in flight.
    var retired: [Int] {
        slots.filter { $0.isRetiring && $0.isIdle }.map(\.id)
    }

    /// Whether nobody waits and nothing runs.
    var isQuiet: Bool {
        waiting == 0 && slots.allSatisfy(\.isIdle)
    }

    /// When time alone changes something next: a wait ends, an attempt to connect is due, or idle connections want a look.
    func nextTime(after now: Int64) -> Int64 {
        var next = now + min(1_000_000_000, limits.keepAliveInterval.nanoseconds / 2 + 1_000_000)
        if waiting > 0 {
            let limit = limits.waitTimeout.nanoseconds
            let reserved = slots.compactMap { $0.reservation?.submittedAt }
            let oldest = ([queue.first { !$0.isFinished }?.submittedAt].compactMap { $0 } + reserved).min()
            if let oldest { next = min(next, oldest + limit) }
        }
        if !backOff.allows(now) { next = min(next, backOff.notBefore) }
        return max(next, now)
    }
}
