/// Who is on call when: an ordered rotation that hands over by the wall clock of one zone, and exceptions to it.
///
/// JSON: `{"tz": "Europe/Berlin", "starts_on": "2026-01-05", "handover": "09:00", "shift_hours": 168, "members": ["…"],
/// "overrides": [{"from": "…", "to": "…", "agent_id": "…"}]}`.
public struct OnCallRota: Hashable, Sendable {
    /// Somebody stands in, from `from` to just before `to`.
    public struct Override: Hashable, Sendable, Codable {
        public let from: Timestamp
        public let to: Timestamp
        public let agent: AgentID

        private enum CodingKeys: String, CodingKey {
            case from
            case to
            case agent = "agent_id"
        }

        public init(from: Timestamp, to: Timestamp, agent: AgentID) {
            self.from = from
            self.to = to
            self.agent = agent
        }

        /// By what errors name it among the others: when it begins and ends, in microseconds.
        public var key: String { "\(from.microseconds)-\(to.microseconds)" }
    }

    /// The IANA name of the zone by whose clocks shifts begin.
    public var zone: String
    /// The day on which the first member's first shift begins.
    public var startsOn: CivilDate
    /// When shifts begin, in seconds after midnight.
    public var handover: Int
    /// How long a shift is, in hours of the wall clock: 24 hands over at the same time of day, whatever the clocks do meanwhile.
    public var shiftHours: Int
    /// In the order of their shifts.
    public var members: [AgentID]
    /// In the order of their beginnings; none overlaps another.
    public var overrides: [Override]

    /// Up to a year.
    public static let shiftRange = 1...366 * 24
    public static let memberRange = 1...100
    public static let maximumOverrides = 500

    public init(zone: String, startsOn: CivilDate, handover: Int, shiftHours: Int, members: [AgentID], overrides: [Override] = []) {
        self.zone = zone
        self.startsOn = startsOn
        self.handover = handover
        self.shiftHours = shiftHours
        self.members = members
        self.overrides = overrides.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    }

    /// - Throws: ``OnCallRotaError`` naming the first member that is wrong; whether the zone exists is not asked.
    public func validate() throws(OnCallRotaError) {
        guard (0..<WallInterval.secondsPerDay).contains(handover) else { throw .handover }
        guard OnCallRota.shiftRange.contains(shiftHours) else { throw .shift }
        guard OnCallRota.memberRange.contains(members.count) else { throw .members }
        guard overrides.count <= OnCallRota.maximumOverrides else { throw .tooManyOverrides }
        for (index, override) in overrides.enumerated() {
            guard override.from < override.to else { throw .emptyOverride(override) }
            if index > 0, overrides[index - 1].to > override.from { throw .overlap(override) }
        }
    }
}

extension OnCallRota: Codable {
    private enum Key: String, CodingKey {
        case zone = "tz"
        case startsOn = "starts_on"
        case handover
        case shiftHours = "shift_hours"
        case members
        case overrides
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        guard let start = CivilDate(try fields.decode(String.self, forKey: .startsOn)) else {
            throw DecodingError.dataCorruptedError(forKey: .startsOn, in: fields, debugDescription: "not a date of the form YYYY-MM-DD")
        }
        guard let handover = OnCallRota.handover(try fields.decode(String.self, forKey: .handover)) else {
            throw DecodingError.dataCorruptedError(forKey: .handover, in: fields, debugDescription: "not a time of day of the form HH:MM")
        }
        self.init(
            zone: try fields.decode(String.self, forKey: .zone),
            startsOn: start,
            handover: handover,
            shiftHours: try fields.decode(Int.self, forKey: .shiftHours),
            members: try fields.decode([AgentID].self, forKey: .members),
            overrides: try fields.decodeIfPresent([Override].self, forKey: .overrides) ?? []
        )
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(zone, forKey: .zone)
        try fields.encode(startsOn.description, forKey: .startsOn)
        try fields.encode(handoverText, forKey: .handover)
        try fields.encode(shiftHours, forKey: .shiftHours)
        try fields.encode(members, forKey: .members)
        try fields.encode(overrides, forKey: .overrides)
    }

    /// `HH:MM`, or `HH:MM:SS` where it has seconds.
    public var handoverText: String { WallInterval.text(handover) }

    /// Seconds after midnight; nil for what is no time of day.
    public static func handover(_ text: String) -> Int? {
        WallInterval.seconds(text).flatMap { $0 < WallInterval.secondsPerDay ? $0 : nil }
    }
}
