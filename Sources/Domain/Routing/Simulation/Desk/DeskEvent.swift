/// What happens on a simulated desk at a time.
struct DeskEvent {
    enum Kind {
        /// One of the calendars opens or closes.
        case hours(Int)
        /// An agent is done with what he works on.
        case done(agent: Int)
        /// An agent says something to the offer with the number.
        case answer(TicketID, offer: Int, OfferHabits.Answer)
        /// The time of the offer with the number is over.
        case lapse(TicketID, offer: Int)
        /// An agent comes back from the break with the number.
        case back(agent: Int, break: Int)
    }

    let at: Timestamp
    let number: Int
    let kind: Kind

    /// Whoever's shift ends while he is done begins with nothing more; else what was foreseen first.
    fileprivate var isHours: Bool { if case .hours = kind { true } else { false } }
}

extension DeskEvent {
    /// What is to come, in order of time.
    struct List {
        /// The next to come at the end.
        private var events: [DeskEvent] = []
        private var count = 0

        var next: DeskEvent? { events.last }

        /// Whether the next is of calendars, at a time.
        func isOfHours(at time: Timestamp) -> Bool { next.map { $0.isHours && $0.at == time } ?? false }

        /// - Returns: the event's number.
        @discardableResult
        mutating func add(_ kind: Kind, at time: Timestamp) -> Int {
            count += 1
            let event = DeskEvent(at: time, number: count, kind: kind)
            var (low, high) = (0, events.count)
            while low < high {
                let middle = (low + high) / 2
                if List.isBefore(events[middle], event) { high = middle } else { low = middle + 1 }
            }
            events.insert(event, at: low)
            return count
        }

        mutating func removeNext() -> DeskEvent? { events.popLast() }

        private static func isBefore(_ left: DeskEvent, _ right: DeskEvent) -> Bool {
            (left.at, left.isHours ? 0 : 1, left.number) < (right.at, right.isHours ? 0 : 1, right.number)
        }
    }
}
