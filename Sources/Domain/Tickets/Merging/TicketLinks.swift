/// The tickets that this one went into or came from (features.md A4.11).
public struct TicketLinks: Hashable, Sendable {
    /// Where what is said to it belongs since it was merged.
    public internal(set) var mergedInto: TicketID?
    /// From which ticket it was split off.
    public internal(set) var splitFrom: TicketID?
    /// The closed ticket that was replied to.
    public internal(set) var followUpOf: TicketID?

    public init(mergedInto: TicketID? = nil, splitFrom: TicketID? = nil, followUpOf: TicketID? = nil) {
        self.mergedInto = mergedInto
        self.splitFrom = splitFrom
        self.followUpOf = followUpOf
    }

    /// The links of a new ticket.
    init(_ origin: TicketOrigin?) {
        self.init()
        switch origin?.kind {
        case .split: splitFrom = origin?.ticketID
        case .followUp: followUpOf = origin?.ticketID
        case nil: break
        }
    }
}
