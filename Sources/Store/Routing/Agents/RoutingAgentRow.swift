public import Domain
import Postgres

/// An agent as the tables hold it; what time does to it (lease, shift) is for the reader to judge.
public struct RoutingAgentRow: Sendable {
    public let id: AgentID
    /// nil for an agent who does not serve the queue.
    public let tier: Int?
    public let calendarID: CalendarID?
    /// nil for an agent who was never signed in.
    public let presence: RoutingPresence?
    public let leaseUntil: Timestamp?
    public let onlineSince: Timestamp?
    public let channelsOff: Set<Channel>
    public let capacity: Int
    public let load: Int
    public let channelLoads: [Channel: Int]
    public let workRules: WorkRules
    public let wrapUpUntil: Timestamp?
    /// The last assignments, for an agent with a rate limit.
    public let recentAssignments: [Timestamp]
    /// While he is asked to take tickets, when he was asked last, if that is later: who is asked has had his turn.
    public let lastAssignedAt: Timestamp?
    /// How many tickets he is asked to take: they may yet be his.
    public let openOffers: Int
    public let skills: [SkillLevel]
    /// None: everywhere.
    public let serviceAreas: [String]
    public let place: GeoPoint?
    /// The running or next stretch of recorded absence.
    public let absence: AbsenceRecord.Interval?

    /// Bounds what one pass holds in memory.
    public static let limit = 10_000

    /// The columns in the order of ``init(_:)``, of `a` agent, `l` load, `m` member, `p` presence and `s` skills.
    static let columns = """
        l.agent_id, m.tier, a.calendar_id, p.status, p.lease_until, p.online_since, coalesce(p.channels_off, '{}'), l.capacity, l.load, \
        l.channel_loads, \(WorkRules.columns(of: "l").joined(separator: ", ")), l.wrap_up_until, l.recent_assignments, \
        CASE WHEN l.open_offers > 0 THEN greatest(l.last_assigned_at, l.last_offered_at) ELSE l.last_assigned_at END, l.open_offers, s.skills, s.levels, a.service_areas, \(PlaceColumns.list(of: "a")), a.absent_from, a.absent_until
        """

    /// - Parameter tenant: SQL of the tenant's id.
    static func joins(of tenant: String) -> String {
        """
        JOIN docket.agent a ON a.tenant_id = \(tenant) AND a.id = l.agent_id AND a.active
        LEFT JOIN docket.agent_presence p ON p.tenant_id = \(tenant) AND p.agent_id = l.agent_id
        LEFT JOIN LATERAL (
            SELECT coalesce(array_agg(k.skill_id), '{}') AS skills, coalesce(array_agg(k.level), '{}') AS levels
            FROM docket.agent_skill k WHERE k.tenant_id = \(tenant) AND k.agent_id = l.agent_id
        ) s ON true
        """
    }

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        id = try columns.next()
        tier = try columns.nextOptional(Int16.self).map(Int.init)
        calendarID = try columns.nextOptional()
        if let status = try columns.nextOptional(String.self) {
            guard let known = RoutingPresence(rawValue: status) else { throw DecodeError("an unknown presence") }
            presence = known
        } else {
            presence = nil
        }
        leaseUntil = try columns.nextOptional()
        onlineSince = try columns.nextOptional()
        channelsOff = Set(try columns.nextArray(String.self).compactMap(Channel.init(rawValue:)))
        capacity = Int(try columns.next(Int32.self))
        load = Int(try columns.next(Int32.self))
        channelLoads = try ChannelColumns.decodeLoads(&columns)
        workRules = try WorkRules(&columns)
        wrapUpUntil = try columns.nextOptional()
        recentAssignments = try columns.nextArray()
        lastAssignedAt = try columns.nextOptional()
        openOffers = Int(try columns.next(Int32.self))
        let held = try columns.nextArray(SkillID.self)
        let levels = try columns.nextArray(Int16.self)
        guard held.count == levels.count else { throw DecodeError("skills and levels of different length") }
        skills = zip(held, levels).map { SkillLevel($0, level: Int($1)) }
        serviceAreas = try columns.nextArray()
        place = try PlaceColumns.decode(&columns)
        let (start, end) = (try columns.nextOptional(Timestamp.self), try columns.nextOptional(Timestamp.self))
        absence = start.flatMap { start in end.map { AbsenceRecord.Interval(start: start, end: $0) } }
    }
}
