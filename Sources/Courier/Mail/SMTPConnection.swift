import NIOCore
import NIOPosix
import NIOSSL

/// One TCP connection to a mail server: sends commands one at a time, each under its timeout.
struct SMTPConnection: Sendable {
    private let channel: any Channel
    private let deadline: NIODeadline
    private let greetingReply: EventLoopFuture<SMTPReply>
    /// Fails with the reason when the session ends.
    private let ended: EventLoopFuture<Void>

    /// - Parameters:
    ///   - tls: makes the connection protected from its first byte.
    ///   - deadline: no step runs beyond it.
    ///   - resolver: finds the host's addresses; nil asks the system.
    static func open(
        host: String,
        port: Int,
        tls: NIOSSLContext?,
        timeout: TimeAmount,
        deadline: NIODeadline,
        group: any EventLoopGroup,
        resolver: (any Resolver & Sendable)?
    ) async throws(MailError) -> SMTPConnection {
        do {
            // Of a host's addresses several may be tried side by side (RFC 8305). Each channel is a connection of its own: what ends those that lose must
            // not end the session of the one that wins.
            return try await ClientBootstrap(group: group.next())
                .connectTimeout(timeout)
                .resolver(resolver)
                .connect(host: host, port: port) { channel in
                    channel.eventLoop.makeCompletedFuture { try SMTPConnection(preparing: channel, tls: tls, host: host, deadline: deadline) }
                }
        } catch {
            throw Task.isCancelled ? .cancelled : .connectionLost(.connect)
        }
    }

    private init(preparing channel: any Channel, tls: NIOSSLContext?, host: String, deadline: NIODeadline) throws {
        if let tls {
            try channel.pipeline.syncOperations.addHandler(SMTPConnection.tlsHandler(tls, host: host))
        }
        let greeting = channel.eventLoop.makePromise(of: SMTPReply.self)
        let ended = channel.eventLoop.makePromise(of: Void.self)
        do {
            try channel.pipeline.syncOperations.addHandler(SMTPChannelHandler(greeting: greeting, ended: ended))
        } catch {
            greeting.fail(error)
            ended.fail(error)
            throw error
        }
        self.channel = channel
        self.deadline = deadline
        greetingReply = greeting.futureResult
        self.ended = ended.futureResult
    }

    /// The address from which this connection was made; nil where the system does not tell.
    var localAddress: IPAddress? { channel.localAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// The server's first words.
    func greeting(timeout: TimeAmount) async throws(MailError) -> SMTPReply {
        try await wait(for: greetingReply, step: .greeting, timeout: timeout)
    }

    /// Sends a command line and waits for its reply.
    func command(_ line: String, step: MailError.Step, timeout: TimeAmount) async throws(MailError) -> SMTPReply {
        try await exchange(Array(line.utf8) + "\r\n".utf8, step: step, timeout: timeout)
    }

    /// Sends bytes as they are and waits for a reply.
    func exchange(_ bytes: [UInt8], step: MailError.Step, timeout: TimeAmount) async throws(MailError) -> SMTPReply {
        let reply = channel.eventLoop.makePromise(of: SMTPReply.self)
        // The reason why the session ended comes before what a write to the closed channel says.
        ended.whenFailure { reply.fail($0) }
        channel.writeAndFlush(SMTPExchange(bytes: ByteBuffer(bytes: bytes), reply: reply)).whenFailure { reply.fail($0) }
        return try await wait(for: reply.futureResult, step: step, timeout: timeout)
    }

    /// Protects the connection from here on. The certificate is checked while the next command waits.
    func startTLS(_ context: NIOSSLContext, host: String) async throws(MailError) {
        do {
            try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(SMTPConnection.tlsHandler(context, host: host), position: .first)
            }.get()
        } catch {
            throw .tls
        }
    }

    func close() {
        channel.close(mode: .all, promise: nil)
    }

    private func wait(for reply: EventLoopFuture<SMTPReply>, step: MailError.Step, timeout: TimeAmount) async throws(MailError) -> SMTPReply {
        let end = min(deadline, .now() + timeout)
        // A second fulfilment of a promise does nothing, so reply and timer can race.
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        let timer = channel.eventLoop.scheduleTask(deadline: end) { promise.fail(MailError.timeout(step)) }
        reply.cascade(to: promise)
        defer { timer.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.fail(MailError.cancelled)
            }
        } catch {
            close()
            throw SMTPConnection.sorted(error, step: step)
        }
    }

    private static func sorted(_ error: any Error, step: MailError.Step) -> MailError {
        switch error {
        case let error as MailError: error
        case SMTPChannelError.violation: .protocolViolation(step)
        case SMTPChannelError.tls: .tls
        default: .connectionLost(step)
        }
    }

    /// Checks the certificate against the host's name; an address is checked against the certificate's addresses.
    private static func tlsHandler(_ context: NIOSSLContext, host: String) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: IPAddress(host) == nil ? host : nil)
    }
}
