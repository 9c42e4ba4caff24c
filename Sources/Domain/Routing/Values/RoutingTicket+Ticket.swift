extension RoutingTicket {
    /// A ticket as matching sees it.
    ///
    /// - Parameters:
    ///   - eligibleAt: since when it waits.
    ///   - rankAt: its place in the queue, from ``RankOrder``.
    public init(_ ticket: Ticket, eligibleAt: Timestamp, rankAt: Timestamp) {
        self.init(
            id: ticket.id,
            eligibleAt: eligibleAt,
            rankAt: rankAt,
            requirements: ticket.content.skills,
            channel: ticket.content.channel,
            weight: ticket.content.weight,
            preferredAgent: ticket.content.preferredAgentID,
            excludedAgents: ticket.declinedBy,
            serviceArea: ticket.content.serviceArea,
            location: ticket.content.place,
            siteID: ticket.content.siteID,
            offerRound: ticket.offerRound
        )
    }
}
