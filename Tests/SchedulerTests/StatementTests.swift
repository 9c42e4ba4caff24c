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
}
