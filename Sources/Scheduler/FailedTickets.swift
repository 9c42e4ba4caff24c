import Domain

/// What a scheduler leaves alone for a while because it cannot be judged: its memory, without I/O or a clock of its own.
///
/// Of each tenant so many tickets, one by one. Where there are more, what is due up to the last of them is passed over as a whole, so that nothing behind it waits for
/// them, however many they are. Each tenant has its own: none takes another's room.
struct FailedTickets {
    typealias Instant = ContinuousClock.Instant

    private struct Tenant {
        var tickets: [TicketID: Instant] = [:]
        /// Behind what the claims begin, and until when.
        var passedOver: (upTo: DuePosition, until: Instant)?
    }

    /// Tickets of a tenant left alone one by one.
    static let limit = 200
    static let rest: Duration = .seconds(60)

    private var tenants: [TenantID: Tenant] = [:]

    /// - Parameter reached: how far the batch came in which it failed; nil where nothing is to be passed over.
    mutating func add(_ ticket: TicketID, of tenant: TenantID, reached: DuePosition?, at instant: Instant) {
        var known = tenants[tenant] ?? Tenant()
        let until = instant.advanced(by: Self.rest)
        if known.tickets[ticket] != nil || known.tickets.count < Self.limit {
            known.tickets[ticket] = until
        } else if let reached {
            // From the first time on: what was passed over is due for another look then, whatever has failed behind it since.
            known.passedOver = (reached, known.passedOver?.until ?? until)
        }
        tenants[tenant] = known
    }

    /// Which tickets to leave alone now, and behind what to begin.
    mutating func current(of tenant: TenantID, at instant: Instant) -> (tickets: [TicketID], behind: DuePosition) {
        guard var known = tenants[tenant] else { return ([], .start) }
        known.tickets = known.tickets.filter { $0.value > instant }
        if let passed = known.passedOver, passed.until <= instant { known.passedOver = nil }
        tenants[tenant] = known.tickets.isEmpty && known.passedOver == nil ? nil : known
        return (Array(known.tickets.keys), known.passedOver?.upTo ?? .start)
    }
}
