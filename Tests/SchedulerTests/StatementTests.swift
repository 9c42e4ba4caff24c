import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Which promises a customer's page and the times of a ticket show where there are many.
@Suite struct StatementTests {
    @Test("The resolution that still runs stays on the page, however often the customer was answered")
    func longConversation() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":360000,"mode":"calendar"},{"metric":"next_response","seconds":3600,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            for _ in 0...SLAStatement.maximumItems + 2 {
                _ = try await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And this?")
                try await desk.advance(by: 60)
                try await desk.reply(to: id, by: person)
                try await desk.advance(by: 60)
            }
            let statement = try await TimerQueries(environment: desk.api).statement(of: id, in: desk.tenant.id)
            #expect(statement.items.count == SLAStatement.maximumItems && statement.omitted > 0)
            #expect(statement.items.filter { $0.explanation.metric == .resolution }.map(\.explanation.state) == [.running])
            #expect(statement.text(in: .english).contains("Resolution\n"))
        }
    }

    @Test("A clock is told as missed from its first moment on, also while schedulers are behind, and nothing is written by who reads")
    func behind() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            try await desk.database.freezeClock()
            try await desk.api.clock.read()
            let id = try await desk.create()
            let queries = TimerQueries(environment: desk.api)
            func told() async throws -> [SLATimer.State] {
                let statement = try await queries.statement(of: id, in: desk.tenant.id)
                let timers = try await queries.timers(of: id, in: desk.tenant.id, limit: 10).timers
                let handling = try await queries.handling(of: id, in: desk.tenant.id)
                #expect(timers.map(\.timer.state) == timers.map(\.explanation.state))
                return statement.items.map(\.explanation.state) + timers.map(\.timer.state) + handling.customer.map(\.state)
            }
            try await desk.advance(by: 3_599)
            #expect(try await told() == [.running, .running, .running])
            #expect(try await queries.timers(of: id, in: desk.tenant.id, limit: 10).timers.first?.explanation.warnAt == [])
            try await desk.advance(by: 2)
            let before = try await desk.database.sql("SELECT * FROM docket.sla_timer")
            #expect(try await told() == [.breachedRunning, .breachedRunning, .breachedRunning])
            #expect(try await desk.database.sql("SELECT * FROM docket.sla_timer") == before)
            #expect(try await desk.kinds(of: id) == ["ticket.created"])
            // The one who records it finds it as due as before.
            #expect(try await desk.fire().fired == 2)
            #expect(try await told() == [.breachedRunning, .breachedRunning, .breachedRunning])
        }
    }
}
