extension ProblemCode {
    /// What has happened.
    var meaning: String {
        switch self {
        case .malformedRequest:
            "The request line, the address, a header field or the framing of the body cannot be read, the body breaks off, or the request has no `Host` or two."
        case .invalidJSON: "The body is not one JSON object in UTF-8, has a member twice, or is nested too deeply; `detail` names the byte."
        case .idempotencyKeyInvalid: "The key is not 1 to 255 printable ASCII characters, or the operation takes none."
        case .invalidToken: "There is no `Authorization: Bearer` with a key, or the key is unknown, revoked or expired."
        case .insufficientScope: "The key is good, and lacks the scope that `WWW-Authenticate` names."
        case .forbidden: "The key may not do this at all: it acts for an agent, or for a provider's agent, who may not, or it is bound to one way in."
        case .tenantSuspended: "The key is good, and whoever runs the deployment has suspended its tenant: nothing is served to it."
        case .notFound: "There is no such thing in the key's tenant. What belongs to another tenant looks the same."
        case .methodNotAllowed: "The address exists, and not for this method; `Allow` lists those that it takes."
        case .notAcceptable: "`Accept` leaves out `application/json`; only reports and statements come as `text/csv` too."
        case .conflict: "The thing is not in a state in which this can be done; further members tell what is in the way."
        case .invalidTransition: "The life cycle does not let the ticket move so; `state` is where it stands, `allowed_states` what may follow."
        case .alreadyExists: "The name, key or address is taken by another thing of the tenant; `errors` points at it."
        case .idempotencyInProgress: "Another request with this key is at work, and had not ended a second after this one came."
        case .gone: "The thing was there and is no more."
        case .cursorExpired: "The cursor is older than a day, or a position of the change feed older than 30 days."
        case .preconditionFailed:
            "The thing has changed since the version in `If-Match`; `ETag` is the present one. What has no `ETag` matches no tag, and what writes takes no `If-None-Match`."
        case .bodyTooLarge: "The body is larger than 1 MiB."
        case .targetTooLong: "The address is longer than the server reads."
        case .unsupportedMediaType: "The body is not of the type that `Accept-Post` or `Accept-Patch` names, or is compressed."
        case .expectationFailed: "`Expect` asks for something else than `100-continue`."
        case .validationFailed:
            "The request can be read, and something in it is wrong. `errors` lists everything, each with its place, a code and a sentence."
        case .invalidCursor: "The cursor was not issued by this server, or belongs to another list, filter or order."
        case .idempotencyKeyReused: "The key was used for another request within the last seven days."
        case .preconditionRequired: "The operation needs `If-Match`, so that nobody overwrites what somebody else has just changed."
        case .quotaExceeded: "The tenant has as many requests running or waiting as it may have at a time."
        case .headersTooLarge: "The header fields are larger, or more, than the server reads."
        case .internalError: "A defect in the server. Nothing was changed; `request_id` finds it in the server's log."
        case .notImplemented: "The request's method is none that there is, or its body has another transfer coding than `chunked`."
        case .temporaryReducedCapacity: "The server has no room for another request just now."
        case .timeout: "The server gave up: it took longer than the operation may."
        case .unavailable: "The database cannot be reached, or others kept changing what the request depends on."
        }
    }

    /// What the caller can do about it.
    var remedy: String {
        switch self {
        case .malformedRequest, .invalidJSON, .targetTooLong, .headersTooLarge: "Mend the request; repeating it as it is gives the same answer."
        case .idempotencyKeyInvalid: "Send a shorter or plainer key, or none where the operation may be repeated as it is."
        case .invalidToken: "Send a valid key; `docket key create` issues one."
        case .insufficientScope: "Use a key with the scope, or with a wider one."
        case .forbidden: "Use a key that is not bound so."
        case .tenantSuspended: "Ask whoever runs the deployment. When it is resumed the same key works again, within ten seconds."
        case .notFound: "Check the id, and that the key belongs to the right tenant."
        case .notImplemented:
            "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; `OPTIONS` tells in `Allow` which of them an address takes. Send bodies with "
                + "`Content-Length`, or with `Transfer-Encoding: chunked` alone."
        case .methodNotAllowed: "Use one of the methods in `Allow`."
        case .notAcceptable: "Accept `application/json`."
        case .conflict: "Read the thing again and decide anew."
        case .invalidTransition: "Move to one of `allowed_states`, or give the ticket an agent first where it needs one."
        case .alreadyExists: "Use the thing that is there, or another name."
        case .idempotencyInProgress, .quotaExceeded, .temporaryReducedCapacity: "Wait for as long as `Retry-After` says, and send the same again."
        case .gone: "Take it out of what you keep."
        case .cursorExpired: "Begin again without a cursor."
        case .preconditionFailed: "Read the thing again, apply the change to what it is now, and send the new `ETag`."
        case .bodyTooLarge: "Send less, or in several requests."
        case .unsupportedMediaType: "Send JSON in UTF-8 under the named type, uncompressed."
        case .expectationFailed: "Send no `Expect`, or `100-continue`, which is answered once the rest of the request is found to be good."
        case .validationFailed:
            "Mend what `errors` points at: `pointer` is a place in the body, `parameter` one of the address, `header` a header field."
        case .invalidCursor: "Begin again without a cursor, or with the filter and order that the cursor came from."
        case .idempotencyKeyReused: "Use a key of its own for each request."
        case .preconditionRequired: "Read the thing, and send its `ETag` in `If-Match`."
        case .internalError: "Try again later; when it stays, report `request_id`."
        case .timeout, .unavailable:
            "Wait for as long as `Retry-After` says, and send the same again; with an `Idempotency-Key` nothing is done twice, also where it was done."
        }
    }
}
