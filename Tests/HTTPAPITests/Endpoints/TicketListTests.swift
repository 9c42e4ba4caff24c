import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 5: orders, counts, parts of tickets and what belongs to them.
@Suite struct TicketListTests {
    /// P1 to P3 are due after hours as many as their number; nothing is promised for P4.
    private static let policy = """
        {"name":"P","targets":[{"metric":"resolution","priority":1,"seconds":3600,"mode":"calendar"},\
        {"metric":"resolution","priority":2,"seconds":7200,"mode":"calendar"},{"metric":"first_response","priority":2,"seconds":9000,"mode":"calendar"},\
        {"metric":"resolution","priority":3,"seconds":10800,"mode":"calendar"}]}
        """

    private static func seed(_ api: APIFixture) async throws -> [String] {
        try await api.tenantA.addPolicy(policy)
        var ids: [String] = []
        for (index, priority) in ["P3", "P1", "P4", "P2", "P1", "P4", "P3"].enumerated() {
            ids.append(try await api.succeed("createTicket", body: #"{"subject":"t\#(index)","priority":"\#(priority)"}"#).text("id"))
        }
        // The first comes last in the order of changes.
        try await api.succeed("addTicketNote", ["ticket_id": ids[0]], body: #"{"body":"x"}"#)
        return ids
    }

    /// The names of all tickets, page by page.
    private static func read(_ api: APIFixture, _ query: String, limit: Int = 2) async throws -> [String] {
        var subjects: [String] = []
        var next = "limit=\(limit)&\(query)"
        for _ in 0..<20 {
            let page = try await api.succeed("listTickets", query: next)
            subjects += try (page.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "subject" }?.value.string) }
            guard let cursor = try page.value("next_cursor").string else { return subjects }
            next = "limit=\(limit)&\(query)&cursor=\(cursor)"
        }
        Issue.record("the list does not end")
        return subjects
    }

    @Test func everyOrderIsPagedBothWays() async throws {
        try await APIFixture.with { api in
            _ = try await Self.seed(api)
            let orders: [(String, [Int])] = [
                ("created_at", [0, 1, 2, 3, 4, 5, 6]), ("number", [0, 1, 2, 3, 4, 5, 6]),
                ("priority", [1, 4, 3, 0, 6, 2, 5]), ("due_at", [1, 4, 3, 0, 6, 2, 5]),
                ("-created_at", [6, 5, 4, 3, 2, 1, 0]), ("-number", [6, 5, 4, 3, 2, 1, 0]),
                ("-priority", [5, 2, 6, 0, 3, 4, 1]),
                // Without a deadline last, this way too.
                ("-due_at", [6, 0, 3, 4, 1, 5, 2]),
            ]
            for (order, expected) in orders {
                for limit in [1, 2, 3, 7, 50] {
                    #expect(try await Self.read(api, "sort=\(order)", limit: limit) == expected.map { "t\($0)" }, "\(order) \(limit)")
                }
            }
            #expect(try await Self.read(api, "sort=due_at&priority=P1,P4") == ["t1", "t4", "t2", "t5"])
        }
    }

    @Test("Tickets of an organization, in every order, counted, and nobody else's")
    func ofAnOrganization() async throws {
        try await APIFixture.with { api in
            _ = try await Self.seed(api)
            var organizations: [String] = []
            for name in ["Acme", "Globex"] {
                let organization = try await api.succeed("createOrganization", body: #"{"name":"\#(name)"}"#).text("id")
                let person = #"{"name":"x","email":"\#(name)@example.org","organization_id":"\#(organization)"}"#
                let requester = try await api.succeed("createRequester", body: person).text("id")
                for priority in ["P2", "P1", "P4"] {
                    let ticket = #"{"subject":"\#(name) \#(priority)","priority":"\#(priority)","requester_id":"\#(requester)"}"#
                    try await api.succeed("createTicket", body: ticket)
                }
                organizations.append(organization)
            }
            let acme = "organization_id=\(organizations[0])"
            for (order, expected) in [
                ("-created_at", ["P4", "P1", "P2"]), ("number", ["P2", "P1", "P4"]), ("priority", ["P1", "P2", "P4"]),
                ("due_at", ["P1", "P2", "P4"]),
            ] {
                for limit in [1, 2, 50] {
                    #expect(try await Self.read(api, "\(acme)&sort=\(order)", limit: limit) == expected.map { "Acme \($0)" }, "\(order) \(limit)")
                }
            }
            #expect(try await Self.read(api, "organization_id=\(organizations[1])&priority=P1") == ["Globex P1"])
            #expect(try await api.succeed("countTickets", query: acme).value("count").int64 == 3)
            // Another tenant's customer is as one that does not exist.
            #expect(try await api.succeed("listTickets", as: .tenantB, query: acme).value("data").count == 0)
            #expect(try await api.succeed("countTickets", as: .tenantB, query: acme).value("count").int64 == 0)
            let wrong = try await api.call("listTickets", query: "organization_id=acme")
            #expect(try expectProblem(wrong, .validationFailed) == ["organization_id invalid-format"])
            // A cursor belongs to its filter.
            let cursor = try await api.succeed("listTickets", query: "\(acme)&limit=1").text("next_cursor")
            let other = try await api.call("listTickets", query: "organization_id=\(organizations[1])&limit=1&cursor=\(cursor)")
            try expectProblem(other, .invalidCursor)
        }
    }

    @Test func whatComesBetweenPagesDisturbsNoOrder() async throws {
        try await APIFixture.with { api in
            _ = try await Self.seed(api)
            for order in ["created_at", "-created_at", "priority", "-priority", "due_at", "-due_at", "number"] {
                let before = try await Self.read(api, "sort=\(order)", limit: 200)
                let first = try await api.succeed("listTickets", query: "sort=\(order)&limit=3&fields=subject")
                for priority in ["P1", "P2", "P4"] {
                    try await api.succeed("createTicket", body: #"{"subject":"new","priority":"\#(priority)"}"#)
                }
                let rest = try await api.succeed(
                    "listTickets",
                    query: "sort=\(order)&limit=200&fields=subject&cursor=\(try first.text("next_cursor"))"
                )
                let seen = try [first, rest].flatMap { page in
                    try (page.value("data").elements ?? []).compactMap { $0.members?.first?.value.string }
                }
                let old = before.filter { $0 != "new" }
                #expect(seen.filter { $0 != "new" } == old, "\(order)")
            }
        }
    }

    @Test func cursorsBelongToOrderAndFilter() async throws {
        try await APIFixture.with { api in
            _ = try await Self.seed(api)
            let cursor = try await api.succeed("listTickets", query: "sort=priority&limit=2").text("next_cursor")
            for query in ["", "sort=-priority", "sort=due_at", "sort=priority&state=new", "sort=priority&unassigned=true"] {
                try expectProblem(try await api.call("listTickets", query: "\(query)&cursor=\(cursor)"), .invalidCursor)
            }
            try expectProblem(try await api.call("listTickets", as: .tenantB, query: "sort=priority&cursor=\(cursor)"), .invalidCursor)
            // What is shown of the tickets has no part in it.
            try await api.succeed("listTickets", query: "sort=priority&fields=id&include=timers&cursor=\(cursor)")
        }
    }

    @Test(arguments: [
        ("sort=subject", ["sort not-allowed"]), ("sort=created_at,priority", ["sort not-allowed"]), ("sort=", ["sort not-allowed"]),
        ("sort=--number", ["sort not-allowed"]), ("fields=", ["fields invalid-format"]), ("fields=id,secret", ["fields invalid-format"]),
        ("fields=id,tenant_id,policy_id", ["fields invalid-format", "fields invalid-format"]), ("include=history", ["include invalid-format"]),
        ("include=", ["include invalid-format"]), ("include=queue,queue,queue,queue,queue", ["include too-many"]),
    ])
    func refusesWhatIsUnknown(query: String, expected: [String]) async throws {
        try await APIFixture.with { api in
            let response = try await api.call("listTickets", query: query)
            #expect(try expectProblem(response, .validationFailed) == expected)
            if query == "sort=subject" {
                #expect(response.text.contains("created_at, priority, number, due_at"))
            }
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")]
            #expect(try await api.call("getTicket", ids, query: query).status == .unprocessableContent)
        }
    }

    @Test func countsWithTheFiltersOfTheList() async throws {
        try await APIFixture.with { api in
            _ = try await Self.seed(api)
            for query in ["", "priority=P1", "priority=P1,P4", "state=closed", "unassigned=true", "created_at[gte]=2090-01-01T00:00:00Z"] {
                let listed = try await api.succeed("listTickets", query: query + "&limit=200").value("data").count
                let counted = try await api.succeed("countTickets", query: query)
                #expect(try counted.value("count").int64 == Int64(listed) && counted.value("exact").bool == true, "\(query)")
            }
            #expect(try await api.succeed("countTickets", as: .tenantB).value("count").int64 == 0)
            for query in ["limit=1", "sort=number", "fields=id", "unassigned=true&assignee_id=\(api.agentOfA)"] {
                try expectProblem(try await api.call("countTickets", query: query), .validationFailed)
            }
        }
    }

    @Test func countingStops() async throws {
        try await APIFixture.with { api in
            try await api.database.sql(
                """
                INSERT INTO docket.ticket (tenant_id, id, number, version, last_seq, subject, description, type, channel, state, priority, created_at, updated_at)
                SELECT '\(api.tenantA.id)', gen_random_uuid(), n, 1, 1, 'x', '', 'incident', 'api', 'closed', CASE WHEN n <= 10000 THEN 1 ELSE 2 END,
                    docket.now(), docket.now() FROM generate_series(1, 10001) n
                """
            )
            let all = try await api.succeed("countTickets")
            #expect(try all.value("count").int64 == 10_000 && all.value("exact").bool == false)
            let some = try await api.succeed("countTickets", query: "priority=P1")
            #expect(try some.value("count").int64 == 10_000 && some.value("exact").bool == true)
        }
    }

    @Test func onlyTheMembersThatAreAskedFor() async throws {
        try await APIFixture.with { api in
            let created = try await api.succeed("createTicket", body: #"{"subject":"x","fields":{"a":1}}"#)
            let ids = ["ticket_id": try created.text("id")]
            let some = try await api.succeed("getTicket", ids, query: "fields=subject,id,fields,updated_at")
            #expect(some.root?.members?.map(\.name) == ["id", "subject", "fields", "updated_at"])
            #expect(some.entityTag == created.entityTag)
            let row = try await api.succeed("listTickets", query: "fields=state,number").value("data", "0")
            #expect(row.members?.map(\.name) == ["number", "state"])
            for name in TicketResource.members {
                #expect(try await api.succeed("getTicket", ids, query: "fields=\(name)").root?.members?.map(\.name) == [name])
            }
            // All of it is what commands answer with.
            #expect(try await api.succeed("getTicket", ids).response.text == created.response.text)
        }
    }
}
