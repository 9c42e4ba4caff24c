import Domain
import TestSupport
import Testing

@testable import HTTPAPI

/// api.md 5: pages of the longest texts are short, and nothing is left out between them.
@Suite struct LongPageTests {
    private static let count = 45
    /// Of 65,536 characters with three bytes each, twenty are on a page.
    private static let longest = "repeat('長', 65536)"

    /// Reads a list to its end, page by page.
    ///
    /// - Returns: what `item` says of each row, and how many rows each page had.
    private static func read(
        _ api: APIFixture,
        _ operation: String,
        _ path: [String: String] = [:],
        _ query: String,
        limit: Int = 200,
        _ item: String
    ) async throws -> (items: [String], pages: [Int]) {
        var (items, pages) = ([String](), [Int]())
        var next = "limit=\(limit)\(query)"
        for _ in 0..<20 {
            let page = try await api.succeed(operation, path, query: next)
            let rows = try page.value("data").elements ?? []
            items += try rows.map { try #require($0.members?.first { $0.name == item }?.value.string) }
            pages.append(rows.count)
            guard let cursor = try page.value("next_cursor").string else { return (items, pages) }
            next = "limit=\(limit)\(query)&cursor=\(cursor)"
        }
        Issue.record("the list does not end")
        return (items, pages)
    }

    @Test("Tickets with the longest descriptions, in every order, those with and those without a deadline")
    func tickets() async throws {
        try await APIFixture.with { api in
            try await api.tenantA.addPolicy(#"{"name":"P","targets":[{"metric":"resolution","priority":1,"seconds":3600,"mode":"calendar"}]}"#)
            for number in 0..<Self.count {
                let priority = number % 3 == 0 ? "P1" : "P4"
                try await api.succeed("createTicket", body: #"{"subject":"t\#(number)","priority":"\#(priority)"}"#)
            }
            try await api.database.sql("UPDATE docket.ticket SET description = \(Self.longest)")
            for sort in ["-created_at", "priority", "due_at", "-due_at"] {
                let (subjects, pages) = try await Self.read(api, "listTickets", [:], "&sort=\(sort)", "subject")
                #expect(subjects.count == Self.count && Set(subjects).count == Self.count, "\(sort)")
                // The page on which those with a deadline end begins with those without.
                let most = sort.hasSuffix("due_at") ? 40 : 20
                #expect(pages.count > 1 && pages.allSatisfy { (1...most).contains($0) }, "\(sort): \(pages)")
            }
            let few = try await Self.read(api, "listTickets", [:], "", limit: 7, "subject").pages
            #expect(few == [7, 7, 7, 7, 7, 7, 3])
        }
    }

    @Test("Fields that are stored compressed count as long as they are")
    func fields() async throws {
        try await APIFixture.with { api in
            for number in 0..<80 { try await api.succeed("createTicket", body: #"{"subject":"t\#(number)"}"#) }
            try await api.database.sql("UPDATE docket.ticket SET fields = jsonb_build_object('note', repeat('x', 65000))")
            let (subjects, pages) = try await Self.read(api, "listTickets", [:], "", "subject")
            #expect(Set(subjects).count == 80 && pages == [61, 19])
        }
    }

    @Test func messages() async throws {
        try await APIFixture.with { api in
            let ticket = try await api.succeed("createTicket", body: #"{"subject":"x"}"#).text("id")
            try await api.database.sql(
                """
                INSERT INTO docket.ticket_message (tenant_id, ticket_id, id, visibility, author_kind, body, created_at)
                SELECT t.tenant_id, t.id, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'public', 'system', \(Self.longest), t.created_at
                FROM docket.ticket t, generate_series(1, \(Self.count)) n
                """
            )
            let (ids, pages) = try await Self.read(api, "listTicketMessages", ["ticket_id": ticket], "", "id")
            #expect(ids.count == Self.count && ids == ids.sorted() && Set(ids).count == Self.count)
            #expect(pages == [20, 20, 5])
        }
    }
}
