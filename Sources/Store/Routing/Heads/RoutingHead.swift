public import Domain
import Postgres

/// A waiting ticket near the front of its class.
public struct RoutingHead: Sendable {
    /// Whether its site is closed is for the reader to judge.
    public var ticket: RoutingTicket
    public let classKey: Int64
    /// The ticket's version when it was put into the queue.
    public let version: Int64
    /// As stored: when the next relaxation step comes into force.
    public let nextStepAt: Timestamp?
    /// When it moves on to another queue; nil where it stays.
    public let overflowAt: Timestamp?
    /// As stored: since when everybody who could take it has declined.
    public let exhaustedAt: Timestamp?
    /// What was told of it when nobody could take it.
    public let unroutableMark: UnroutableMark?
    /// How many tickets of a class were asked for; a class that has fewer was read to its end.
    public let depth: Int

    static let columns = """
        r.class_key, r.ticket_id, r.rank_at, r.eligible_at, r.ticket_version, r.next_step_at, r.weight, r.required_skills, r.required_levels, \
        r.optional_skills, r.optional_ranks, r.preferred_agent_id, r.excluded_agents, r.channel, r.overflow_at, \
        r.offer_round, r.exhausted_at, r.told_reason, r.service_area, \(PlaceColumns.list(of: "r")), r.site_id
        """

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        classKey = try columns.next()
        let id = try columns.next(TicketID.self)
        let rankAt = try columns.next(Timestamp.self)
        let eligibleAt = try columns.next(Timestamp.self)
        version = try columns.next()
        nextStepAt = try columns.nextOptional()
        let weight = Int(try columns.next(Int32.self))
        let requirements = try SkillColumns.decode(&columns)
        let preferred = try columns.nextOptional(AgentID.self)
        let excluded = try columns.nextArray(AgentID.self)
        let channel = try columns.nextCode(Channel.self)
        overflowAt = try columns.nextOptional()
        let offerRound = Int(try columns.next(Int16.self))
        exhaustedAt = try columns.nextOptional()
        unroutableMark = try columns.nextOptional(String.self).flatMap(UnroutableMark.init)
        ticket = RoutingTicket(
            id: id,
            eligibleAt: eligibleAt,
            rankAt: rankAt,
            requirements: requirements,
            channel: channel,
            weight: weight,
            preferredAgent: preferred,
            excludedAgents: excluded,
            serviceArea: try columns.nextOptional(),
            location: try PlaceColumns.decode(&columns),
            siteID: try columns.nextOptional(),
            offerRound: offerRound
        )
        ticket.isRoundEnding = exhaustedAt != nil
        depth = Int(try columns.next(Int64.self))
    }
}
