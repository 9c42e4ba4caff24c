import Domain
import Store

extension SiteContent: DirectoryContent {
    static var noun: String { "site" }
    static var maximumCount: Int? { LoadSites.limit }

    func problems(in situation: DirectorySituation<SiteContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        if let serviceArea { checks.text(serviceArea, AgentContent.serviceAreaLength, at: "/service_area") }
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(calendarID, at: "/calendar_id")
    }

    /// Other hours may let a ticket be served that waits for the site.
    static func signal(of change: DirectoryChange<SiteContent>) -> RoutingSignal {
        guard let before = change.before else { return .none }
        return before.content.calendarID == change.after.content.calendarID ? .none : .site(change.after.id)
    }

    /// Tickets that wait for the site to open before they move on to another queue wait for other hours now.
    static func overflow(after change: DirectoryChange<SiteContent>) -> RestartOverflow.Subject? {
        guard let before = change.before else { return nil }
        return before.content.calendarID == change.after.content.calendarID ? nil : .site(change.after.id)
    }
}
