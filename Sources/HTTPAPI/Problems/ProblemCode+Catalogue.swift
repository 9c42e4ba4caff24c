public import HTTPTypes

extension ProblemCode {
    /// The problem type: the section of the page that every server answers with there. Two are registered for everybody's use by
    /// draft-ietf-httpapi-ratelimit-headers.
    ///
    /// - Parameter address: where the server is reached, without a slash at its end; empty for a reference relative to it.
    public func type(at address: String) -> String {
        switch self {
        case .quotaExceeded, .temporaryReducedCapacity: "https://iana.org/assignments/http-problem-types#" + rawValue
        default: address + ProblemGuide.path + "#" + rawValue
        }
    }

    public var status: HTTPResponse.Status {
        switch self {
        case .malformedRequest, .invalidJSON, .idempotencyKeyInvalid: .badRequest
        case .invalidToken: .unauthorized
        case .insufficientScope, .forbidden, .tenantSuspended: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .conflict, .invalidTransition, .alreadyExists, .idempotencyInProgress: .conflict
        case .gone, .cursorExpired: .gone
        case .preconditionFailed: .preconditionFailed
        case .bodyTooLarge: .contentTooLarge
        case .targetTooLong: .uriTooLong
        case .unsupportedMediaType: .unsupportedMediaType
        case .expectationFailed: .expectationFailed
        case .validationFailed, .invalidCursor, .idempotencyKeyReused: .unprocessableContent
        case .preconditionRequired: .preconditionRequired
        case .quotaExceeded: .tooManyRequests
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .internalError: .internalServerError
        case .notImplemented: .notImplemented
        case .temporaryReducedCapacity, .timeout, .unavailable: .serviceUnavailable
        }
    }

    /// A short summary that does not change from one occurrence to the next (RFC 9457 3.1.3).
    public var title: String {
        switch self {
        case .malformedRequest: "The request is malformed"
        case .invalidJSON: "The body is not valid JSON"
        case .idempotencyKeyInvalid: "The Idempotency-Key is invalid"
        case .invalidToken: "Authentication is required"
        case .insufficientScope: "The credential lacks a scope"
        case .forbidden: "Not permitted"
        case .tenantSuspended: "The tenant is suspended"
        case .notFound: "Not found"
        case .methodNotAllowed: "The method is not allowed here"
        case .notAcceptable: "No acceptable representation"
        case .conflict: "The request conflicts with the current state"
        case .invalidTransition: "The state does not allow this"
        case .alreadyExists: "It already exists"
        case .idempotencyInProgress: "The first request with this key is still running"
        case .gone: "No longer available"
        case .cursorExpired: "The cursor has expired"
        case .preconditionFailed: "The resource has changed"
        case .bodyTooLarge: "The body is too large"
        case .targetTooLong: "The request target is too long"
        case .unsupportedMediaType: "The media type is not supported"
        case .expectationFailed: "The expectation cannot be met"
        case .validationFailed: "The request is not valid"
        case .invalidCursor: "The cursor is not valid here"
        case .idempotencyKeyReused: "The Idempotency-Key was used for another request"
        case .preconditionRequired: "If-Match is required"
        case .quotaExceeded: "Too many requests"
        case .headersTooLarge: "The header fields are too large"
        case .internalError: "Internal error"
        case .notImplemented: "The method, or the transfer coding, is not known"
        case .temporaryReducedCapacity: "Too busy"
        case .timeout: "The request took too long"
        case .unavailable: "Temporarily unavailable"
        }
    }
}
