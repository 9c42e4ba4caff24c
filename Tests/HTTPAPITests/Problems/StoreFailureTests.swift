import HTTPTypes
import Postgres
import Store
import Testing

@testable import HTTPAPI

/// What callers hear of errors of the database.
@Suite struct StoreFailureTests {
    private static let words = "Key (email)=(someone@example.com) of ticket_requester"
    private static let cause = PostgresError(.server, words, constraint: words, table: words)

    @Test(arguments: [
        (StoreError.duplicate(constraint: words), ProblemCode.alreadyExists, nil as String?),
        (.missingReference(constraint: words), .validationFailed, nil),
        (.idempotencyKeyInUse, .idempotencyInProgress, "1"),
        (.configurationChanged, .unavailable, "1"),
        (.contention(cause), .unavailable, "1"),
        (.unavailable(cause), .unavailable, "2"),
        (.tookTooLong(cause), .unavailable, "2"),
        (.outcomeUnknown(cause), .unavailable, "2"),
        (.unexpected(cause), .internalError, nil),
    ])
    func eachHasItsProblem(error: StoreError, code: ProblemCode, retryAfter: String?) {
        let (problem, isUnexpected) = ProblemMapper().problem(for: error)
        #expect(problem.code == code)
        #expect(problem.headers[.retryAfter] == retryAfter)
        #expect(isUnexpected == (code == .internalError))
        #expect(!"\(problem)".contains("someone"))
    }

    @Test func whetherItWasDoneIsToldWhereNobodyKnows() {
        let (problem, _) = ProblemMapper().problem(for: StoreError.outcomeUnknown(Self.cause))
        #expect(problem.detail?.contains("not known whether") == true)
    }

    @Test func anErrorOfNobodyIsADefect() {
        struct Unknown: Error {}
        let (problem, isUnexpected) = ProblemMapper().problem(for: Unknown())
        #expect(problem.code == .internalError && isUnexpected)
    }
}
