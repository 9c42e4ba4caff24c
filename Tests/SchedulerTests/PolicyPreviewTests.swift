import Domain
import TestSupport
import Testing
import UseCases

/// What an edit of a policy would do, told before it is made.
@Suite struct PolicyPreviewTests {
    @Test("What breaches at once is what the edit puts into the past, not what is overdue anyway", arguments: [(7_200, 0), (1_800, 1), (600, 2)])
    func breaches(target: Int64, expected: Int) async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.freezeClock()
            try await desk.create()
            try await desk.advance(by: 3_600)
            try await desk.create()
            // The first ticket is overdue, which no scheduler has seen; the second one is not.
            try await desk.advance(by: 1_200)
            let targets = [SLATarget(metric: .firstResponse, seconds: target, mode: .calendar)]
            let content = SLAPolicyContent(position: 1, definition: SLAPolicyDefinition(name: "Edited", targets: targets))
            let proposal = PolicyProposal.replace(try await desk.policy(), content)
            let preview = try await PolicyPreviews(environment: desk.api).preview(proposal, in: desk.tenant.id, limit: 100)
            #expect(preview.changedTickets == 2 && preview.breachedTimers == expected)
        }
    }
}
