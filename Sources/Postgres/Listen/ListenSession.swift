/// One connection of the listening service.
final class ListenSession: Sendable {
    private let connection: PostgresConnection
    private let reactor: Reactor

    /// `deliver` hears the channel of each notification, on the reactor; `alarm` rings when the connection is lost.
    init(
        _ handle: ConnectionHandle,
        _ reactor: Reactor,
        _ configuration: PostgresConfiguration,
        _ alarm: Alarm,
        _ deliver: @escaping @Sendable (String) -> Void
    ) {
        self.reactor = reactor
        let relay = Relay(alarm: alarm, deliver: deliver)
        connection = PostgresConnection(id: 0, handle: handle, reactor: reactor, configuration: configuration, delegate: relay)
    }

    deinit {
        close()
    }

    func open() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let connection = connection
            let isSubmitted = reactor.submit {
                if connection.assumeIsolated({ $0.open() }) {
                    continuation.resume()
                } else {
                    continuation.resume(throwing: PostgresError(.system, "the connection cannot be watched"))
                }
            }
            if !isSubmitted { continuation.resume(throwing: PostgresError(.shutDown, "the service is shut down")) }
        }
    }

    /// Sends LISTEN for the channels; for none it is a bare round trip. Bounded by the connection's deadline.
    func listen(to channels: Set<String>) async throws {
        var unit = PostgresUnit()
        for channel in channels.sorted() {
            unit.add(text: "LISTEN \"\(Self.doubleQuotes(channel))\"")
        }
        let request = WorkRequest(.single, unit)
        let connection = connection
        _ = try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                request.prepare(continuation)
                if !reactor.submit({ connection.assumeIsolated { $0.send(request) } }) {
                    request.fail(PostgresError(.shutDown, "the service is shut down"))
                }
            }
        } onCancel: {
            close()
        }
    }

    /// Throws where the server said, with its last answer, that it takes no writes any more: who writes is notified elsewhere from now on.
    func requireWritable() async throws {
        let connection = connection
        let parameter: String? = await withCheckedContinuation { continuation in
            let isSubmitted = reactor.submit { continuation.resume(returning: connection.assumeIsolated { $0.readOnlyParameter }) }
            if !isSubmitted { continuation.resume(returning: nil) }
        }
        if let parameter { throw PostgresError(.connectionLost, "\(connection.host) takes no writes any more (\(parameter))", sqlState: "25006") }
    }

    func close() {
        let connection = connection
        reactor.submitEvenIfStopped { connection.assumeIsolated { $0.close(PostgresError(.shutDown, "the service is shut down")) } }
    }

    private static func doubleQuotes(_ text: String) -> String {
        text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    }
}

/// Passes a connection's events on.
private final class Relay: ConnectionDelegate {
    let alarm: Alarm
    let deliver: @Sendable (String) -> Void

    init(alarm: Alarm, deliver: @escaping @Sendable (String) -> Void) {
        self.alarm = alarm
        self.deliver = deliver
    }

    func connection(_ connection: PostgresConnection, finished: [Completion]) {
        for completion in finished { finish(completion) }
    }

    func connection(_ connection: PostgresConnection, closedBy error: PostgresError, finished: [Completion]) {
        for completion in finished { finish(completion) }
        // The service notices with its next round trip, which is now.
        alarm.ringOnReactor()
    }

    func connection(_ connection: PostgresConnection, heard channel: String) {
        deliver(channel)
    }

    private func finish(_ completion: Completion) {
        switch completion.outcome {
        case .success(let result): completion.request.finish(.success(WorkRequest.Outcome(result: result, connection: nil)))
        case .failure(let error): completion.request.fail(error)
        }
    }
}
