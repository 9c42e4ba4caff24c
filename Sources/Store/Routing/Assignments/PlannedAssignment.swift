public import Domain
import Postgres

/// A pair that a pass wants to write: what matching decided, with what the guard checks and what the history records.
public struct PlannedAssignment: Hashable, Sendable {
    public let assignment: RoutingAssignment
    /// The ticket's version when it was put into the queue; another one leaves the ticket alone.
    public let version: Int64
    /// The winner's rank, for the explanation of an old assignment.
    public let rank: String
    /// What routing saw of the others, for the same (``RoutingOthers``).
    public let others: String?
    /// The units that the agent's ramp-up lets him have in all; nil where it does not bind.
    public let ceiling: Int?

    /// Until when the agent is asked; nil where he gets the ticket at once.
    public let offeredUntil: Timestamp?

    public init(
        assignment: RoutingAssignment,
        version: Int64,
        rank: String,
        others: String? = nil,
        ceiling: Int? = nil,
        offeredUntil: Timestamp? = nil
    ) {
        self.assignment = assignment
        self.version = version
        self.rank = rank
        self.others = others
        self.ceiling = ceiling
        self.offeredUntil = offeredUntil
    }

    /// `ticket_event.data` of `ticket.assigned`, as ``TicketEvent/Assigned`` decodes itself. Written by hand: the general encoder took a third of a pass.
    var document: JSONB {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192 + (others?.utf8.count ?? 0))
        bytes.append(contentsOf: #"{"agentID":""#.utf8)
        bytes.append(contentsOf: assignment.agent.description.utf8)
        bytes.append(contentsOf: #"","cause":"routing","rank":""#.utf8)
        Self.append(rank, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        if let others {
            bytes.append(contentsOf: #","others":""#.utf8)
            Self.append(others, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        if assignment.step > 0 { bytes.append(contentsOf: #","step":\#(assignment.step)"#.utf8) }
        bytes.append(UInt8(ascii: "}"))
        return JSONB(bytes: bytes)
    }

    /// `ticket_event.data` of `ticket.offered`.
    var offerDocument: JSONB {
        let end = offeredUntil ?? assignment.assignedAt
        return DocumentCoding.encode(
            TicketEvent.Offered(agentID: assignment.agent, expiresAt: end, step: assignment.step, rank: rank, others: others)
        )
    }

    /// Without what would have to be escaped.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 where byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") { bytes.append(byte) }
    }
}
