import Domain
import Store
import TestSupport
import Testing
import UseCases

/// The operator's commands, as the migrating role; what the servers' role may not.
@Suite struct TenantAdministrationTests {
    private func key(_ byte: UInt8, agent: AgentID? = nil, expiresAt: Timestamp? = nil) -> NewKey {
        NewKey(
            name: "Integration",
            hash: [UInt8](repeating: byte, count: 32),
            prefix: "dkt_live_",
            lastFour: "abcd",
            scopes: ["tickets:read"],
            agentID: agent,
            expiresAt: expiresAt
        )
    }

    @Test("A new tenant can be used at once, and its keys are answered to until they are revoked")
    func life() async throws {
        try await TestDatabase.with { database in
            try await database.withClient(role: "docket_migrate") { client in
                let administration = TenantAdministration(database: Database(client: client))
                let tenant = try await administration.createTenant(slug: "acme", name: "Acme", planWeight: 3)
                #expect(try await administration.tenant(slug: "acme") == tenant)
                #expect(try await administration.tenants() == [tenant])
                guard case .duplicate("slug") = try await refusal({ _ = try await administration.createTenant(slug: "acme", name: "B") }) else {
                    Issue.record("two tenants with one slug")
                    return
                }
                let issued = try await administration.keys.create(key(1), in: tenant.id).done()
                #expect(try await administration.keys.list(of: tenant.id) == [issued])
                guard case .duplicate("key") = try await refusal({ _ = try await administration.keys.create(key(1), in: tenant.id) }) else {
                    Issue.record("one key was issued twice")
                    return
                }
                try await database.withEnvironment { environment in
                    let known = KeyAuthentication(database: environment.database)
                    let hash = [UInt8](repeating: 1, count: 32)
                    let owner = try await known.owner(hash: hash)
                    #expect(
                        owner
                            == KeyOwner(tenantID: tenant.id, keyID: issued.id, scopes: ["tickets:read"], agentID: nil, expiresAt: nil, timeLeft: nil)
                    )
                    #expect(try await known.owner(hash: [UInt8](repeating: 2, count: 32)) == nil)
                    _ = try await TicketCommands(environment: environment).create(
                        NewTicket(content: TicketContent(subject: "First")),
                        in: tenant.id,
                        by: .system
                    )

                    _ = try await administration.keys.revoke(issued.id, of: tenant.id)
                    _ = try await administration.keys.revoke(issued.id, of: tenant.id)
                    #expect(try await known.owner(hash: hash) == owner, "remembered")
                    #expect(try await KeyAuthentication(database: environment.database).owner(hash: hash) == nil)
                }
                #expect(try await administration.keys.list(of: tenant.id).map { $0.revokedAt != nil } == [true])
            }
        }
    }

    @Test("A suspended tenant's keys are known and say so, others' and ended ones do not; resumed, they are as before")
    func suspension() async throws {
        try await TestDatabase.with { database in
            let other = try await TestTenant.make(in: database)
            try await database.withClient(role: "docket_migrate") { client in
                let administration = TenantAdministration(database: Database(client: client))
                let tenant = try await administration.createTenant(slug: "acme", name: "Acme")
                _ = try await administration.keys.create(key(1), in: tenant.id)
                let ended = try await administration.keys.create(key(2), in: tenant.id).done()
                _ = try await administration.keys.revoke(ended.id, of: tenant.id)
                _ = try await administration.keys.create(key(3), in: other.id)
                @Sendable func owners(_ environment: UseCaseEnvironment) async throws -> [Bool?] {
                    // Nothing is remembered.
                    let keys = KeyAuthentication(database: environment.database)
                    var found: [Bool?] = []
                    for byte: UInt8 in 1...3 { found.append(try await keys.owner(hash: [UInt8](repeating: byte, count: 32))?.isSuspended) }
                    return found
                }
                try await database.withEnvironment { environment in
                    #expect(try await owners(environment) == [false, nil, false])
                    try await administration.setActive(false, slug: "acme")
                    #expect(try await administration.tenant(slug: "acme").isActive == false)
                    #expect(try await owners(environment) == [true, nil, false])
                    try await administration.setActive(true, slug: "acme")
                    #expect(try await owners(environment) == [false, nil, false])
                }
                guard case .notFound = try await refusal({ try await administration.setActive(false, slug: "nobody") }) else {
                    Issue.record("a tenant that does not exist was suspended")
                    return
                }
            }
        }
    }

    @Test("What a key says about its tickets is told with it, and its queue must be one of the tenant's")
    func intake() async throws {
        try await TestDatabase.with { database in
            let (desk, other) = (try await TestTenant.make(in: database), try await TestTenant.make(in: database))
            try await database.withClient(role: "docket_migrate") { client in
                let administration = TenantAdministration(database: Database(client: client))
                let intake = IntakeProfile(isVIP: true, priorityFloor: .p2, queueID: desk.queue)
                var new = key(1)
                new.intake = intake
                let issued = try await administration.keys.create(new, in: desk.id).done()
                #expect(issued.intake == intake)
                #expect(try await administration.keys.list(of: desk.id) == [issued])
                try await database.withEnvironment { environment in
                    let hash = [UInt8](repeating: 1, count: 32)
                    let owner = try await KeyAuthentication(database: environment.database).owner(hash: hash)
                    #expect(owner?.intake == intake)
                }
                var wrong = key(2)
                wrong.intake.queueID = other.queue
                let refused = try await refusal { [wrong] in _ = try await administration.keys.create(wrong, in: desk.id) }
                #expect(refused?.pointers == ["/queue_id"])
                try await database.sql("UPDATE docket.queue SET active = false WHERE id = '\(desk.queue)'")
                var inactive = key(3)
                inactive.intake.queueID = desk.queue
                let late = try await refusal { [inactive] in _ = try await administration.keys.create(inactive, in: desk.id) }
                #expect(late?.pointers == ["/queue_id"])
            }
        }
    }

    @Test("A key is over with its time by the clock that decides, and while its agent is not with the company")
    func ends() async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await TestTenant.make(in: database)
            let agent = try await desk.addAgent()
            try await database.withClient(role: "docket_migrate") { client in
                let keys = TenantAdministration(database: Database(client: client)).keys
                let now = try #require(Int64(try await database.sql("SELECT (extract(epoch FROM docket.now()) * 1000000)::bigint")[0][0]))
                _ = try await keys.create(key(1, expiresAt: Timestamp(microseconds: now).adding(microseconds: 3_600_000_000)), in: desk.id).done()
                _ = try await keys.create(key(2, agent: agent), in: desk.id).done()
            }
            try await database.withEnvironment { environment in
                // Each question by another memory: what one remembers is good for ten seconds.
                func owner(_ byte: UInt8) async throws -> KeyOwner? {
                    try await KeyAuthentication(database: environment.database).owner(hash: [UInt8](repeating: byte, count: 32))
                }
                let left = try #require(try await owner(1)?.timeLeft)
                #expect(left > .seconds(3_000) && left <= .seconds(3_600))
                #expect(try await owner(2)?.agentID == agent)
                try await database.advanceClock(by: 3_601)
                #expect(try await owner(1) == nil)
                try await database.sql("UPDATE docket.agent SET active = false WHERE id = '\(agent)'")
                #expect(try await owner(2) == nil)
                try await database.sql("UPDATE docket.agent SET active = true WHERE id = '\(agent)'")
                #expect(try await owner(2)?.isExternal == false)
            }
        }
    }

    @Test("Wrong tenants and keys are refused with every wrong field")
    func refusals() async throws {
        try await TestDatabase.with { database in
            let desk = try await TestTenant.make(in: database)
            try await database.withClient(role: "docket_migrate") { client in
                let administration = TenantAdministration(database: Database(client: client))
                let tenant = try await refusal { _ = try await administration.createTenant(slug: "Not ok", name: "", planWeight: 0) }
                #expect(tenant?.pointers == ["/slug", "/name", "/plan_weight"])
                var wrong = key(1, agent: AgentID(high: 1, low: 1), expiresAt: Timestamp(microseconds: 1))
                wrong.hash = []
                wrong.scopes = []
                wrong.lastFour = "abc"
                let refused = try await refusal { [wrong] in _ = try await administration.keys.create(wrong, in: desk.id) }
                #expect(refused?.pointers == ["/hash", "/scopes", "/last_four", "/agent_id", "/expires_at"])
                for unknown in [TenantID(high: 1, low: 1)] {
                    guard case .notFound = try await refusal({ _ = try await administration.keys.create(key(1), in: unknown) }) else {
                        Issue.record("a tenant that does not exist got a key")
                        return
                    }
                }
                guard case .notFound = try await refusal({ _ = try await administration.keys.revoke(APIKeyID(high: 1, low: 1), of: desk.id) }) else {
                    Issue.record("a key that does not exist was revoked")
                    return
                }
            }
        }
    }

    @Test("The servers' role cannot make tenants, nor list them")
    func privileges() async throws {
        try await TestDatabase.with { database in
            _ = try await TestTenant.make(in: database)
            try await database.withClient(role: "docket_api") { client in
                let administration = TenantAdministration(database: Database(client: client))
                await #expect(throws: StoreError.self) { _ = try await administration.createTenant(slug: "mine", name: "Mine") }
                await #expect(throws: StoreError.self) { _ = try await administration.tenants() }
            }
            #expect(try await database.sql("SELECT count(*) FROM docket.tenant").first?.first == "1")
        }
    }
}
