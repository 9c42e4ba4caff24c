import Hummingbird

/// Request ids for answers that are given before a request exists.
enum RequestIDSource {
    /// The server library's own numbering: a counter behind a random prefix.
    static func next() -> String { RequestID().description }
}
