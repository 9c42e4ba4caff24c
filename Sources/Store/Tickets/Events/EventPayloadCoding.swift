import Domain
import Postgres

/// An event's payload as the document in `ticket_event.data`, by its kind.
enum EventPayloadCoding {
    static func encode(_ payload: TicketEvent.Payload) -> JSONB {
        switch payload {
        case .created(let value): JSONB(bytes: DocumentCoding.write(value))
        case .updated(let value): DocumentCoding.encode(value)
        case .assigned(let value): DocumentCoding.encode(value)
        case .unassigned(let value): DocumentCoding.encode(value)
        case .stateChanged(let value): DocumentCoding.encode(value)
        case .overflowed(let value): DocumentCoding.encode(value)
        case .unroutable(let value): DocumentCoding.encode(value)
        case .offered(let value): DocumentCoding.encode(value)
        case .offerEnded(let value): DocumentCoding.encode(value)
        case .offerRoundEnded(let value): DocumentCoding.encode(value)
        case .closingSoon(let value): DocumentCoding.encode(value)
        case .messageAdded(let value): DocumentCoding.encode(value)
        case .organizationChanged(let value): DocumentCoding.encode(value)
        case .policyChanged(let value): JSONB(bytes: DocumentCoding.write(value))
        case .promiseCancelled(let value): DocumentCoding.encode(value)
        case .timerWarned(let value), .timerBreached(let value): JSONB(bytes: DocumentCoding.write(value))
        case .escalated(let value): DocumentCoding.encode(value)
        case .verb(let verb): VerbCoding.encode(verb)
        }
    }

    static func decode(_ data: JSONB, kind: String) throws(DecodeError) -> TicketEvent.Payload {
        switch kind {
        case "ticket.created": .created(try DocumentCoding.decode(TicketEvent.Created.self, from: data))
        case "ticket.updated": .updated(try DocumentCoding.decode(TicketEvent.Updated.self, from: data))
        case "ticket.assigned": .assigned(try DocumentCoding.decode(TicketEvent.Assigned.self, from: data))
        case "ticket.unassigned": .unassigned(try DocumentCoding.decode(TicketEvent.Unassigned.self, from: data))
        case "ticket.state_changed": .stateChanged(try DocumentCoding.decode(TicketEvent.StateChanged.self, from: data))
        case "ticket.overflowed": .overflowed(try DocumentCoding.decode(TicketEvent.Overflowed.self, from: data))
        case "ticket.unroutable": .unroutable(try DocumentCoding.decode(TicketEvent.Unroutable.self, from: data))
        case "ticket.offered": .offered(try DocumentCoding.decode(TicketEvent.Offered.self, from: data))
        case "ticket.offer_ended": .offerEnded(try DocumentCoding.decode(TicketEvent.OfferEnded.self, from: data))
        case "ticket.offer_round_ended", "ticket.no_taker":
            .offerRoundEnded(try DocumentCoding.decode(TicketEvent.OfferRoundEnded.self, from: data))
        case "ticket.closing_soon": .closingSoon(try DocumentCoding.decode(TicketEvent.ClosingSoon.self, from: data))
        case "ticket.message_added": .messageAdded(try DocumentCoding.decode(TicketEvent.MessageAdded.self, from: data))
        case "ticket.organization_changed": .organizationChanged(try DocumentCoding.decode(TicketEvent.OrganizationChanged.self, from: data))
        case "sla.policy_changed": .policyChanged(try DocumentCoding.decode(TicketEvent.PolicyChanged.self, from: data))
        case "sla.cancelled": .promiseCancelled(try DocumentCoding.decode(TicketEvent.PromiseCancelled.self, from: data))
        case "sla.warned": .timerWarned(try DocumentCoding.decode(TicketEvent.TimerFired.self, from: data))
        case "sla.breached": .timerBreached(try DocumentCoding.decode(TicketEvent.TimerFired.self, from: data))
        case "escalation.fired": .escalated(try DocumentCoding.decode(TicketEvent.Escalated.self, from: data))
        default: .verb(try VerbCoding.decode(data, kind: kind))
        }
    }
}
