import Domain
import TestSupport
import Testing

@testable import HTTPAPI

@Suite struct EventFeedTests {
    @Test func readsOnWithoutGapsAndDuplicates() async throws {
        try await APIFixture.with { api in
            var made: [String] = []
            for index in 0..<7 { made.append(try await api.succeed("createTicket", body: #"{"subject":"t\#(index)"}"#).text("id")) }
            var read: [String] = []
            var query = "limit=3"
            // The feed stays behind every open transaction of the server, those of other tests too.
            let isRead = try await eventually {
                let answer = try await api.succeed("listEvents", query: query)
                let page = try answer.value("data").elements ?? []
                read += try page.map { try #require($0.members?.first { $0.name == "ticket_id" }?.value.string) }
                #expect(page.count <= 3)
                query = "limit=3&after=\(try answer.text("next_cursor"))"
                return read.count >= made.count
            }
            #expect(isRead && read == made)
            #expect(try await api.succeed("listEvents", query: query).value("data").count == 0)
        }
    }

    @Test func waitsForAnEvent() async throws {
        try await APIFixture.with { api in
            let cursor = try await api.succeed("listEvents").text("next_cursor")
            async let waiting = api.succeed("listEvents", query: "wait=20&after=\(cursor)")
            let id = try await api.succeed("createTicket", body: #"{"subject":"news"}"#).text("id")
            #expect(try await waiting.text("data", "0", "ticket_id") == id)
        }
    }

    @Test func endsWithTheTime() async throws {
        try await APIFixture.with { api in
            let answer = try await api.succeed("listEvents", query: "wait=1")
            #expect(try answer.value("data").count == 0)
            let again = try await api.succeed("listEvents", query: "after=\(try answer.text("next_cursor"))")
            #expect(try again.value("data").count == 0)
        }
    }

    @Test func refusesPositionsOfOthers() async throws {
        try await APIFixture.with { api in
            let cursor = try await api.succeed("listEvents").text("next_cursor")
            try expectProblem(try await api.call("listEvents", as: .tenantB, query: "after=\(cursor)"), .invalidCursor)
            try expectProblem(try await api.call("listEvents", query: "after=\(cursor.dropLast())"), .invalidCursor)
            try expectProblem(try await api.call("listEvents", query: "wait=26"), .validationFailed)
        }
    }
}
