import Domain

/// The clocks of the ticket that is first in a batch and has too long a history to be read under locks: made before the pass begins, from the events that there were.
/// Those that came after it are few.
struct ClocksAhead: Sendable {
    let ticket: TicketID
    var clocks: ReplayedClocks
    /// How many events were read for it.
    private(set) var events = 0

    init(of ticket: TicketID, clocks: ReplayedClocks) {
        self.ticket = ticket
        self.clocks = clocks
    }

    mutating func follow(_ page: [TicketEvent]) {
        events += page.count
        clocks.follow(page)
    }
}
