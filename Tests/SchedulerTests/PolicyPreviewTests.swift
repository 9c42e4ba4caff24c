import Domain
import Store
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

    @Test("A target that another way of counting has used up is missed anew, also with the same deadline: the sample shows when")
    func missedAnew() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            @Sendable func content(_ mode: SLATarget.Mode) -> SLAPolicyContent {
                let targets = [SLATarget(metric: .requesterWait, seconds: 600, mode: mode)]
                return SLAPolicyContent(position: 1, definition: SLAPolicyDefinition(name: "Wait", targets: targets))
            }
            try await desk.tenant.addPolicy(
                #"{"name":"Wait","targets":[{"metric":"requester_wait","seconds":600,"mode":"business"}],"calendar_id":"$CALENDAR"}"#,
                calendar: #"{"tz":"UTC","always_open":true}"#
            )
            try await desk.database.freezeClock()
            let id = try await desk.create()
            try await desk.advance(by: 1_200)
            try await desk.fire()
            try await desk.advance(by: 600)
            let state = "SELECT state, due_at, breach_at > due_at FROM docket.sla_timer WHERE ticket_id = '\(id)' AND metric = 'requester_wait'"
            let before = try await desk.database.sql(state)
            #expect(before.first?.first == "breached_running" && before.first?.last == "f")
            let policy = try await desk.policy()
            let proposal = PolicyProposal.replace(policy, content(.calendar))
            let now = try await desk.api.clock.read()
            let preview = try await PolicyPreviews(environment: desk.api).preview(proposal, in: desk.tenant.id, limit: 100)
            #expect([preview.changedTimers, preview.breachedTimers] == [1, 1])
            let change = try #require(preview.sample.first)
            #expect(change.before?.state == .breachedRunning && change.after?.state == .breachedRunning)
            #expect(change.before?.target == change.after?.target && change.before?.dueAt == change.after?.dueAt)
            let (old, new) = (try #require(change.before?.breachAt), try #require(change.after?.breachAt))
            #expect(old == change.before?.dueAt && new >= now)
            try await desk.editPolicy(policy) { $0 = content(.calendar) }
            try await desk.reevaluate()
            let done = try await desk.newestReevaluation()
            #expect(done.changed == 1 && done.breached == 1)
            let after = try await desk.database.sql(state)
            #expect(after.first?.prefix(2) == before.first?.prefix(2) && after.first?.last == "t")
        }
    }

    /// Keeps a preview from the clocks until somebody has published a policy.
    private static let obstacle = """
        BEGIN;
        LOCK TABLE docket.sla_ledger IN ACCESS EXCLUSIVE MODE;
        DO $$ BEGIN
            FOR attempt IN 1..2000 LOOP
                IF EXISTS (SELECT FROM docket.sla_policy WHERE name = 'First') THEN RETURN; END IF;
                PERFORM pg_sleep(0.005);
            END LOOP;
            RAISE 'no policy came';
        END $$;
        COMMIT;
        """

    @Test("A policy that somebody else publishes during a preview is in all of its counts: it begins anew")
    func publishedMeanwhile() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            for _ in 0..<3 { try await desk.create() }
            let targets = [SLATarget(metric: .firstResponse, seconds: 60, mode: .calendar)]
            let proposal = PolicyProposal.create(SLAPolicyContent(position: 9, definition: SLAPolicyDefinition(name: "Last", targets: targets)))
            async let obstacle = desk.database.sql(Self.obstacle)
            func locks(_ isGranted: Bool) -> String {
                """
                SELECT count(*) FROM pg_locks WHERE granted = \(isGranted) AND relation = 'docket.sla_ledger'::regclass
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """
            }
            try await desk.eventually("the obstacle stands") { try await desk.number(locks(true)) == 1 }
            async let preview = PolicyPreviews(environment: desk.api).preview(proposal, in: desk.tenant.id, limit: 100)
            try await desk.eventually("the preview waits for the clocks") { try await desk.number(locks(false)) == 1 }
            let first = SLAPolicyContent(position: 0, definition: SLAPolicyDefinition(name: "First", targets: targets))
            _ = try await desk.directory.createSLAPolicy(first, in: desk.tenant.id)
            _ = try await obstacle
            let told = try await preview
            #expect(told.shares.map(\.name) == ["First"] && told.shares.map(\.before) == [3] && told.shares.map(\.after) == [3])
            #expect(told.examined == 3 && told.isComplete)
        }
    }
}
