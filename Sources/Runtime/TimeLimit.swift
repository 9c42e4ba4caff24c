/// Bounds work that cannot be cancelled, such as a blocking call: who waits for it goes on without it.
struct TimeLimit {
    private let limit: Duration
    private let error: any Error

    /// - Parameter error: what is thrown when the time is over.
    init(_ limit: Duration, error: any Error) {
        self.limit = limit
        self.error = error
    }

    /// - Throws: what the work throws, or that it took too long; it is cancelled then, and left behind should it not heed that.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let (results, sink) = AsyncStream.makeStream(of: Result<Value, any Error>.self, bufferingPolicy: .bufferingOldest(1))
        // Unstructured: a task group would wait for the work.
        let worker = Task {
            do {
                sink.yield(.success(try await work()))
            } catch {
                sink.yield(.failure(error))
            }
        }
        let alarm = Task { [limit, error] in
            try await Task.sleep(for: limit)
            sink.yield(.failure(error))
        }
        defer {
            worker.cancel()
            alarm.cancel()
        }
        for await result in results { return try result.get() }
        throw CancellationError()
    }
}
