import Foundation
import TestSupport
import Testing

extension SystemTests {
    /// kill -9 of any executable at any moment under load: nothing lost, nothing assigned twice, no timer lost or fired twice (reliability.md 1), and each
    /// broken promise has started its plan once (features.md A3.16).
    @Suite("kill -9")
    struct KillTests {
        private static let kills = 10

        @Test("of each executable, several times, under load")
        func kills() async throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("kill -9: seed \(seed)")
            try await TestDatabase.with(hasTestClock: true) { test in
                try await WebhookReceiver.with { receiver, url in
                    try await SystemDesk.with(try DeskDatabase(test)) { desk in
                        try await desk.startAll()
                        let tenants = [
                            try await DeskTenant.make("one", on: desk, webhook: url), try await DeskTenant.make("two", on: desk, webhook: url),
                        ]
                        let load = DeskLoad(tenants: tenants, seed: seed)
                        try await load.run { try await Self.strike(DeskProof(desk: desk, tenant: tenants[0], receiver: receiver), seed: seed, load) }
                        // What killed couriers held needs no lease to end.
                        let isDelivered = try await eventually(within: .seconds(20)) {
                            try await desk.database.number("SELECT count(*) FROM docket.outbox") == 0
                        }
                        #expect(isDelivered)
                        // The promises of all that is open end.
                        try await test.advanceClock(by: 40)
                        try await DeskInvariants.settle(desk.database)
                        try await DeskInvariants.check(desk.database)
                        try await DeskInvariants.check(load, on: desk)
                        try await DeskInvariants.settle(desk.database)
                        try await DeskInvariants.check(receiver, tenants: tenants, desk.database)
                        #expect(load.acknowledged.count > 50)
                        #expect(try await desk.database.number("SELECT count(*) FROM docket.ticket_task") > 50)
                    }
                }
            }
        }

        /// Kills one after the other, each role as often as the others, in random order at random moments. What waits for the killed one meanwhile, and what
        /// comes after its restart, is done within 5 s.
        private static func strike(_ proof: DeskProof, seed: UInt64, _ load: DeskLoad) async throws {
            let desk = proof.desk
            var chance = SeededNumbers(seed: seed ^ 0xdead)
            var roles: [Role] = []
            while roles.count < kills { roles += Role.allCases.shuffled(using: &chance) }
            for (number, role) in roles.prefix(kills).enumerated() {
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...600, using: &chance)))
                try await desk.program(role).destroy()
                let arrivals = proof.receiver.counts.count
                var waiting: String?
                if role != .api {
                    let ticket = try #require(try await load.create("waiting-\(number)", for: proof.tenant))
                    if role == .scheduler { try await proof.waitUntilDue(ticket) }
                    let isDone = try await proof.isDone(by: role, for: ticket, arrivals: arrivals)
                    #expect(!isDone, "somebody else does the work of docket-\(role.rawValue)")
                    waiting = ticket
                }
                try await desk.start(role)
                let restarted = ContinuousClock.now
                if let waiting { try await proof.require(role, for: waiting, arrivals: arrivals, after: "its restart", at: restarted) }
                let begin = role == .api ? restarted : .now
                let ticket = try #require(try await load.create("after-\(number)", for: proof.tenant))
                for other in [Role.api, .dispatcher] {
                    try await proof.require(other, for: ticket, arrivals: arrivals, after: "the restart of docket-\(role)", at: begin)
                }
            }
            for role in Role.allCases { try await desk.requireReady(role) }
        }
    }
}
