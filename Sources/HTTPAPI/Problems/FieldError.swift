/// One thing wrong with a request, at its exact place.
public struct FieldError: Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        /// A JSON Pointer into the body.
        case pointer(String)
        /// A query or path parameter's name.
        case parameter(String)
        case header(String)
    }

    public let place: Place
    /// A stable code for programs, see ``FieldErrorCode``.
    public let code: FieldErrorCode
    /// For people; never holds the value that was sent.
    public let detail: String

    public init(_ place: Place, _ code: FieldErrorCode, _ detail: String) {
        self.place = place
        self.code = code
        self.detail = detail
    }
}
