extension TicketEvent {
    /// `ticket.created`: the whole content, so that the row can be rebuilt.
    public struct Created: Hashable, Sendable, Codable {
        public var number: Int64
        public var content: TicketContent
        public var state: TicketState
        /// Given by an import; nil when the ticket was created as it happened.
        public var occurredAt: Timestamp?
        /// The SLA policy that matched, and the calendar that applies with it.
        public var policy: SLAPolicyReference?
        public var calendar: CalendarReference?
        /// Whose calendar that is.
        public var calendarSource: SLACalendarChoice.Source?
        /// How it found its queue, where that was decided by conditions and rules.
        public var intake: IntakeRecord?
        /// The ticket that it comes from, by a split or as its follow-up.
        public var origin: TicketOrigin?
        /// That it came through the key of a VIP, or comes from one that did: whoever its requester is, he is a VIP.
        public var isThroughVIPKey: Bool?
    }

    /// `ticket.updated`: the content after the change, and the names of the fields that changed.
    public struct Updated: Hashable, Sendable, Codable {
        public var changed: [String]
        public var before: TicketContent
        public var after: TicketContent
        /// Why, where the change needs a reason (features.md A2.7).
        public var reason: String?
    }

    /// `ticket.assigned`
    public struct Assigned: Hashable, Sendable, Codable {
        public enum Cause: String, Hashable, Sendable, Codable {
            case routing, manual, claim, escalation, offer, transfer, `return`, withdraw
        }

        enum CodingKeys: String, CodingKey {
            case agentID, previousAgentID, cause, isOverCapacity, step, rank, others
        }

        public var agentID: AgentID
        public var previousAgentID: AgentID?
        public var cause: Cause
        public var isOverCapacity: Bool
        /// The relaxation step in force, where routing decided (routing.md B).
        public var step: Int?
        /// The winner's rank, where routing decided: what the explanation of an old assignment shows.
        public var rank: String?
        /// What routing saw of the others, where it decided (``RoutingOthers``).
        public var others: String?
    }

    /// `ticket.unassigned`
    public struct Unassigned: Hashable, Sendable, Codable {
        public enum Cause: String, Hashable, Sendable, Codable {
            case release, queueChanged, transfer, `return`, withdraw
            /// The agent went away before he had answered, or the customer wrote while he was away (routing.md F).
            case agentGone
            /// The agent works here no more.
            case agentLeft
        }

        public var agentID: AgentID
        public var cause: Cause
        /// Whether the ticket goes back to him if he can take it when it is assigned again; false where it says nothing.
        public var isPreferred: Bool?
        /// Whether somebody else is to get it next, as where he had declined it (routing.md G); false where it says nothing.
        public var isExcluded: Bool?

        public init(agentID: AgentID, cause: Cause, isPreferred: Bool? = nil, isExcluded: Bool? = nil) {
            self.agentID = agentID
            self.cause = cause
            self.isPreferred = isPreferred
            self.isExcluded = isExcluded
        }
    }

    /// `ticket.state_changed`
    public struct StateChanged: Hashable, Sendable, Codable {
        public enum Cause: String, Hashable, Sendable, Codable {
            case transition, reply, assignment, release, queued, requeue, transfer, `return`, withdraw, merge
            /// The time after which the tenant's tickets move on by themselves.
            case autoClose = "auto_close"
            case autoArchive = "auto_archive"
        }

        public var from: TicketState
        public var to: TicketState
        public var cause: Cause
    }

    /// `ticket.closing_soon`: nobody need do anything, and it is closed.
    public struct ClosingSoon: Hashable, Sendable, Codable {
        /// When, by what the tenant wants now; a scheduler does it within the hour after.
        public var closesAt: Timestamp

        public init(closesAt: Timestamp) {
            self.closesAt = closesAt
        }
    }

    /// `ticket.overflowed`: waited too long in one queue, and moved on to another.
    public struct Overflowed: Hashable, Sendable, Codable {
        public var from: QueueID
        public var to: QueueID
    }

    /// `ticket.unroutable`: nobody who is there could take it, however much they have to do, at this or any later relaxation step (routing.md B). Once, until it
    /// waits for something else.
    public struct Unroutable: Hashable, Sendable, Codable {
        /// Where it waits.
        public var queueID: QueueID

        public init(queueID: QueueID) {
            self.queueID = queueID
        }
    }

    /// `ticket.message_added`; the text itself is in the message's row.
    public struct MessageAdded: Hashable, Sendable, Codable {
        public var messageID: MessageID
        public var isPublic: Bool
        /// Who wrote it, whoever sent it; nil in events from before it was recorded, where the actor tells.
        public var author: TicketMessage.Author.Kind?
    }

