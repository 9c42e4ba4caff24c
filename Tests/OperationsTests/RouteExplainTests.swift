import Domain
import HTTPAPI
import TestSupport
import Testing
import UseCases

@testable import Operations

/// `docket route explain`, against a database.
@Suite("docket route explain")
struct RouteExplainTests {
    @Test("0 for a ticket, 1 where there is none, 2 for bad usage; the table names agents and why")
    func command() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            let agent = try await tenant.addAgent()
            _ = try await tenant.addAgent(isOnline: false)
            try await database.withEnvironment { environment in
                let new = NewTicket(content: TicketContent(subject: "x"))
                _ = try await TicketCommands(environment: environment).create(new, in: tenant.id, by: .system)
                let named = try await RoutingExplanations(environment: environment).explain(number: 1, in: tenant.id)
                let lines = RouteExplanationText.render(named).split(separator: "\n")
                #expect(lines[0] == "Ticket #1: waiting_assignment, P3, queue Support")
                // Its age is that of a real clock.
                #expect(lines[1].prefixMatch(of: /Mode balanced, age \d+ s, step 0\. Goes to Agent, decided by only_candidate\./) != nil)
                #expect(lines[2].hasPrefix("agent") && lines[2].contains("refused by"))
                #expect(lines[3].contains("1/5") && lines[3].hasSuffix("never"))
                #expect(lines[4].contains("offline") && lines[2].count == lines[4].count)
                #expect(named.json.contains(#""winner_id":"\#(agent)""#))
            }
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 {
                await CommandLineEntry.run(["route", "explain"] + arguments + ["--database-url", url])
            }
            #expect(await run("--tenant", "acme", "--ticket", "1") == 0)
            #expect(await run("--tenant", "acme", "--ticket", "1", "--json") == 0)
            #expect(await run("--tenant", "acme", "--ticket", "1", "--assignment", "2") == 1)
            #expect(await run("--tenant", "acme", "--ticket", "1", "--assignment", "0") == 2)
            #expect(await run("--tenant", "acme", "--ticket", "2") == 1)
            #expect(await run("--tenant", "nobody", "--ticket", "1") == 1)
            #expect(await run("--tenant", "acme", "--ticket", "0") == 2)
            #expect(await run("--tenant", "acme") == 2)
        }
    }

    @Test("Recorded decisions and offers: the table names the others as they were, and who was asked")
    func recorded() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "acme")
            _ = try await tenant.addAgent()
            _ = try await tenant.addAgent(capacity: 2)
            _ = try await tenant.addAgent(isOnline: false)
            try await database.sql("UPDATE docket.queue SET offer_seconds = 60; UPDATE docket.tenant_configuration SET version = version + 1")
            try await database.withEnvironment { environment in
                let new = NewTicket(content: TicketContent(subject: "x"))
                _ = try await TicketCommands(environment: environment).create(new, in: tenant.id, by: .system)
                _ = try await database.withEnvironment(role: "docket_dispatcher") { dispatcher in
                    try await RoutingPasses(environment: dispatcher).run(tenant.queue, of: tenant.id, limit: 1)
                }
                let named = try await RoutingExplanations(environment: environment).explain(number: 1, in: tenant.id)
                let lines = RouteExplanationText.render(named).split(separator: "\n")
                #expect(lines[1].hasPrefix("Offered to Agent at ") && lines[1].hasSuffix(", step 0, rank tier=0 load=1/5, decided by load."))
                #expect(lines[2] == "The others then: 1 eligible, 1 offline.")
                #expect(lines[4].contains("tier=0 load=1/2 idle=ever") && lines[5].contains("offline"))
                #expect(lines.contains("If it were not offered now:") && lines.contains("Asked (rounds over: 0):"))
                #expect(named.json.contains(#""status":"offered""#) && named.json.contains(#""refused":[{"refusal":"offline","agents":1}]"#))
            }
        }
    }
}
