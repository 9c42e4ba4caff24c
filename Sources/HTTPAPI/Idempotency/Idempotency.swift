/// The hook by which an endpoint and a use case share one idempotency record.
///
/// The use case inserts ``request`` first in its transaction. If the row is new, it has its effect, calls ``render`` with the result and
/// stores the response with the row: effect and record commit together or not at all. If the row is there with the same fingerprint, it
/// has no effect and returns the stored response, which the endpoint sends with ``Reply/replayed(_:)``.
public struct Idempotency<Output: Sendable>: Sendable {
    public let request: IdempotencyRequest
    /// The response that a reply becomes; send it with ``Reply/stored(_:)``, so that it is not rendered twice.
    public let render: @Sendable (Reply<Output>) -> StoredResponse

    init(request: IdempotencyRequest, render: @escaping @Sendable (Reply<Output>) -> StoredResponse) {
        self.request = request
        self.render = render
    }
}