    /// `ticket.organization_changed`: the requester belongs to another organization now.
    public struct OrganizationChanged: Hashable, Sendable, Codable {
        public var from: OrganizationID?
        public var to: OrganizationID?

        public init(from: OrganizationID?, to: OrganizationID?) {
            self.from = from
            self.to = to
        }
    }

    /// `sla.policy_changed`: another policy or calendar applies from now on; nil when none matches any more.
    public struct PolicyChanged: Hashable, Sendable, Codable {
        public var policy: SLAPolicyReference?
        public var calendar: CalendarReference?
        /// Whose calendar that is; nil without one, and in events from before it was recorded.
        public var calendarSource: SLACalendarChoice.Source?
        /// Where no policy matches any more: the rules of the last one go on holding (decision 0037); nil in events from before that was so.
        public var keepsRules: Bool?
        /// An edit of the calendar freezes nothing that was counted (decision 0066); nil in events from before that was so.
        public var followsEdits: Bool?
        /// From when on it holds, where an edit of the configuration reached the ticket later than it was made (decision 0066); nil: from the event on.
        public var since: Timestamp?

        public init(
            policy: SLAPolicyReference?,
            calendar: CalendarReference?,
            calendarSource: SLACalendarChoice.Source? = nil,
            since: Timestamp? = nil
        ) {
            self.policy = policy
            self.calendar = calendar
            self.calendarSource = calendarSource
            self.since = since
            keepsRules = policy == nil ? true : nil
            followsEdits = true
        }
    }

    /// `sla.cancelled`: the ticket met a cancel condition of its policy, and is covered no longer.
    public struct PromiseCancelled: Hashable, Sendable, Codable {
        public var policy: SLAPolicyReference
        /// Which of the policy's cancel conditions, from 0.
        public var condition: Int
        /// It goes before a state that met it (decision 0050); nil in events from before that was so.
        public var precedesState: Bool?
        /// It covers what the policy promises from the same instant on; nil in events from before that was so.
        public var followsPolicy: Bool?

        public init(policy: SLAPolicyReference, condition: Int) {
            self.policy = policy
            self.condition = condition
            precedesState = true
            followsPolicy = true
        }
    }

    /// `sla.warned`, `sla.breached`
    public struct TimerFired: Hashable, Sendable, Codable {
        public var metric: String
        public var instance: Int
        public var threshold: String
        public var targetVersion: Int
        public var scheduledFor: Timestamp
        public var isSuppressed: Bool
        /// Whether time ran out, or a change put it into the past; nil in events from before it was recorded.
        public var cause: SLAFiring.Cause?

        public init(
            metric: String,
            instance: Int,
            threshold: String,
            targetVersion: Int,
            scheduledFor: Timestamp,
            isSuppressed: Bool,
            cause: SLAFiring.Cause?
        ) {
            self.metric = metric
            self.instance = instance
            self.threshold = threshold
            self.targetVersion = targetVersion
            self.scheduledFor = scheduledFor
            self.isSuppressed = isSuppressed
            self.cause = cause
        }
    }

    /// `escalation.fired`: one level of a chain, or its end.
    public struct Escalated: Hashable, Sendable, Codable {
        public var runID: EscalationRunID
        public var chainID: EscalationChainID
        public var round: Int
        public var level: Int
        /// fired, skipped_empty, fallback or exhausted.
        public var outcome: String
        public var scheduledFor: Timestamp
        public var isLate: Bool
        /// Everybody whom the level tells, at once or later.
        public var notified: [AgentID]
        /// Those of ``notified`` who are told when their quiet hours end; nil: nobody.
        public var toldLater: [AgentID]?
        /// The level names more people than it may call (``EscalationLevel/maximumRecipients``); nil: it called all.
        public var isCut: Bool?

        public init(
            runID: EscalationRunID,
            chainID: EscalationChainID,
            round: Int,
            level: Int,
            outcome: String,
            scheduledFor: Timestamp,
            isLate: Bool,
            notified: [AgentID],
            toldLater: [AgentID]? = nil,
            isCut: Bool? = nil
        ) {
            self.runID = runID
            self.chainID = chainID
            self.round = round
            self.level = level
            self.outcome = outcome
            self.scheduledFor = scheduledFor
            self.isLate = isLate
            self.notified = notified
            self.toldLater = toldLater
            self.isCut = isCut
        }
    }
}
