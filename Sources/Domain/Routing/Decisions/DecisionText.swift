/// The text that ``RoutingOthers`` reads, of bounded length: `load_band eligible=2 capacity=1;<agent> tier=0 load=3/10;<agent> !offline`. Ids are short ones.
struct DecisionText {
    private let limit: Int
    private var bytes: [UInt8]
    /// Whether everything fitted so far.
    private(set) var hasRoom = true

    init(_ criterion: RoutingCriterion, _ counts: [(name: String, count: Int)], limit: Int) {
        self.limit = limit
        bytes = Array(criterion.rawValue.utf8)
        bytes.reserveCapacity(limit)
        var rest = 0
        for (name, count) in counts {
            let part = Array(" \(name)=\(count)".utf8)
            if rest == 0, bytes.count + part.count + Self.restLength <= limit { bytes += part } else { rest += count }
        }
        if rest > 0 { bytes += Array(" other=\(rest)".utf8) }
    }

    /// ` other=` and a count.
    private static let restLength = 13

    var string: String { String(decoding: bytes, as: UTF8.self) }

    mutating func add(_ agent: AgentID, refusal: RoutingRefusal) {
        append(agent) { bytes in
            bytes.append(UInt8(ascii: "!"))
            if case .skill(let skill) = refusal {
                bytes += Array("skill:".utf8)
                skill.appendShort(to: &bytes)
            } else {
                bytes += Array(refusal.text { _ in "" }.utf8)
            }
        }
    }

    /// - Parameter lastAssigned: in microseconds since 1970, `Int64.min` for never; nil where it is not to be told.
    mutating func add(
        _ agent: AgentID,
        rank candidate: RoutingCandidate,
        of ticket: RoutingTicket,
        in pool: RoutingPool,
        lastAssigned: Int64?,
        now: Timestamp
    ) {
        let share = pool.slots[Int(candidate.agent)].share(of: ticket.channel)
        let optional = ticket.requirements.optional.count - Int(candidate.optionalMissing)
        var text = "tier=\(candidate.tier)"
        if optional > 0 { text += " optional=\(optional)" }
        if pool.rules.mode == .bestSkill { text += " levels=\(-candidate.negatedLevels)" }
        if pool.rules.mode == .nearest, candidate.distance != .max { text += " metres=\(GeoPoint.meters(squaredChord: candidate.distance))" }
        if candidate.surplus > 0 { text += " surplus=\(candidate.surplus)" }
        text += " load=\(share.load + RoutingLoad.bounded(ticket.weight))/\(share.capacity)"
        if let lastAssigned { text += lastAssigned == .min ? " idle=ever" : " idle=\((now.microseconds - lastAssigned) / 1_000_000)s" }
        append(agent) { $0 += Array(text.utf8) }
    }

    private mutating func append(_ agent: AgentID, _ write: (inout [UInt8]) -> Void) {
        guard hasRoom else { return }
        let length = bytes.count
        bytes.append(UInt8(ascii: ";"))
        agent.appendShort(to: &bytes)
        bytes.append(UInt8(ascii: " "))
        write(&bytes)
        guard bytes.count > limit else { return }
        bytes.removeSubrange(length...)
        hasRoom = false
    }
}
