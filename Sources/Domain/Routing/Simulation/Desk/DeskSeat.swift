/// What an agent of a simulated desk has and does.
struct DeskSeat {
    /// By which of the calendars he works; nil is always.
    let shift: Int?
    var isOnShift: Bool
    /// What he has; the first is what he works on.
    var hand: [SimulatedTicket] = []
    /// Offers in a row that he let pass.
    var misses = 0
    /// The number of the break that he is on.
    var onBreak: Int?
    /// His last assignment, in microseconds; offers that are open do not count.
    var lastAssigned = Int64.min
    /// Microseconds for which he worked.
    var busy: Int64 = 0
}
