extension TicketContent {
    /// A new ticket with the place and the area of its site, where it names none itself.
    public func placed(at site: SiteContent?) -> TicketContent {
        var content = self
        content.place = place ?? site?.place
        content.serviceArea = serviceArea ?? site?.serviceArea
        return content
    }

    /// An edited ticket: one that moves to another site takes that one's place and area in the stead of what it had from the former; what it was given by
    /// itself, before or in this edit, stays.
    public func moved(from before: TicketContent, at former: SiteContent?, to site: SiteContent?) -> TicketContent {
        guard siteID != before.siteID else { return self }
        var content = self
        if place == before.place, before.place == nil || before.place == former?.place { content.place = site?.place }
        if serviceArea == before.serviceArea, before.serviceArea == nil || before.serviceArea == former?.serviceArea {
            content.serviceArea = site?.serviceArea
        }
        return content
    }
}
