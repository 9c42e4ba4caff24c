import Domain
import Store
import TestSupport
import Testing
import UseCases

/// How people hear of it: quiet hours, and one mail instead of many (features.md D13).
@Suite(.serialized) struct NoticeTests {
    private static let policy = SchedulerDesk.resolutionWithinAnHour

    @Test("A notice in quiet hours waits until they end; the level does not; several are one mail then")
    func waits() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let settings = desk.quiet(exceptHour: try await desk.hour(ahead: 12))
            try await desk.database.sql("UPDATE docket.agent SET notifications = '\(settings)'")
            try await desk.addChain(desk.chain(desk.level(desk.target(person), #"{"type":"email","address":"other@example.com"}"#)))
            for _ in 0..<3 { try await desk.create() }
            try await desk.advance(by: 3_601)
            #expect(try await desk.fire().escalations[.fired] == 3)
            #expect(try await desk.mailboxes() == Array(repeating: "other@example.com", count: 3))
            #expect(try await desk.number("SELECT count(*) FROM docket.held_notice WHERE due_at > docket.now()") == 3)
            #expect(try await desk.release().claimed == 0)
            try await desk.advanceToMorning()
            #expect(try await desk.release().sent == 3)
            // Its mail bears the date at which it can go out, whenever it does.
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox WHERE is_digest AND created_at = next_attempt_at") == 1)
            let sent = try await desk.deliverMails().filter { $0.to == [desk.address(person)] }
            #expect(sent.map(\.subject) == ["[Docket] 3 notices"])
            #expect(try await desk.drops() == [])
        }
    }

    @Test("An urgent ticket breaks through quiet hours")
    func urgent() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let settings = desk.quiet(exceptHour: try await desk.hour(ahead: 12), more: #","breaks_through":1"#)
            try await desk.database.sql("UPDATE docket.agent SET notifications = '\(settings)'")
            try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.create(TicketContent(subject: "Down", priority: .p1))
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [desk.address(person)])
        }
    }

    @Test("A level that raises the priority tells of the ticket by the priority that it has from then on")
    func raised() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let settings = desk.quiet(exceptHour: try await desk.hour(ahead: 12), more: #","breaks_through":1"#)
            try await desk.database.sql("UPDATE docket.agent SET notifications = '\(settings)'")
            let level = desk.level(desk.target(person), actions: #"["raise_priority","notify"]"#)
            try await desk.addChain(desk.chain(level, level))
            let id = try await desk.create(TicketContent(subject: "Slow", priority: .p3))
            // Both levels in one batch: P2, which waits for the morning, then P1.
            try await desk.advance(by: 3_600 + 601)
            #expect(try await desk.fire().escalations[.fired] == 2)
            #expect(try await desk.ticket(id).content.priority == .p1)
            #expect(try await desk.mailboxes() == [desk.address(person)])
            #expect(try await desk.value("SELECT payload->>'text' FROM docket.outbox WHERE kind = 'mail' AND NOT is_digest").contains("Priority: P1"))
            #expect(try await desk.number("SELECT count(*) FROM docket.held_notice") == 1)
        }
    }

    @Test("In quiet hours the second channel takes it at once")
    func nextChannel() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let endpoint = try await desk.addEndpoint()
            let settings = desk.quiet(exceptHour: try await desk.hour(ahead: 12))
                .replacing(#"[{"type":"email"}]"#, with: #"[{"type":"email"},{"type":"webhook","id":"\#(endpoint)"}]"#)
                .replacing(#""wait""#, with: #""next_channel""#)
            try await desk.database.sql("UPDATE docket.agent SET notifications = '\(settings)'")
            try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.create()
            try await desk.advance(by: 3_601)
            _ = try await desk.fire()
            #expect(try await desk.mailboxes() == [])
            #expect(
                try await desk.number("SELECT count(*) FROM docket.outbox WHERE endpoint_id = '\(endpoint)' AND next_attempt_at <= docket.now()") == 1
            )
        }
    }

    private func overdue(_ desk: SchedulerDesk) async throws -> Int {
        try await desk.number(
            """
            SELECT (SELECT count(*) FROM docket.sla_timer WHERE next_fire_at <= docket.now())
                + (SELECT count(*) FROM docket.escalation_run WHERE next_fire_at <= docket.now())
            """
        )
    }

    @Test("A thousand timers due at once to one mailbox: ten mails and one digest, and every notice is accounted for")
    func burst() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 86_400)))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { for _ in 0..<250 { try await desk.create() } } }
                try await group.waitForAll()
            }
            try await desk.advance(by: 3_700)
            try await desk.database.withEnvironment(role: "docket_scheduler") { second in
                try await desk.database.withEnvironment(role: "docket_scheduler") { third in
                    try await desk.withSchedulers([desk.scheduler, second, third], batchSize: 50) {
                        try await desk.eventually("all fired") { try await overdue(desk) == 0 }
                    }
                }
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_firing WHERE outcome = 'fired'") == 1_000)
            #expect(try await desk.deliverMails().count == EnqueueMail.burst)
            #expect(try await desk.deliverMails().count == 0)
            #expect(try await desk.number("SELECT count(DISTINCT ticket_id) FROM docket.mail_notice") == 990)
            try await desk.advance(by: Double(EnqueueMail.window))
            let digests = try await desk.deliverMails()
            #expect(digests.map(\.to) == [[desk.address(person)]])
            let digest = try #require(digests.first)
            #expect(digest.subject == "[Docket] 990 notices")
            #expect(digest.text.contains("… and 890 more") && digest.text.utf8.count < 50_000)
            #expect(digest.text.split(separator: "\n").filter { $0.hasPrefix("- [#") }.count == LoadNotices.limit)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.mail_notice") == 0)
            // Ten of their own, the digest, and 990 that went out in it.
            #expect(try await desk.number("SELECT count(DISTINCT outbox_id) FROM docket.delivery_attempt WHERE outcome = 'delivered'") == 1_001)
            #expect(
                try await desk.number(
                    """
                    SELECT count(*) FROM docket.delivery_attempt a JOIN docket.delivery_attempt d ON d.outbox_id = a.digest_id AND d.digest_id IS NULL
                    """
                ) == 990
            )
        }
    }

    @Test("Other mailboxes are not delayed by one that gets many, and after the window mails come one by one again")
    func others() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let busy = try await desk.tenant.addAgent()
            let calm = try await desk.tenant.addAgent()
            let chain = desk.chain(desk.level(desk.target(busy), timeout: 86_400))
            try await desk.addChain(chain)
            for _ in 0..<15 { try await desk.create() }
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            #expect(try await desk.deliverMails().count == EnqueueMail.burst)
            try await desk.database.sql(
                """
                UPDATE docket.escalation_chain SET definition = '\(desk.chain(desk.level(desk.target(calm), desk.target(busy), timeout: 86_400)))';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.create()
            try await desk.advance(by: 3_600)
            _ = try await desk.fire()
            let sent = try await desk.deliverMails()
            #expect(sent.map { $0.to[0] }.sorted() == [desk.address(busy), desk.address(busy), desk.address(calm)].sorted())
            #expect(sent.filter { $0.subject == "[Docket] 5 notices" }.count == 1)
        }
    }
}
