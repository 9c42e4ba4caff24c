import Domain
import Store

/// Checks what a ticket points at against the tenant's configuration; sizes and formats are checked where the request is read.
struct TicketValidation {
    let configuration: TenantConfiguration

    /// Every wrong reference, with its pointer; empty when all is well. Skills are kept in the order of their ids, not in the caller's: what points at one names it,
    /// not its place.
    ///
    /// - Parameter before: what the ticket points at already. It may have been right when it was written, and hinders no other edit.
    func problems(of content: TicketContent, before: TicketContent? = nil) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if let queue = content.queueID, queue != before?.queueID, configuration.queues[queue]?.isActive != true {
            problems.append(.unknown("queue", at: "/queue_id"))
        }
        if let group = content.groupID, group != before?.groupID, !configuration.groups.contains(group) {
            problems.append(.unknown("group", at: "/group_id"))
        }
        if let site = content.siteID, site != before?.siteID, configuration.sites[site]?.isActive != true {
            problems.append(.unknown("site", at: "/site_id"))
        }
        let named = Set((before?.skills.required.map(\.skill) ?? []) + (before?.skills.optional.map(\.skill) ?? []))
        let known = configuration.skills.union(named)
        for need in content.skills.required where !known.contains(need.skill) {
            problems.append(.unknown("skill", at: "/required_skills/\(need.skill)/skill_id"))
        }
        for wish in content.skills.optional where !known.contains(wish.skill) {
            problems.append(.unknown("skill", at: "/optional_skills/\(wish.skill)/skill_id"))
        }
        if content.fields != before?.fields { problems += Self.problems(of: content.fields) }
        return problems
    }

    /// The most own fields of a ticket, and their bytes in all: patches add to what is there.
    static let maximumFields = 100
    static let maximumFieldBytes = 65_536

    private static func problems(of fields: [String: CustomFieldValue]) -> [FieldProblem] {
        if fields.count > maximumFields {
            return [FieldProblem("/fields", code: .tooMany, detail: "a ticket has at most \(maximumFields) fields")]
        }
        let bytes = fields.reduce(0) { $0 + $1.key.utf8.count + $1.value.size }
        guard bytes <= maximumFieldBytes else {
            return [FieldProblem("/fields", code: .tooLong, detail: "a ticket's fields have at most \(maximumFieldBytes) bytes in all")]
        }
        return []
    }

    /// How far a given time may lie ahead of the database's: 5 s (sla.md, backdated).
    private static let clockTolerance: Int64 = 5_000_000

    /// What is wrong with the time at which a ticket is said to have begun; nil where nothing is.
    static func problem(ofBeginning time: Timestamp, now: Timestamp) -> FieldProblem? {
        if time > now.adding(microseconds: clockTolerance) {
            return FieldProblem("/occurred_at", code: .inFuture, detail: "may be at most 5 seconds ahead of the server's clock")
        }
        return time < SLAEngine.earliestTime ? FieldProblem("/occurred_at", code: .outOfRange, detail: "may not be before the year 1900") : nil
    }

    /// Whoever asks, where there is none of this id.
    static let unknownRequester = FieldProblem.unknown("requester", at: "/requester_id")
    /// An agent whom a ticket prefers, where there is none of this id.
    static let unknownAgent = FieldProblem.unknown("agent", at: "/preferred_agent_id")

    /// A queue beside that of the key.
    static let foreignQueue = FieldProblem("/queue_id", code: .notAllowed, detail: "the key's tickets come in at a queue of its own")
}

extension CustomFieldValue {
    /// About the bytes that it takes.
    fileprivate var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .integer, .number: 8
        case .flag: 1
        }
    }
}
