/// The trace of the request that is being answered, for the deliveries that it causes. It travels with the task, as contexts of tracing do: a command has
/// no part in it, and none can forget it.
public struct RequestTrace: Hashable, Sendable {
    /// nil where the caller gave none, and in the engines.
    @TaskLocal public static var current: RequestTrace?

    /// The value of W3C's `traceparent`, 55 characters.
    public let parent: String
    /// The `tracestate` that came with it, at most 512 characters; passed on as it is.
    public let state: String?

    public init(parent: String, state: String?) {
        self.parent = parent
        self.state = state
    }
}
