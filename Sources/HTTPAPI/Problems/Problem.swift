public import HTTPTypes

/// An answer that is an error: problem details as RFC 9457 has them. The only error type that the API's own code throws.
public struct Problem: Error, Sendable {
    public var code: ProblemCode
    /// What is particular to this occurrence; never SQL text, never row data.
    public var detail: String?
    public var errors: [FieldError]
    /// Fields that belong to the status: `Allow`, `Retry-After`, `WWW-Authenticate`, …
    public var headers: HTTPFields
    /// What the refused thing is like, for a conflict: members of the body beside RFC 9457's.
    public var situation: TicketSituation?

    public init(_ code: ProblemCode, _ detail: String? = nil, errors: [FieldError] = [], headers: HTTPFields = [:]) {
        self.code = code
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    public var status: HTTPResponse.Status { code.status }
}

extension Problem {
    /// 422 with everything that is wrong.
    public static func invalid(_ errors: [FieldError]) -> Problem {
        Problem(.validationFailed, errors: errors)
    }

    /// 422 for one place.
    public static func invalid(_ place: FieldError.Place, _ code: FieldErrorCode, _ detail: String) -> Problem {
        Problem(.validationFailed, errors: [FieldError(place, code, detail)])
    }

    /// 404: what does not exist and what belongs to another tenant look the same (api.md 2).
    public static var notFound: Problem { Problem(.notFound) }

    /// 503 or 409 with a time to wait, in seconds.
    public static func retry(_ code: ProblemCode, after seconds: Int, _ detail: String? = nil) -> Problem {
        Problem(code, detail, headers: [.retryAfter: String(seconds)])
    }

    /// 400 for a body that is not JSON.
    static func invalid(_ error: JSONError) -> Problem {
        let errors = error.pointer.map { [FieldError(.pointer($0), .duplicate, "The member is there more than once.")] } ?? []
        return Problem(.invalidJSON, "\(error.reason.rawValue) at byte \(error.offset)", errors: errors)
    }
}
