import Domain
import Store

/// Which sites are closed at one instant; each is asked once.
struct SiteHours {
    let configuration: TenantConfiguration
    let now: Timestamp
    private var known: [SiteID: Bool] = [:]

    init(configuration: TenantConfiguration, now: Timestamp) {
        self.configuration = configuration
        self.now = now
    }

    /// Marks the tickets whose sites are closed: they wait, whoever could take them (features.md A3.4).
    mutating func judge(_ heads: [RoutingHead]) -> [RoutingHead] {
        guard heads.contains(where: { $0.ticket.siteID != nil }) else { return heads }
        var judged = heads
        for index in judged.indices { judge(&judged[index].ticket) }
        return judged
    }

    mutating func judge(_ ticket: inout RoutingTicket) {
        guard let site = ticket.siteID else { return }
        let isClosed = known[site] ?? configuration.isClosed(site, at: now)
        known[site] = isClosed
        ticket.isSiteClosed = isClosed
    }

    /// All that are closed, whether or not anybody waits for them.
    func closed() -> [SiteID] {
        configuration.sites.keys.filter { known[$0] ?? configuration.isClosed($0, at: now) }.sorted()
    }

    /// Tickets wait for these, which are closed, although none of them was read.
    mutating func add(closed sites: [SiteID]) {
        for site in sites { known[site] = true }
    }

    /// When the next of the sites opens that are closed now: what waits for it must be looked at then.
    func nextOpening() -> Timestamp? {
        known.filter(\.value).compactMap { configuration.nextOpening(of: $0.key, after: now) }.min()
    }
}
