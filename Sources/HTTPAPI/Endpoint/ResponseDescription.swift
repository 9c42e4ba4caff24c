public import HTTPTypes

/// One successful answer of an operation.
public struct ResponseDescription: Hashable, Sendable {
    public var status: HTTPResponse.Status
    public var description: String
    /// nil for an answer without a body.
    public var schema: JSONSchema?
    public var mediaType: String
    /// Names of the fields beyond those of every answer: `ETag`, `Location`, `Link`.
    public var headers: [String]

    public init(
        _ status: HTTPResponse.Status,
        _ description: String,
        schema: JSONSchema?,
        mediaType: String = "application/json",
        headers: [String] = []
    ) {
        self.status = status
        self.description = description
        self.schema = schema
        self.mediaType = mediaType
        self.headers = headers
    }
}
