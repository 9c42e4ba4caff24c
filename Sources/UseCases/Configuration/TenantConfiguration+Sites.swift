import Domain
import Store

extension TenantConfiguration {
    /// Whether a site keeps hours and is closed at a time. A calendar that cannot be judged, and a site that is not known, close nothing.
    func isClosed(_ site: SiteID, at time: Timestamp) -> Bool {
        guard let calendar = hours(of: site) else { return false }
        return (try? calendar.isOpen(time)) == false
    }

    /// When a site that is closed at a time opens; nil where it does not.
    func nextOpening(of site: SiteID, after time: Timestamp) -> Timestamp? {
        hours(of: site).flatMap { try? $0.nextOpen(time) }
    }

    private func hours(of site: SiteID) -> BusinessCalendar? {
        sites[site]?.calendarID.flatMap { promises.compiled[$0] }
    }
}
