import Domain
import Postgres

/// The payloads of the desk's verbs as documents in `ticket_event.data`, by their kinds.
enum VerbCoding {
    static func encode(_ verb: TicketEvent.Verb) -> JSONB {
        switch verb {
        case .transferred(let value): DocumentCoding.encode(value)
        case .returned(let value): DocumentCoding.encode(value)
        case .withdrawn(let value): DocumentCoding.encode(value)
        case .consulted(let value): DocumentCoding.encode(value)
        case .consultationAnswered(let value), .consultationCancelled(let value): DocumentCoding.encode(value)
        case .urged(let value): DocumentCoding.encode(value)
        case .escalationRequested(let value): DocumentCoding.encode(value)
        case .resourceBooked(let value): DocumentCoding.encode(value)
        case .bookingCancelled(let value): DocumentCoding.encode(value)
        case .followerAdded(let value), .followerRemoved(let value): DocumentCoding.encode(value)
        case .escalationAcknowledged(let value): DocumentCoding.encode(value)
        case .flowStartRequested(let value): DocumentCoding.encode(value)
        case .changeReported(let value): DocumentCoding.encode(value)
        case .taskFinished(let value): DocumentCoding.encode(value)
        case .merged(let value): DocumentCoding.encode(value)
        case .absorbed(let value): DocumentCoding.encode(value)
        case .split(let value): DocumentCoding.encode(value)
        case .followedUp(let value): DocumentCoding.encode(value)
        }
    }

    static func decode(_ data: JSONB, kind: String) throws(DecodeError) -> TicketEvent.Verb {
        switch kind {
        case "ticket.transferred": .transferred(try DocumentCoding.decode(TicketEvent.Transferred.self, from: data))
        case "ticket.returned": .returned(try DocumentCoding.decode(TicketEvent.Returned.self, from: data))
        case "ticket.withdrawn": .withdrawn(try DocumentCoding.decode(TicketEvent.Withdrawn.self, from: data))
        case "ticket.consulted": .consulted(try DocumentCoding.decode(TicketEvent.Consulted.self, from: data))
        case "ticket.consultation_answered":
            .consultationAnswered(try DocumentCoding.decode(TicketEvent.ConsultationClosed.self, from: data))
        case "ticket.consultation_cancelled":
            .consultationCancelled(try DocumentCoding.decode(TicketEvent.ConsultationClosed.self, from: data))
        case "ticket.urged": .urged(try DocumentCoding.decode(TicketEvent.Urged.self, from: data))
        case "ticket.escalation_requested": .escalationRequested(try DocumentCoding.decode(TicketEvent.EscalationRequested.self, from: data))
        case "ticket.resource_booked": .resourceBooked(try DocumentCoding.decode(TicketEvent.ResourceBooked.self, from: data))
        case "ticket.booking_cancelled": .bookingCancelled(try DocumentCoding.decode(TicketEvent.BookingCancelled.self, from: data))
        case "ticket.follower_added": .followerAdded(try DocumentCoding.decode(TicketEvent.Follower.self, from: data))
        case "ticket.follower_removed": .followerRemoved(try DocumentCoding.decode(TicketEvent.Follower.self, from: data))
        case "escalation.acknowledged":
            .escalationAcknowledged(try DocumentCoding.decode(TicketEvent.EscalationAcknowledged.self, from: data))
        case "flow.start_requested": .flowStartRequested(try DocumentCoding.decode(TicketEvent.FlowStartRequested.self, from: data))
        case "ticket.change_reported": .changeReported(try DocumentCoding.decode(TicketEvent.ChangeReported.self, from: data))
        case "ticket.task_finished": .taskFinished(try DocumentCoding.decode(TicketEvent.TaskFinished.self, from: data))
        case "ticket.merged": .merged(try DocumentCoding.decode(TicketEvent.Merged.self, from: data))
        case "ticket.absorbed": .absorbed(try DocumentCoding.decode(TicketEvent.Absorbed.self, from: data))
        case "ticket.split": .split(try DocumentCoding.decode(TicketEvent.SplitOff.self, from: data))
        case "ticket.followed_up": .followedUp(try DocumentCoding.decode(TicketEvent.FollowedUp.self, from: data))
        default: throw DecodeError("an event of an unknown kind")
        }
    }
}
