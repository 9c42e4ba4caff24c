public import Domain
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
}

extension DirectoryCommands {
    /// Adds a site.
    public func createSite(
        _ content: SiteContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Site>? = nil
    ) async throws -> WriteOutcome<Site> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a site. Tickets keep the place and the area that they have; its hours hold for all of them at once.
    public func updateSite(
        _ id: SiteID,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentWrite<Site>? = nil,
        edit: @escaping @Sendable (SiteContent) throws -> SiteContent
    ) async throws -> WriteOutcome<Site> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
