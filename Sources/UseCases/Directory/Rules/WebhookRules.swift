import Domain
import Store

extension WebhookEndpointContent: DirectoryContent {
    static var noun: String { "webhook endpoint" }
    static var maximumCount: Int? { 100 }

    func problems(in situation: DirectorySituation<WebhookEndpointContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.text(url, 1...WebhookEndpointContent.maximumURLLength, at: "/url")
        if checks.problems.isEmpty, let refusal = situation.tools.addressRefusal(url) { checks.add("/url", code: .addressRefused, refusal) }
        checks.text(note, 0...WebhookEndpointContent.maximumNoteLength, at: "/description")
        if eventTypes.count > WebhookEndpointContent.maximumEventTypes {
            checks.add("/event_types", code: .limitReached, "at most \(WebhookEndpointContent.maximumEventTypes) kinds")
        }
        let stored = situation.before?.content.eventTypes ?? []
        for (index, type) in eventTypes.prefix(WebhookEndpointContent.maximumEventTypes).enumerated() {
            // What an earlier version took hinders no other edit.
            if TicketEvent.Kind(rawValue: type) == nil, !stored.contains(type) {
                checks.add("/event_types/\(index)", code: .notAllowed, "is no kind of event; there are \(TicketEvent.Kind.list)")
            }
            if eventTypes[..<index].contains(type) { checks.add("/event_types/\(index)", code: .duplicate, "the kind is listed twice") }
        }
        return checks.problems
    }

    /// An endpoint that is switched on again, or moves to another address, begins without a past.
    func settled(in situation: DirectorySituation<WebhookEndpointContent>) -> WebhookEndpointContent {
        var settled = self
        guard let before = situation.before?.content else { return settled }
        if status == .active, before.status == .disabled || url != before.url { settled.failingSince = nil }
        return settled
    }
}
