/// The stable catalogue of problems; the raw value is what `code` and the last part of `type` show (RFC 9457).
public enum ProblemCode: String, CaseIterable, Hashable, Sendable {
    case malformedRequest = "malformed-request"
    case invalidJSON = "invalid-json"
    case idempotencyKeyInvalid = "idempotency-key-invalid"
    case invalidToken = "invalid-token"
    case insufficientScope = "insufficient-scope"
    case forbidden
    case tenantSuspended = "tenant-suspended"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case conflict
    case invalidTransition = "invalid-transition"
    case alreadyExists = "already-exists"
    case idempotencyInProgress = "idempotency-in-progress"
    case gone
    case cursorExpired = "cursor-expired"
    case preconditionFailed = "precondition-failed"
    case bodyTooLarge = "body-too-large"
    case targetTooLong = "target-too-long"
    case unsupportedMediaType = "unsupported-media-type"
    case expectationFailed = "expectation-failed"
    case validationFailed = "validation-failed"
    case invalidCursor = "invalid-cursor"
    case idempotencyKeyReused = "idempotency-key-reused"
    case preconditionRequired = "precondition-required"
    case quotaExceeded = "quota-exceeded"
    case headersTooLarge = "headers-too-large"
    case internalError = "internal-error"
    case notImplemented = "not-implemented"
    case temporaryReducedCapacity = "temporary-reduced-capacity"
    case timeout
    case unavailable
}
