extension TicketEvent {
    /// `ticket.merged`: the history of this ticket goes on in another one.
    public struct Merged: Hashable, Sendable, Codable {
        public var into: TicketID
        public var number: Int64
    }

    /// `ticket.absorbed`: another ticket was merged into this one.
    public struct Absorbed: Hashable, Sendable, Codable {
        public var source: TicketID
        public var number: Int64
        /// Since when its customer waits for an answer: the earliest wait counts from now on (sla.md, Merge).
        public var oldestUnanswered: Timestamp?
        /// Who follows this ticket because of it.
        public var followers: [AgentID]
        public var requesters: [RequesterID]
        /// A clock that begins in the past by it stands still there as it would have then (decision 0059); nil in events from before that was so.
        public var honoursPauses: Bool?
    }

    /// `ticket.split`: messages of this ticket became a ticket of their own.
    public struct SplitOff: Hashable, Sendable, Codable {
        public var into: TicketID
        public var number: Int64
        public var messages: [MessageID]
    }

    /// `ticket.followed_up`: the customer replied after it was closed.
    public struct FollowedUp: Hashable, Sendable, Codable {
        public var followUp: TicketID
        public var number: Int64
    }
}
