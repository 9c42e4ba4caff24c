import Postgres
import Store
import Testing

@testable import Runtime

@Suite struct UnexpectedErrorTests {
    private struct Odd: Error { let secret = "hunter2" }

    @Test("The log says what the database refused, and of any other error no more than its type")
    func reason() {
        let cause = PostgresError(.server, "a check failed", sqlState: "23514", constraint: "ticket_check", statementName: "InsertTicket")
        let text = Engines.reason(of: StoreError.unexpected(cause))
        for part in ["StoreError", "23514", "ticket_check", "InsertTicket"] { #expect(text.contains(part), "\(text)") }
        #expect(Engines.reason(of: Odd()).hasSuffix("Odd"))
    }
}
