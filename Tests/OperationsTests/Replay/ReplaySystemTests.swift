import FoundationEssentials
import Testing

@testable import Operations

@Suite("Replay against the whole system")
struct ReplaySystemTests {
    @Test("a small log comes out as it was recorded, twice in the same tenant", .timeLimit(.minutes(5)))
    func replay() async throws {
        try await DevelopmentSystem.with { ready, _ in
            #expect(ready.tenants.map(\.slug) == ["aurora", "harbor", "changcheng"])
            // Readiness asks the database, here as in the four executables.
            let health = try await ReplayClient.with(base: ready.admin, key: "") { try await $0.answer(to: .get("/readyz?verbose")) }
            #expect(health.status == 200)
            #expect(String(decoding: health.body, as: UTF8.self).contains("[+] database: ok"))
            let log = try IncidentSample.log()
            let key = try #require(ready.tenants.first?.key)
            for run in ["first", "second"] {
                let summary = try await ReplayClient.with(base: ready.api, key: key) { client in
                    try await IncidentReplay(client: client, log: log, pace: .maximum, makesTeam: true, run: run).perform()
                }
                #expect(summary.isComplete)
                #expect(summary.created == 9)
                #expect(summary.assigned == 8)
                #expect(summary.unassignedReasons == ["unroutable": 1])
                #expect(summary.priorityMatches == 9)
                #expect(summary.transitionsAccepted == 16)
                #expect(summary.transitionsRefused == ["closed→in_progress": 1])
                #expect(summary.failed == 0)
                #expect(summary.slaMet == 7)
                #expect(summary.slaBreached == 0)
                #expect(summary.slaMetRecorded == 8)
                #expect(summary.rowsSkipped == 3)
                #expect(summary.latencies.assign.p99 != nil && summary.latencies.create.p99 != nil)
            }
        }
    }

    @Test("a key that is none ends the replay with the API's reason")
    func wrongKey() async throws {
        try await DevelopmentSystem.with { ready, _ in
            let log = try IncidentSample.log()
            let error = await #expect(throws: ReplayError.self) {
                try await ReplayClient.with(base: ready.api, key: "dkt_live_none") { client in
                    try await IncidentReplay(client: client, log: log, pace: .maximum, makesTeam: true, run: "run").perform()
                }
            }
            #expect(error?.isFinal == true)
            #expect(error?.description.contains("401") == true)
        }
    }
}
