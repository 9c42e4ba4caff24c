import Postgres

/// How long a process waits for a database that says nothing: nothing else bounds the answers of a server that stands still behind an open connection, where no
/// statement's timeout is set.
public struct DatabasePatience: Sendable {
    /// For an operator, and for a supervisor that starts a process again.
    public static let usual = DatabasePatience(limit: .seconds(15))

    private struct NoAnswer: Error {}

    private let limit: Duration

    /// A question that fails sooner was refused. One that fails later got no answer either: libpq gives a connection up after two seconds at the least.
    private static let refusal: Duration = .seconds(2)

    public init(limit: Duration) {
        self.limit = limit
    }

    private var error: PostgresError {
        PostgresError(.unavailable, "the database did not answer within \(limit.components.seconds) s")
    }

    /// Runs what is short by nature.
    ///
    /// - Throws: what the work throws, or that the database did not answer; the work is left behind then.
    public func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await TimeLimit(limit, error: error).run(work)
    }

    /// Runs what may take hours, such as a migration, as long as the server answers a question beside it that is asked again and again. A question that fails at
    /// once is an answer, too: the server has gone or refuses, which the work hears by itself.
    ///
    /// - Throws: what the work throws, or that the database did not answer; the work is left behind then.
    public func run<Value: Sendable>(
        whileAnswering question: @escaping @Sendable () async throws -> Void,
        every pause: Duration = .seconds(5),
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (results, sink) = AsyncStream.makeStream(of: Result<Value, any Error>.self, bufferingPolicy: .bufferingOldest(1))
        // Unstructured: a task group would wait for the work.
        let worker = Task {
            do {
                sink.yield(.success(try await work()))
            } catch {
                sink.yield(.failure(error))
            }
        }
        let watcher = Task { [limit, error] in
            var answered = ContinuousClock.now
            while answered.duration(to: .now) < limit {
                try await Task.sleep(for: pause)
                let asked = ContinuousClock.now
                do {
                    try await TimeLimit(limit, error: NoAnswer()).run(question)
                    answered = .now
                } catch is NoAnswer {
                    break
                } catch  where asked.duration(to: .now) < min(Self.refusal, limit) {
                    answered = .now
                } catch {}
            }
            sink.yield(.failure(error))
        }
        defer {
            worker.cancel()
            watcher.cancel()
        }
        for await result in results { return try result.get() }
        throw CancellationError()
    }
}
