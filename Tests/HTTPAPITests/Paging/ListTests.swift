import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// api.md 5: pages, cursors, filters, orders.
@Suite struct ListTests {
    private let api = TestAPI()

    private func get(_ client: any TestClientProtocol, _ query: String) async throws -> TestResponse {
        try await client.execute(uri: "/v1/widgets" + query, method: .get, headers: api.headers())
    }

    private func cursor(of response: TestResponse) throws -> String? {
        try response.json().root.members?.first { $0.name == "next_cursor" }?.value.string
    }

    @Test func pagesFollowEachOtherToTheEnd() async throws {
        try await api.run { client in
            var query = "?limit=2&colour=red,green"
            var names: [String] = []
            for page in 0..<3 {
                let response = try await get(client, query)
                #expect(SchemaChecker.violations(of: try response.json().root, against: Page<Widget>.schema) == [])
                let members = try #require(response.json().root.members)
                names += members[0].value.elements?.compactMap { $0.members?.first { $0.name == "name" }?.value.string } ?? []
                #expect(members[2].value.bool == (page < 2))
                let link = try #require(HTTPField.Name("Link"))
                if let next = try cursor(of: response) {
                    #expect(response.headers[link] == "</v1/widgets?colour=red%2Cgreen&limit=2&cursor=\(next)>; rel=\"next\"")
                    query = "?cursor=\(next)&colour=red,green&limit=2"
                } else {
                    #expect(response.headers[link] == nil)
                    #expect(page == 2)
                }
            }
            #expect(names == ["w0", "w1", "w2", "w3", "w4"])
        }
    }

    @Test func cursorsFitOnlyTheirList() async throws {
        try await api.run { client in
            let token = try #require(try cursor(of: try await get(client, "?limit=2&colour=red")))
            // Another page size is the same list.
            let resized = try await get(client, "?limit=3&colour=red&cursor=\(token)")
            #expect(resized.status == .ok)
            for query in ["?colour=green", "?colour=red,green", "?colour=red&sort=size", "?"] {
                try expectProblem(try await get(client, query + "&cursor=\(token)"), .invalidCursor)
            }
        }
    }

    @Test(arguments: [
        ("limit=0", ["limit out-of-range"]), ("limit=-1", ["limit out-of-range"]), ("limit=abc", ["limit out-of-range"]),
        ("limit=+5", ["limit out-of-range"]),
        ("limit=", ["limit out-of-range"]), ("colour=blue", ["colour invalid-format"]), ("colour=red,", ["colour invalid-format"]),
        ("colour=red,green,red", ["colour too-many"]), ("color=red", ["color unknown-parameter"]), ("sort=colour", ["sort not-allowed"]),
        ("sort=name,-name", ["sort not-allowed"]), ("sort=", ["sort not-allowed"]), ("due_at[gte]=x", ["due_at[gte] invalid-format"]),
        ("due_at[eq]=2026-11-21T10:00:00Z", ["due_at[eq] unknown-parameter"]), ("limit=1&limit=2", ["limit duplicate"]),
        ("due_at[gt]=2026-11-21T10:00:00Z&due_at[gte]=2026-11-21T10:00:00Z", ["due_at[gt] not-allowed"]),
        ("limit=x&zzz=1&colour=blue", ["colour invalid-format", "limit out-of-range", "zzz unknown-parameter"]),
    ])
    func refusesEverythingElse(query: String, expected: [String]) async throws {
        try await api.run { client in
            let response = try await get(client, "?" + query)
            #expect(try expectProblem(response, .validationFailed) == expected)
        }
    }

    @Test(arguments: [
        "limit=1000", "limit=200", "sort=-size,name", "", "&&",
        "due_at%5Bgte%5D=2026-11-21T10:00:00Z&due_at[lt]=2026-11-22T10:00:00%2B01:00",
    ])
    func acceptsTheGrammar(query: String) async throws {
        try await api.run { client in
            let response = try await get(client, "?" + query)
            #expect(response.status == .ok)
        }
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff"])
    func refusesBrokenEscapes(query: String) async throws {
        try await api.run { client in
            try expectProblem(try await get(client, "?" + query), .malformedRequest)
        }
    }
}
