/// The text that ``RoutingOthers`` reads, of bounded length: `load_band eligible=2 capacity=1;<agent> tier=0 load=3/10;<agent> !offline`. Ids are short ones.
struct DecisionText {
    private let limit: Int
    private var bytes: [UInt8]
    /// Whether another agent may fit.
    private(set) var hasRoom = true

    /// ` other=` and a count; the shortest verdict of an agent.
    private static let restLength = 13
    private static let shortestVerdict = 29

    init(_ criterion: RoutingCriterion, _ counts: [(filter: Int, count: Int)], limit: Int) {
        self.limit = limit
        bytes = []
        bytes.reserveCapacity(limit)
        bytes.append(contentsOf: criterion.rawValue.utf8)
        var rest = 0
        for (filter, count) in counts {
            let name = RecordedFilter.names[filter]
            // A count has nine digits at most.
            if rest == 0, bytes.count + name.count + 11 + Self.restLength <= limit {
                append(name, count)
            } else {
                rest += count
            }
        }
        if rest > 0 { append(Array("other".utf8), rest) }
        hasRoom = bytes.count + Self.shortestVerdict <= limit
    }

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
        append(agent) { bytes in
            Self.append(candidate, of: ticket, in: pool, to: &bytes)
            guard let lastAssigned else { return }
            if lastAssigned == .min {
                bytes.append(contentsOf: " idle=ever".utf8)
            } else {
                Self.append(" idle=", Int((now.microseconds - lastAssigned) / 1_000_000), to: &bytes)
                bytes.append(UInt8(ascii: "s"))
            }
        }
    }

    /// The winner's rank: as those of the others, and whether he is preferred.
    static func rank(_ candidate: RoutingCandidate, of ticket: RoutingTicket, in pool: RoutingPool) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        if ticket.preferredAgent == pool.agents[Int(candidate.agent)].id { bytes.append(contentsOf: "preferred ".utf8) }
        append(candidate, of: ticket, in: pool, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// In the words of routing.md D, with the load that the ticket makes: of its channel, where that has a capacity of its own.
    private static func append(_ candidate: RoutingCandidate, of ticket: RoutingTicket, in pool: RoutingPool, to bytes: inout [UInt8]) {
        let share = pool.slots[Int(candidate.agent)].share(of: ticket.channel)
        let optional = ticket.requirements.optional.count - Int(candidate.optionalMissing)
        append("tier=", Int(candidate.tier), to: &bytes)
        if optional > 0 { append(" optional=", optional, to: &bytes) }
        if pool.rules.mode == .bestSkill { append(" levels=", -Int(candidate.negatedLevels), to: &bytes) }
        if pool.rules.mode == .nearest, candidate.distance != .max {
            append(" metres=", Int(candidate.distance), to: &bytes)
        }
        if candidate.surplus > 0 { append(" surplus=", Int(candidate.surplus), to: &bytes) }
        append(" load=", Int(share.load + RoutingLoad.bounded(ticket.weight)), to: &bytes)
        append("/", Int(share.capacity), to: &bytes)
    }

    private mutating func append(_ agent: AgentID, _ write: (inout [UInt8]) -> Void) {
        guard hasRoom else { return }
        let length = bytes.count
        bytes.append(UInt8(ascii: ";"))
        agent.appendShort(to: &bytes)
        bytes.append(UInt8(ascii: " "))
        write(&bytes)
        if bytes.count > limit { bytes.removeSubrange(length...) }
        hasRoom = bytes.count > length && bytes.count + Self.shortestVerdict <= limit
    }

    private mutating func append(_ name: [UInt8], _ count: Int) {
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: name)
        Self.append("=", count, to: &bytes)
    }

    /// Without the text of a number, which would be a string of its own.
    private static func append(_ name: StaticString, _ number: Int, to bytes: inout [UInt8]) {
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
