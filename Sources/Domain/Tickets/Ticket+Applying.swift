extension Ticket {
    /// The ticket that a creation makes.
    public init(created: TicketEvent.Created, event: TicketEvent) {
        self.init(
            id: event.ticketID,
            number: created.number,
            createdAt: created.occurredAt ?? event.at,
            version: event.version,
            lastSequence: event.sequence,
            content: created.content,
            state: created.state,
            assigneeID: nil,
            isOverCapacity: false,
            eligibleAt: created.state == .waitingAssignment ? event.at : nil,
            updatedAt: event.at,
            resolvedAt: nil,
            closedAt: nil,
            links: TicketLinks(created.origin),
            queuedAt: created.state == .waitingAssignment ? event.at : nil
        )
    }

    /// This ticket after one more event: a pure fold, so that replaying the history rebuilds the row (design.md I5).
    public func applying(_ event: TicketEvent) -> Ticket {
        var ticket = self
        ticket.version = event.version
        ticket.lastSequence = event.sequence
        ticket.updatedAt = event.at
        switch event.payload {
        case .created(let created):
            return Ticket(created: created, event: event)
        case .updated(let updated):
            ticket.content = updated.after
        case .assigned(let assigned):
            ticket.assigneeID = assigned.agentID
            ticket.declinedBy = []
            ticket.offerRound = 0
            ticket.isOverCapacity = assigned.isOverCapacity
        case .unassigned(let unassigned):
            if unassigned.isPreferred == true { ticket.content.preferredAgentID = unassigned.agentID }
            if unassigned.isExcluded == true { ticket.declinedBy.append(unassigned.agentID) }
            ticket.assigneeID = nil
            ticket.isOverCapacity = false
        case .stateChanged(let change):
            ticket.enter(change.to, at: event.at)
        case .closingSoon:
            ticket.closingToldAt = event.at
        case .overflowed(let overflow):
            ticket.content.queueID = overflow.to
            ticket.overflowedFrom.append(overflow.from)
        case .offered(let offered):
            ticket.offer = TicketOffer(agentID: offered.agentID, offeredAt: event.at, expiresAt: offered.expiresAt)
        case .offerEnded(let ended):
            ticket.offer = nil
            if ended.outcome == .declined || ended.outcome == .timedOut { ticket.declinedBy.append(ended.agentID) }
        case .offerRoundEnded(let ended):
            ticket.declinedBy = []
            ticket.offerRound = ended.round
        case .organizationChanged(let change):
            ticket.content.organizationID = change.to
        case .verb(let verb):
            ticket.attention.apply(verb, at: event.at)
            if case .merged(let merged) = verb { ticket.links.mergedInto = merged.into }
            // Who gave it back to its queue is not the next to get it, as who declined it is not (routing.md G).
            if case .returned(let returned) = verb, returned.to.agentID == nil, let agent = returned.from.agentID { ticket.declinedBy.append(agent) }
        case .messageAdded, .policyChanged, .promiseCancelled, .timerWarned, .timerBreached, .escalated, .unroutable:
            break
        }
        // An offer leaves it where it waits.
        if ticket.state == .waitingAssignment, state != .waitingAssignment || ticket.content.queueID != content.queueID { ticket.queuedAt = event.at }
        return ticket
    }

    /// The same ticket as one of an organization.
    public func belonging(to organization: OrganizationID?) -> Ticket {
        var ticket = self
        ticket.content.organizationID = organization
        return ticket
    }

    /// Rebuilds a ticket from its whole history, or nil where the history does not begin with its creation.
    public static func replay(_ events: some Sequence<TicketEvent>) -> Ticket? {
        var ticket: Ticket?
        for event in events {
            if let current = ticket {
                ticket = current.applying(event)
            } else if case .created(let created) = event.payload {
                ticket = Ticket(created: created, event: event)
            } else {
                return nil
            }
        }
        return ticket
    }

    private mutating func enter(_ target: TicketState, at time: Timestamp) {
        state = target
        closingToldAt = nil
        if target == .waitingAssignment, eligibleAt == nil {
            eligibleAt = time
        }
        switch target {
        case .resolved:
            resolvedAt = time
        case .closed:
            closedAt = time
        case .archived:
            break
        default:
            resolvedAt = nil
            closedAt = nil
        }
    }
}
