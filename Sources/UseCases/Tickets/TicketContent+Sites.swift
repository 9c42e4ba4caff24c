import Domain

extension TicketContent {
    /// Takes the site away that takes no new tickets any more; the place and the area stay.
    mutating func leaveInactiveSite(_ configuration: TenantConfiguration) {
        if let site = siteID, configuration.sites[site]?.isActive != true { siteID = nil }
    }
}
