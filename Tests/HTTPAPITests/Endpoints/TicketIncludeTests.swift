import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 5: what is told beside tickets, and to whom.
@Suite struct TicketIncludeTests {
    @Test func includesAreWhatTheirOwnOperationsShow() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(#"{"name":"P","targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}"#)
            let requester = try await api.succeed("createRequester", body: #"{"name":"R","email":"r@example.com"}"#).text("id")
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","requester_id":"\#(requester)"}"#).text("id")]
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(api.agentOfA)"}"#)
            try await api.succeed("createTicket", body: #"{"subject":"y"}"#)
            func text(_ operation: String, _ ids: [String: String]) async throws -> String { try await api.succeed(operation, ids).response.text }
            let expected = [
                "requester": try await text("getRequester", ["requester_id": requester]),
                "assignee": try await text("getAgent", ["agent_id": api.agentOfA.description]),
                "queue": try await text("getQueue", ["queue_id": api.tenantA.queue.description]),
            ]
            let ticket = try await api.succeed("getTicket", ids, query: "include=requester,assignee,queue,timers")
            for (name, body) in expected {
                #expect(try String(decoding: ticket.value(name).rawBytes, as: UTF8.self) == body)
                let alone = try await api.succeed("getTicket", ids, query: "fields=id&include=\(name)")
                #expect(alone.root?.members?.map(\.name) == ["id", name])
            }
            #expect(try ticket.text("timers", "0", "metric") == "resolution" && ticket.text("timers", "0", "state") == "running")
            let timers = try await api.succeed("getTicketTimers", ids)
            #expect(try ticket.text("timers", "0", "due_at") == timers.text("data", "0", "due_at"))
            let rows = try await api.succeed("listTickets", query: "sort=number&fields=subject&include=requester,assignee,queue,timers")
            #expect(try rows.text("data", "0", "requester", "id") == requester)
            #expect(try rows.value("data", "1", "requester").isNull && rows.value("data", "1", "assignee").isNull)
            #expect(try rows.text("data", "1", "queue", "id") == api.tenantA.queue.description)
            #expect(try rows.value("data", "1", "timers").count == 1)
            // A clock that has ended is none of those that are open.
            try await api.succeed("transitionTicket", ids, body: #"{"state":"resolved"}"#)
            #expect(try await api.succeed("getTicket", ids, query: "include=timers").value("timers").count == 0)
        }
    }

    @Test func aTagSaysNothingAboutWhatIsBeside() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let tag = try await api.succeed("getTicket", ids).entityTag
            #expect(try await api.call("getTicket", ids, headers: [.ifNoneMatch: tag]).status == .notModified)
            #expect(try await api.call("getTicket", ids, query: "fields=id", headers: [.ifNoneMatch: tag]).status == .notModified)
            let more = try await api.call("getTicket", ids, query: "include=queue", headers: [.ifNoneMatch: tag])
            #expect(more.status == .ok && more.headers[.eTag] == nil)
        }
    }

    /// Queues carry no foreign key: even a row that names another tenant's shows nothing of it.
    @Test func anotherTenantsThingsAreAbsent() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let agent = try await api.tenantB.addAgent()
            try await api.database.sql(
                "UPDATE docket.ticket SET queue_id = '\(api.tenantB.queue)', assignee_id = '\(agent)' WHERE tenant_id = '\(api.tenantA.id)'"
            )
            let ticket = try await api.succeed("getTicket", ids, query: "fields=id&include=queue,assignee,requester")
            #expect(try ticket.value("queue").isNull && ticket.value("assignee").isNull && ticket.value("requester").isNull)
            let rows = try await api.succeed("listTickets", query: "fields=id&include=queue,assignee")
            #expect(try rows.value("data", "0", "queue").isNull && rows.value("data", "0", "assignee").isNull)
            try expectProblem(try await api.call("getTicket", as: .tenantB, ids, query: "include=queue"), .notFound)
        }
    }

    @Test func includesNeedTheirOwnScopes() async throws {
        try await APIFixture.with { api in
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            let reader = APIFixture.Caller.scoped(ScopeSet([.ticketsRead]))
            try await api.succeed("getTicket", as: reader, ids, query: "include=timers,requester")
            for (name, scope) in [("assignee", "agents:read"), ("queue", "routing:read")] {
                for (operation, path) in [("getTicket", ids), ("listTickets", [:])] {
                    let response = try await api.call(operation, as: reader, path, query: "include=\(name)")
                    try expectProblem(response, .insufficientScope)
                    #expect(response.headers[.wwwAuthenticate]?.contains(scope) == true)
                }
            }
            let agent = try await api.succeed("createAgent", body: #"{"name":"e","email":"e@example.com","provider":"P"}"#).text("id")
            try await api.succeed("assignTicket", ids, body: #"{"agent_id":"\#(agent)"}"#)
            let external = APIFixture.Caller.external(try #require(AgentID(agent)))
            try await api.succeed("getTicket", as: external, ids, query: "include=timers&fields=id")
            #expect(try await api.succeed("countTickets", as: external).value("count").int64 == 1)
            try await api.succeed("createTicket", body: #"{"subject":"not his"}"#)
            #expect(try await api.succeed("countTickets", as: external).value("count").int64 == 1)
            for name in ["requester", "assignee", "queue"] {
                try expectProblem(try await api.call("getTicket", as: external, ids, query: "include=\(name)"), .forbidden)
                try expectProblem(try await api.call("listTickets", as: external, query: "include=\(name)"), .forbidden)
            }
        }
    }
}
