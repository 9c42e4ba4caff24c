import Domain
import TestSupport
import Testing

@testable import UseCases

/// Followers beyond the fiftieth, as levels of escalation may add them.
@Suite struct FollowerTests {
    @Test("Whoever follows is known, however many do: following again changes nothing, and unfollowing writes one event")
    func beyondTheMost() async throws {
        try await VerbDesk.with { desk in
            let id = try await desk.ticket()
            var agents: [AgentID] = []
            for _ in 0...TicketRules.maximumFollowers { agents.append(try await desk.tenant.addAgent()) }
            let last = try #require(agents.max())
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket_follower (tenant_id, ticket_id, agent_id, added_at)
                SELECT '\(desk.tenant.id)', '\(id)', f, docket.now() FROM unnest('{\(agents.map(\.description).joined(separator: ","))}'::uuid[]) f
                """
            )
            func request() -> TicketRequest { TicketRequest(id, in: desk.tenant.id, by: .system) }
            let before = try await desk.row(id)
            #expect(try desk.done(try await desk.commands.follow(request(), agent: last)) == before)
            try await desk.expectRefusal(.verb(.tooManyFollowers), of: id) { try await desk.commands.follow(request(), agent: desk.agents[1]) }
            #expect(try desk.done(try await desk.commands.unfollow(request(), agent: desk.agents[1])) == before)
            let after = try desk.done(try await desk.commands.unfollow(request(), agent: last))
            #expect(after.version == before.version + 1)
            #expect(try await desk.kinds(id, last: 1) == ["ticket.follower_removed"])
            #expect(try await desk.database.sql("SELECT count(*) FROM docket.ticket_follower") == [["\(TicketRules.maximumFollowers)"]])
        }
    }
}
