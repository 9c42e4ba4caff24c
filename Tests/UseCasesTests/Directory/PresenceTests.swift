import Domain
import Store
import TestSupport
import Testing
import UseCases

@Suite struct PresenceTests {
    @Test("Coming online signals once, so does going; heartbeats renew the lease silently; a lost lease begins anew")
    func lease() async throws {
        try await DirectoryDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent(isOnline: false)
            try await desk.letTicketWait()
            let first = try await desk.commands.heartbeat(of: agent, status: .online, lease: 60, in: desk.id)
            #expect(first.leaseUntil.microseconds(since: try #require(first.onlineSince)) == 60_000_000)
            #expect(try await desk.takeSignals() == 1)

            try await desk.advance(by: 30)
            let second = try await desk.commands.heartbeat(of: agent, status: .online, lease: 60, in: desk.id)
            #expect(second.onlineSince == first.onlineSince)
            #expect(second.leaseUntil > first.leaseUntil)
            #expect(try await desk.takeSignals() == 0)

            try await desk.advance(by: 61)
            let third = try await desk.commands.heartbeat(of: agent, status: .online, lease: 60, in: desk.id)
            #expect(try #require(third.onlineSince) > second.leaseUntil)
            #expect(try await desk.takeSignals() == 1)

            let away = try await desk.commands.heartbeat(of: agent, status: .away, lease: 60, in: desk.id)
            #expect(away.onlineSince == nil)
            // Whom only he could help may go to others now.
            #expect(try await desk.takeSignals() == 1)
            let back = try await desk.commands.heartbeat(of: agent, status: .online, lease: 60, in: desk.id)
            #expect(try await desk.takeSignals() == 1)
            #expect(try await desk.queries.workloads(of: [agent], in: desk.id).map(\.presence) == [back])
        }
    }

    @Test("Coming online where nobody waits signals nothing")
    func idle() async throws {
        try await DirectoryDesk.with { desk in
            let agent = try await desk.tenant.addAgent(isOnline: false)
            _ = try await desk.commands.heartbeat(of: agent, status: .online, in: desk.id)
            #expect(try await desk.takeSignals() == 0)
        }
    }

    @Test("Unknown, foreign and inactive agents have no presence; a lease has bounds")
    func refusals() async throws {
        try await DirectoryDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let other = try await TestTenant.make(in: desk.database)
            let commands = desk.commands
            for lease in [0, 9, 3_601] {
                let error = try await refusal { _ = try await commands.heartbeat(of: agent, status: .online, lease: lease, in: desk.id) }
                #expect(error?.pointers == ["/lease_seconds"])
            }
            _ = try await commands.updateAgent(agent, in: desk.id) {
                var content = $0
                content.isActive = false
                return content
            }.done()
            for tenant in [desk.id, other.id] {
                guard case .notFound = try await refusal({ _ = try await commands.heartbeat(of: agent, status: .online, in: tenant) }) else {
                    Issue.record("an agent who is not there came online")
                    continue
                }
            }
        }
    }
}

extension DirectoryDesk {
    /// Moves the database's time, and lets this process see it.
    fileprivate func advance(by seconds: Double) async throws {
        try await database.advanceClock(by: seconds)
        environment.clock.invalidate()
    }
}
