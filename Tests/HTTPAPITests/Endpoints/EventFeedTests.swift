import Domain
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
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

    @Test("A position is good for 30 days, then it is 410 and never a gap; who begins again gets every event")
    func positionsExpire() async throws {
        let now = Mutex(Timestamp(microseconds: 1_000_000))
        try await APIFixture.with(cursorTime: { now.withLock { $0 } }) { api in
            let made = try await api.succeed("createTicket", body: #"{"subject":"first"}"#).text("id")
            let cursor = try await api.succeed("listEvents").text("next_cursor")
            let day: Int64 = 86_400_000_000
            now.withLock { $0 = $0.adding(microseconds: 30 * day - 1) }
            try await api.succeed("listEvents", query: "after=\(cursor)")
            now.withLock { $0 = $0.adding(microseconds: 1) }
            try expectProblem(try await api.call("listEvents", query: "after=\(cursor)"), .cursorExpired)
            // The feed stays behind every open transaction of the server, those of other tests too.
            let isRead = try await eventually {
                let page = try await api.succeed("listEvents").value("data").elements ?? []
                return page.first?.members?.first { $0.name == "ticket_id" }?.value.string == made
            }
            #expect(isRead)
        }
    }

    @Test func manyWaitersShutNobodyOut() async throws {
        let configuration = APIServerConfiguration(port: 0, maximumRequestsInFlight: 4, maximumRequestsWaitingOfTenant: 8)
        try await APIFixture.with(configuration) { api in
            let cursor = try await api.succeed("listEvents").text("next_cursor")
            let other = try await api.succeed("listEvents", as: .tenantB).text("next_cursor")
            try await withThrowingTaskGroup(of: Int.self) { group in
                // One after the other: only two of a tenant may be on their way to wait.
                for number in 1...8 {
                    group.addTask { try await api.call("listEvents", query: "wait=20&after=\(cursor)").status.code }
                    #expect(try await eventually { api.server.requestsWaiting == number })
                }
                let refused = try await api.call("listEvents", query: "wait=20&after=\(cursor)")
                try expectProblem(refused, .quotaExceeded)
                #expect(refused.headers[.retryAfter] == "5")
                #expect(try await api.call("listEvents", as: .tenantB, query: "wait=1&after=\(other)").status == .ok)
                // What they wait for wakes all of them; no more than the tenant's share are answered at once, the others come again.
                try await api.succeed("createTicket", body: #"{"subject":"news"}"#)
                let statuses = try await group.reduce(into: []) { $0.append($1) }
                #expect(statuses.count == 8 && statuses.contains(200) && statuses.allSatisfy { $0 == 200 || $0 == 429 })
            }
            #expect(api.server.requestsInFlight == 0)
        }
    }

    @Test func largePagesAreCut() async throws {
        try await APIFixture.with { api in
            let text = String(repeating: "x", count: 60_000)
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","description":"\#(text)"}"#).text("id")]
            for index in 0..<12 {
                let body = #"{"description":"\#(index)\#(text)"}"#
                try await api.succeed("updateTicket", ids, body: body, headers: [.ifMatch: "*"])
            }
            for (operation, name) in [("listTicketHistory", "cursor"), ("listEvents", "after")] {
                var sequences: [Int64] = []
                var pages = 0
                let isRead = try await eventually {
                    var query = "limit=200"
                    (sequences, pages) = ([], 0)
                    while true {
                        let page = try await api.succeed(operation, operation == "listEvents" ? [:] : ids, query: query)
                        #expect(page.response.body.readableBytes <= 1 << 20)
                        let events = try page.value("data").elements ?? []
                        sequences += try events.map { try #require($0.members?.first { $0.name == "sequence" }?.value.int64) }
                        pages += 1
                        guard try page.value("has_more").bool == true else { break }
                        query = "limit=200&\(name)=\(try page.text("next_cursor"))"
                    }
                    return sequences.count == 13
                }
                #expect(isRead && sequences == Array(1...13) && pages > 1)
            }
        }
    }

    @Test func limitsCountAsTheLargest() async throws {
        try await APIFixture.with { api in
            try await api.succeed("listEvents", query: "limit=500")
            let refused = try await api.call("listEvents", query: "limit=0")
            #expect(try expectProblem(refused, .validationFailed) == ["limit out-of-range"])
        }
    }

    @Test func refusesPositionsOfOthers() async throws {
        try await APIFixture.with { api in
            let cursor = try await api.succeed("listEvents").text("next_cursor")
            try expectProblem(try await api.call("listEvents", as: .tenantB, query: "after=\(cursor)"), .invalidCursor)
            #expect(try expectProblem(try await api.call("listEvents", query: "after=\(cursor.dropLast())"), .invalidCursor) == ["after invalid"])
            try expectProblem(try await api.call("listEvents", query: "wait=26"), .validationFailed)
        }
    }
}
