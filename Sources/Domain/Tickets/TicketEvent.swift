/// Something that happened to a ticket. Events are the truth: the row, the timers, the history and the change feed are read from them (design.md 3).
public struct TicketEvent: Hashable, Sendable {
    public let ticketID: TicketID
    /// 1 for the creation, then without gaps.
    public let sequence: Int
    /// The ticket's version after the command that this event belongs to.
    public let version: Int64
    /// When it happened, by the database's clock; always after the events of the ticket's previous change.
    public let at: Timestamp
    public let actor: Actor
    public let payload: Payload

    public init(ticketID: TicketID, sequence: Int, version: Int64, at: Timestamp, actor: Actor, payload: Payload) {
        self.ticketID = ticketID
        self.sequence = sequence
        self.version = version
        self.at = at
        self.actor = actor
        self.payload = payload
    }

    /// What happened.
    public enum Payload: Hashable, Sendable {
        case created(Created)
        case updated(Updated)
        case assigned(Assigned)
        case unassigned(Unassigned)
        case stateChanged(StateChanged)
        case overflowed(Overflowed)
        case unroutable(Unroutable)
        case offered(Offered)
        case offerEnded(OfferEnded)
        case offerRoundEnded(OfferRoundEnded)
        case closingSoon(ClosingSoon)
        case messageAdded(MessageAdded)
        case organizationChanged(OrganizationChanged)
        case policyChanged(PolicyChanged)
        case promiseCancelled(PromiseCancelled)
        case timerWarned(TimerFired)
        case timerBreached(TimerFired)
        case escalated(Escalated)
        case verb(Verb)
    }
}
