import Domain
import Store

extension OrganizationContent: DirectoryContent {
    static var noun: String { "organization" }
    /// As many as the reader of the configuration takes.
    static var maximumCount: Int? { 10_000 }
    static var furtherUnique: [String: String] { ["organization_external_ref": "external_ref"] }

    func problems(in situation: DirectorySituation<OrganizationContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        if let tier { checks.tier(tier, at: "/tier") }
        if let externalReference { checks.text(externalReference, 1...200, at: "/external_ref") }
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) { check.add(calendarID, at: "/calendar_id") }

    /// Names and references mean nothing to promises: who brings in thousands of customers keeps no command on a ticket reading.
    static func advancesConfiguration(_ change: DirectoryChange<OrganizationContent>) -> Bool {
        let (before, after) = (change.before?.content, change.after.content)
        return before?.tier != after.tier || before?.calendarID != after.calendarID
    }

    /// A new one has no tickets.
    static func reevaluation(of change: DirectoryChange<OrganizationContent>) -> SLAReevaluation.Cause? {
        change.before != nil && advancesConfiguration(change) ? .organization : nil
    }
}
