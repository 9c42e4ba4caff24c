/// Why a request came to nothing.
enum ReplayError: Error, Sendable, CustomStringConvertible {
    /// The server did not answer, or not in time, however often it was asked.
    case unreachable(String)
    case refused(String, status: Int, reason: String)
    case unreadable(String)

    init(_ response: ReplayResponse, to request: ReplayRequest) {
        let problem = response.problem
        let fields = (problem?.errors ?? []).prefix(3).map { "\($0.pointer ?? ""): \($0.detail)" }
        let reason = ([problem?.code, problem?.detail].compactMap { $0 } + fields).joined(separator: "; ")
        self = .refused(request.label, status: response.status, reason: reason.isEmpty ? "no reason given" : reason)
    }

    /// The server is not there, or refuses the key: another request will do no better.
    var isFinal: Bool {
        switch self {
        case .unreachable: true
        case .refused(_, let status, _): status == 401 || status == 403
        case .unreadable: false
        }
    }

    var description: String {
        switch self {
        case .unreachable(let request): "\(request): no answer from the server"
        case .refused(let request, let status, let reason): "\(request): \(status) \(reason)"
        case .unreadable(let request): "\(request): the answer is not what it should be"
        }
    }
}
