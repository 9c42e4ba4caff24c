extension TicketEvent {
    /// What somebody did to a ticket by one of the desk's verbs (features.md A3.7, A3.12): one event for the verb. What it changes are the other events
    /// of the same command.
    public enum Verb: Hashable, Sendable {
        case transferred(Transferred)
        case returned(Returned)
        case withdrawn(Withdrawn)
        case consulted(Consulted)
        case consultationAnswered(ConsultationClosed)
        case consultationCancelled(ConsultationClosed)
        case urged(Urged)
        case escalationRequested(EscalationRequested)
        case resourceBooked(ResourceBooked)
        case bookingCancelled(BookingCancelled)
        case followerAdded(Follower)
        case followerRemoved(Follower)
        case escalationAcknowledged(EscalationAcknowledged)
        case flowStartRequested(FlowStartRequested)
        case changeReported(ChangeReported)
        case taskFinished(TaskFinished)
        case merged(Merged)
        case absorbed(Absorbed)
        case split(SplitOff)
        case followedUp(FollowedUp)
    }

    /// Where a ticket was before a transfer, or is after it.
    public struct Place: Hashable, Sendable, Codable {
        public var agentID: AgentID?
        public var queueID: QueueID?
        public var groupID: GroupID?

        init(agentID: AgentID?, queueID: QueueID?, groupID: GroupID?) {
            self.agentID = agentID
            self.queueID = queueID
            self.groupID = groupID
        }

        init(of ticket: Ticket) {
            self.init(agentID: ticket.assigneeID, queueID: ticket.content.queueID, groupID: ticket.content.groupID)
        }
    }

    /// `ticket.transferred`: whoever had it is named, so that he finds it again among what he worked on.
    public struct Transferred: Hashable, Sendable, Codable {
        public var from: Place
        public var to: Place
        /// The state before, which a withdrawal restores.
        public var state: TicketState
        public var reason: String
    }

    /// `ticket.returned`: the agent gave it back to whoever had transferred it to him, or to its queue.
    public struct Returned: Hashable, Sendable, Codable {
        public var from: Place
        public var to: Place
        public var reason: String
    }

    /// `ticket.withdrawn`: who had transferred it took it back.
    public struct Withdrawn: Hashable, Sendable, Codable {
        public var from: Place
        public var to: Place
    }

    /// `ticket.consulted`; the question is in the consultation's row.
    public struct Consulted: Hashable, Sendable, Codable {
        public var consultationID: ConsultationID
        /// Who is asked.
        public var agentID: AgentID
    }

    /// `ticket.consultation_answered`, `ticket.consultation_cancelled`
    public struct ConsultationClosed: Hashable, Sendable, Codable {
        public var consultationID: ConsultationID
        /// Who was asked.
        public var agentID: AgentID
        /// The note that the answer is.
        public var messageID: MessageID?
    }

    /// `ticket.urged`
    public struct Urged: Hashable, Sendable, Codable {
        public var text: String
        /// Which urge of the ticket it is, from 1 on.
        public var count: Int
        /// Whom it is meant for: the agent who has the ticket.
        public var agentID: AgentID?
    }

    /// `ticket.escalation_requested`: starts a run of a chain, for another reason than a clock.
    public struct EscalationRequested: Hashable, Sendable, Codable {
        public var runID: EscalationRunID
        public var chainID: EscalationChainID
        public var cause: EscalationRequestCause
        public var reason: String
    }

    /// `ticket.resource_booked`
    public struct ResourceBooked: Hashable, Sendable, Codable {
        public var bookingID: BookingID
        public var resourceID: ResourceID
        public var interval: Booking.Interval
    }

    /// `ticket.booking_cancelled`
    public struct BookingCancelled: Hashable, Sendable, Codable {
        public enum Cause: String, Hashable, Sendable, Codable {
            /// The ticket was closed, and needs its resources no more.
            case ticketClosed = "ticket_closed"
        }

        public var bookingID: BookingID
        public var resourceID: ResourceID
        /// Nil where somebody gave it up by hand.
        public var cause: Cause?
    }
}
