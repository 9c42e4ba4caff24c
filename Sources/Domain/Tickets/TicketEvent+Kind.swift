extension TicketEvent {
    /// The kinds of events by their names in the history, the change feed and webhooks: an open set, to which versions add (docs/api.md).
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case created = "ticket.created"
        case updated = "ticket.updated"
        case assigned = "ticket.assigned"
        case unassigned = "ticket.unassigned"
        case stateChanged = "ticket.state_changed"
        case overflowed = "ticket.overflowed"
        case unroutable = "ticket.unroutable"
        case offered = "ticket.offered"
        case offerEnded = "ticket.offer_ended"
        case offerRoundEnded = "ticket.offer_round_ended"
        case noTaker = "ticket.no_taker"
        case closingSoon = "ticket.closing_soon"
        case messageAdded = "ticket.message_added"
        case organizationChanged = "ticket.organization_changed"
        case policyChanged = "sla.policy_changed"
        case promiseCancelled = "sla.cancelled"
        case timerWarned = "sla.warned"
        case timerBreached = "sla.breached"
        case escalated = "escalation.fired"
        case transferred = "ticket.transferred"
        case returned = "ticket.returned"
        case withdrawn = "ticket.withdrawn"
        case consulted = "ticket.consulted"
        case consultationAnswered = "ticket.consultation_answered"
        case consultationCancelled = "ticket.consultation_cancelled"
        case urged = "ticket.urged"
        case escalationRequested = "ticket.escalation_requested"
        case resourceBooked = "ticket.resource_booked"
        case bookingCancelled = "ticket.booking_cancelled"
        case followerAdded = "ticket.follower_added"
        case followerRemoved = "ticket.follower_removed"
        case escalationAcknowledged = "escalation.acknowledged"
        case flowStartRequested = "flow.start_requested"
        case changeReported = "ticket.change_reported"
        case taskFinished = "ticket.task_finished"
        case merged = "ticket.merged"
        case absorbed = "ticket.absorbed"
        case split = "ticket.split"
        case followedUp = "ticket.followed_up"

        /// All of them for people: "ticket.created, ticket.updated, …".
        public static let list = allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension TicketEvent.Payload {
    /// The name of its kind.
    public var kind: String { namedKind.rawValue }

    private var namedKind: TicketEvent.Kind {
        switch self {
        case .created: .created
        case .updated: .updated
        case .assigned: .assigned
        case .unassigned: .unassigned
        case .stateChanged: .stateChanged
        case .overflowed: .overflowed
        case .unroutable: .unroutable
        case .offered: .offered
        case .offerEnded: .offerEnded
        case .offerRoundEnded(let ended): ended.isLast ? .noTaker : .offerRoundEnded
        case .closingSoon: .closingSoon
        case .messageAdded: .messageAdded
        case .organizationChanged: .organizationChanged
        case .policyChanged: .policyChanged
        case .promiseCancelled: .promiseCancelled
        case .timerWarned: .timerWarned
        case .timerBreached: .timerBreached
        case .escalated: .escalated
        case .verb(let verb): verb.kind
        }
    }
}

extension TicketEvent.Verb {
    fileprivate var kind: TicketEvent.Kind {
        switch self {
        case .transferred: .transferred
        case .returned: .returned
        case .withdrawn: .withdrawn
        case .consulted: .consulted
        case .consultationAnswered: .consultationAnswered
        case .consultationCancelled: .consultationCancelled
        case .urged: .urged
        case .escalationRequested: .escalationRequested
        case .resourceBooked: .resourceBooked
        case .bookingCancelled: .bookingCancelled
        case .followerAdded: .followerAdded
        case .followerRemoved: .followerRemoved
        case .escalationAcknowledged: .escalationAcknowledged
        case .flowStartRequested: .flowStartRequested
        case .changeReported: .changeReported
        case .taskFinished: .taskFinished
        case .merged: .merged
        case .absorbed: .absorbed
        case .split: .split
        case .followedUp: .followedUp
        }
    }
}
