/// The trace of the request that is being answered, for the deliveries that it causes. It travels with the task, as contexts of tracing do: a command has
/// no part in it, and none can forget it.
public enum RequestTrace {
    /// The value of W3C's `traceparent`, 55 characters; nil where the caller gave none, and in the engines.
    @TaskLocal public static var current: String?
}
