/// A ticket that another one went into or came from (features.md A4.11).
public struct TicketLink: Hashable, Sendable {
    /// What the other ticket is to the one that was asked about.
    public enum Relation: String, CaseIterable, Sendable {
        case mergedInto = "merged_into"
        case mergedFrom = "merged_from"
        case splitFrom = "split_from"
        case splitInto = "split_into"
        case followUpOf = "follow_up_of"
        case followedUpBy = "followed_up_by"
    }

    public let ticket: TicketID
    public let number: Int64
    public let state: TicketState
    /// A ticket that was split off and merged back is both.
    public let relations: [Relation]

    public init(ticket: TicketID, number: Int64, state: TicketState, relations: [Relation]) {
        self.ticket = ticket
        self.number = number
        self.state = state
        self.relations = relations
    }
}
