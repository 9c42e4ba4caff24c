import NIOCore
import NIOPosix
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Sends bytes as they are.
enum RawClient {
    /// Sends, and reads until the server closes.
    ///
    /// - Parameter ends: whether the client ends its side of the connection after the bytes, and only listens from then on.
    static func exchange(_ request: String, port: Int, ends: Bool = false) async throws -> String {
        try await connect(port: port, ends: ends).executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            if ends { outbound.finish() }
            var answer = ""
            for try await part in inbound {
                answer += String(buffer: part)
            }
            return answer
        }
    }

    /// Sends the head, and the body once the server has said something.
    ///
    /// - Returns: what the server said before the body, and all that it said after it.
    static func exchange(head: String, thenBody body: String, port: Int) async throws -> (before: String, after: String) {
        try await connect(port: port).executeThenClose { inbound, outbound in
            var parts = inbound.makeAsyncIterator()
            try await outbound.write(ByteBuffer(string: head))
            var before = ""
            while !before.contains("\r\n\r\n"), let part = try await parts.next() {
                before += String(buffer: part)
            }
            try await outbound.write(ByteBuffer(string: body))
            var after = ""
            while let part = try await parts.next() {
                after += String(buffer: part)
            }
            return (before, after)
        }
    }

    /// Sends everything, and reads nothing before that: what many clients do.
    static func exchangeReadingLast(_ request: String, port: Int) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(ChannelOptions.autoRead, value: false)
            // That the server has said all that it has to say ends nothing.
            .channelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await channel.channel.writeAndFlush(ByteBuffer(string: request)).get()
            try await channel.channel.setOption(ChannelOptions.autoRead, value: true).get()
            var answer = ""
            for try await part in inbound { answer += String(buffer: part) }
            return answer
        }
    }

    /// Sends, and breaks the connection off once it is time to.
    static func reset(after request: String, port: Int, when isTime: @Sendable () async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port).get()
        channel.writeAndFlush(ByteBuffer(string: request), promise: nil)
        try await isTime()
        // A socket that is closed so sends no end but a reset.
        let options = try #require(channel as? any SocketOptionProvider)
        try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// A connection that does not read.
    ///
    /// - Parameter buffer: how many bytes the system may keep for it; nil leaves that to the system.
    static func deaf(port: Int, buffer: Int? = nil) async throws -> any Channel {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        if let buffer { bootstrap = bootstrap.channelOption(ChannelOptions.socketOption(.so_rcvbuf), value: buffer) }
        return
            try await bootstrap
            .channelOption(ChannelOptions.autoRead, value: false)
            .connect(host: "127.0.0.1", port: port)
            .get()
    }

    private static func connect(port: Int, ends: Bool = false) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: ends)
                    )
                }
            }
    }
}
