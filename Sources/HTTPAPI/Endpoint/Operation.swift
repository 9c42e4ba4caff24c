public import HTTPTypes

/// Everything about one operation but its types: what the router, the OpenAPI document and the tests that enumerate operations need.
public struct Operation: Sendable {
    /// Unique, stable, `createTicket`: clients' generated code is named after it.
    public var id: String
    public var method: HTTPRequest.Method
    /// `/v1/tickets/{ticket_id}`.
    public var path: String
    public var tag: String
    public var summary: String
    public var description: String
    /// The scope that the caller needs, nil for an operation that is open to everybody.
    public var scope: Scope?
    public var idempotency: IdempotencyPolicy
    /// Whether `If-Match` must be sent (428 without it).
    public var isConditional: Bool
    /// Whether `If-Match` is taken where it is sent.
    public var acceptsIfMatch: Bool
    public var pathParameters: [ParameterDescription]
    public var queryParameters: [ParameterDescription]
    /// The body's schema, nil where none is taken.
    public var body: JSONSchema?
    public var responses: [ResponseDescription]
    /// Problems beyond those that every operation may answer with.
    public var problems: [ProblemCode]
    /// How long it may take.
    public var timeout: Duration
    /// Whether the body must be there, where one is taken.
    var isBodyRequired = true
    /// The media type beside JSON in which the body may come.
    var textMediaType: String?
    /// Whether the answer may come as `text/csv` too.
    var hasCSV = false

    /// The media type of the body.
    var bodyMediaType: String { method == .patch ? "application/merge-patch+json" : "application/json" }

    /// All problems that the operation may answer with: its own, and what its description implies.
    public var allProblems: [ProblemCode] {
        var codes: Set<ProblemCode> = [
            .malformedRequest, .targetTooLong, .expectationFailed, .headersTooLarge, .internalError, .temporaryReducedCapacity,
            .timeout,
        ]
        codes.formUnion(problems)
        if scope != nil {
            // Forbidden: by what a key stands for besides its scopes, as a provider's agent (features.md A3.15). Whose a key is, is asked of the database.
            // What is open to everybody comes in its one form, whatever `Accept` says (RFC 9110 12.5.1).
            codes.formUnion([.invalidToken, .insufficientScope, .forbidden, .tenantSuspended, .quotaExceeded, .unavailable, .notAcceptable])
        }
        if !pathParameters.isEmpty {
            codes.insert(.notFound)
        }
        if method != .get {
            // 412: where an operation takes no `If-Match`, no tag matches; and none that writes takes `If-None-Match`.
            codes.formUnion([.invalidJSON, .bodyTooLarge, .unsupportedMediaType, .idempotencyKeyInvalid, .preconditionFailed])
        }
        if body != nil || !queryParameters.isEmpty || scope != nil {
            codes.insert(.validationFailed)
        }
        if queryParameters.contains(where: { $0.name == "cursor" }) {
            codes.formUnion([.invalidCursor, .cursorExpired])
        }
        if idempotency != .none {
            codes.formUnion([.idempotencyKeyInvalid, .idempotencyKeyReused, .idempotencyInProgress])
        }
        if isConditional {
            codes.insert(.preconditionRequired)
        }
        return ProblemCode.allCases.filter(codes.contains)
    }
}
