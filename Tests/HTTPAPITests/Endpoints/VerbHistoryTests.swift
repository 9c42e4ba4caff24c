import HTTPTypes
import Testing

@testable import HTTPAPI

/// Each verb has a history row of its own kind (features.md A3.7): exactly one, beside the rows of what it changes.
@Suite struct VerbHistoryTests {
    private static let kinds = [
        "assignTicket": "ticket.assigned", "claimTicket": "ticket.assigned", "releaseTicket": "ticket.unassigned",
        "transferTicket": "ticket.transferred", "returnTicket": "ticket.returned", "withdrawTicket": "ticket.withdrawn",
        "urgeTicket": "ticket.urged", "escalateTicket": "ticket.escalation_requested",
        "acknowledgeTicketEscalation": "escalation.acknowledged", "createConsultation": "ticket.consulted",
        "answerConsultation": "ticket.consultation_answered", "cancelConsultation": "ticket.consultation_cancelled",
        "createBooking": "ticket.resource_booked", "cancelBooking": "ticket.booking_cancelled", "mergeTicket": "ticket.merged",
        "splitTicket": "ticket.split",
    ]

    /// What a verb may change, each of which is told by its own kind of event.
    private static let changes: Set<String> = [
        "ticket.updated", "ticket.assigned", "ticket.unassigned", "ticket.state_changed", "ticket.message_added", "sla.cancelled",
        "escalation.fired",
    ]

    private static func history(_ api: APIFixture, _ ids: [String: String]) async throws -> [String] {
        let page = try await api.succeed("listTicketHistory", ids, query: "limit=200")
        return try (page.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "type" }?.value.string) }
    }

    @Test("Each verb, done once, leaves one event of its kind and none of another verb's")
    func oneEach() async throws {
        #expect(Set(Self.kinds.keys) == Set(VerbEndpointTests.verbs.map(\.operation)))
        try await APIFixture.with { api in
            let known = try await HappyPathTests.seed(api, name: "verbs")
            for verb in VerbEndpointTests.verbs {
                let kind = try #require(Self.kinds[verb.operation])
                let ids = try await VerbEndpointTests.subject(of: verb.operation, api, known)
                let before = try await Self.history(api, ids)
                try await api.succeed(verb.operation, ids, body: SampleBodies.body(of: verb.operation, ids: ids, name: "x"))
                let all = try await Self.history(api, ids)
                #expect(Array(all.prefix(before.count)) == before)
                var added = all.dropFirst(before.count)
                #expect(added.count { $0 == kind } == 1, "\(verb.operation): \(added)")
                added.removeAll { $0 == kind }
                #expect(Set(added).isSubset(of: Self.changes), "\(verb.operation): \(added)")
                #expect(Set(added).count == added.count, "\(verb.operation): \(added)")
            }
        }
    }
}
