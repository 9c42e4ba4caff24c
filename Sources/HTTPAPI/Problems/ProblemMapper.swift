import HTTPTypes
import Hummingbird
import NIOCore
import UseCases

/// Turns whatever was thrown into a problem. What is not known becomes a 500 that tells nothing.
struct ProblemMapper: Sendable {
    /// - Returns: the problem, and whether the error is a defect that the log must show.
    func problem(for error: any Error) -> (problem: Problem, isUnexpected: Bool) {
        switch error {
        case let problem as Problem: (problem, false)
        case let error as any ProblemConvertible: known(error.problem)
        case let error as JSONError: (.invalid(error), false)
        case is NIOTooManyBytesError: (.bodyTooLarge, false)
        case is CancellationError: (.retry(.unavailable, after: 1), false)
        case let error as any HTTPResponseError: (problem(status: error.status), false)
        default: StoreFailure(error).map { known($0.problem) } ?? (Problem(.internalError), true)
        }
    }

    private func known(_ problem: Problem) -> (problem: Problem, isUnexpected: Bool) {
        (problem, problem.code == .internalError)
    }

    /// The problem for an answer of the server library, which knows a status only.
    private func problem(status: HTTPResponse.Status) -> Problem {
        switch status.code {
        case 404: .notFound
        case 405: Problem(.methodNotAllowed)
        case 413: .bodyTooLarge
        case 400..<500: Problem(.malformedRequest)
        default: Problem(.internalError)
        }
    }
}

extension Problem {
    /// 413; the connection is closed, because the rest of the body would have to be read only to be thrown away.
    static var bodyTooLarge: Problem {
        Problem(.bodyTooLarge, headers: [.connection: "close"])
    }
}
