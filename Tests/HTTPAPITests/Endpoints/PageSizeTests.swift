import HTTPTypes
import Testing

@testable import HTTPAPI

/// How many rows a page has (api.md 5): 50 unless told, 200 at most, for every list; the change feed has 100 unless told (docs/api.md).
@Suite struct PageSizeTests {
    @Test("Every list takes its page in the one way, and says that it shows at most 200; enumerated over all operations")
    func oneWay() throws {
        let lists = APIOperations.all.filter { $0.method == .get && $0.queryParameters.contains { $0.name == "limit" } }
        #expect(lists.count > 25)
        #expect(PageRequest.defaultLimit == 50 && PageRequest.maximumLimit == 200)
        for operation in lists {
            let limit = try #require(operation.queryParameters.first { $0.name == "limit" })
            let usual = operation.id == "listEvents" ? 100 : 50
            #expect(limit.description.hasSuffix("more than 200 counts as 200. Default \(usual)."), "\(operation.id): \(limit.description)")
            guard case .object(let object)? = operation.responses.first?.schema?.shape else { continue }
            let data = try #require(object.properties.first { $0.name == "data" }, "\(operation.id)")
            guard case .array(_, let minimum, let maximum) = data.schema.shape else { continue }
            #expect(minimum == 0 && maximum == 200, "\(operation.id)")
        }
    }

    @Test("Of 51 things of each kind the first page shows 50, and the second the last")
    func usual() async throws {
        let kinds = [
            "Skill", "Agent", "Group", "Queue", "Requester", "Calendar", "Organization", "EscalationChain", "WebhookEndpoint", "Resource",
            "OnCallRota", "Site", "Playbook", "APIKey",
        ]
        try await APIFixture.with { api in
            let ids = try await HappyPathTests.seed(api, name: "seed")
            for kind in kinds {
                let list = "list\(kind)s"
                let there = try await api.succeed(list, query: "limit=200").value("data").count
                for number in there..<51 {
                    try await api.succeed("create\(kind)", body: SampleBodies.body(of: "create\(kind)", ids: ids, name: "n\(number)"))
                }
                let first = try await api.succeed(list)
                #expect(try first.value("data").count == 50, "\(list)")
                let rest = try await api.succeed(list, query: "cursor=\(try first.text("next_cursor"))")
                #expect(try rest.value("data").count == 1 && rest.value("has_more").bool == false, "\(list)")
            }
        }
    }

    @Test("Of 201 a page shows 200, however many are asked for: tickets, a ticket's messages and history, and the change feed")
    func most() async throws {
        try await APIFixture.with { api in
            let items = Array(repeating: #"{"subject":"x"}"#, count: 67).joined(separator: ",")
            for _ in 0..<3 { try await api.succeed("createTickets", body: #"{"items":[\#(items)],"atomic":true}"#) }
            let ids = ["ticket_id": try await api.succeed("listTickets", query: "limit=1").text("data", "0", "id")]
            for _ in 0..<201 { try await api.succeed("addTicketNote", ids, body: #"{"body":"x"}"#) }
            for (list, usual) in [("listTickets", 50), ("listTicketMessages", 50), ("listTicketHistory", 50), ("listEvents", 100)] {
                #expect(try await api.succeed(list, ids).value("data").count == usual, "\(list)")
                for limit in [200, 201, 1_000_000] {
                    let page = try await api.succeed(list, ids, query: "limit=\(limit)")
                    #expect(try page.value("data").count == 200 && page.value("has_more").bool == true, "\(list) \(limit)")
                }
            }
        }
    }
}
