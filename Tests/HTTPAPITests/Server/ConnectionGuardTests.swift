import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import HTTPAPI

/// When a connection ends whose client does not take his answer; with a clock of its own.
@Suite struct ConnectionGuardTests {
    /// A socket that takes as many pieces as the test lets it.
    private final class Socket: ChannelOutboundHandler {
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        private(set) var waiting: [EventLoopPromise<Void>?] = []

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            waiting.append(promise)
        }

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            for piece in waiting { piece?.fail(ChannelError.ioOnClosedChannel) }
            waiting = []
            context.close(mode: mode, promise: promise)
        }

        func take(_ count: Int = 1) {
            let taken = Array(waiting.prefix(count))
            waiting.removeFirst(taken.count)
            for piece in taken { piece?.succeed(()) }
        }
    }

    /// What the client's side has acknowledged.
    private final class Acknowledged: Sendable {
        private let bytes = Mutex<UInt64>(0)

        func add(_ count: UInt64) {
            bytes.withLock { $0 += count }
        }

        @Sendable
        func read(_ channel: any Channel) -> EventLoopFuture<UInt64>? {
            channel.eventLoop.makeSucceededFuture(bytes.withLock { $0 })
        }
    }

    /// A connection whose client has thirty seconds for each piece.
    private struct Connection {
        let socket = Socket()
        let acknowledged = Acknowledged()
        let channel: EmbeddedChannel

        var isOpen: Bool { channel.isActive }

        init() throws {
            let address = ProblemAddress(APIServerConfiguration())
            let guarding = ConnectionGuard(address: address, unreadTimeout: .seconds(30), acknowledgedBytes: acknowledged.read)
            channel = EmbeddedChannel(handlers: [socket, guarding])
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        }

        func answer(bytes: Int, fields: HTTPFields = [:]) {
            let head = HTTPResponse(status: .ok, headerFields: fields)
            let parts: [HTTPResponsePart] = [.head(head), .body(ByteBuffer(repeating: 0x61, count: bytes)), .end(nil)]
            for part in parts { channel.pipeline.syncOperations.write(NIOAny(part), promise: nil) }
        }

        func advance(_ seconds: Int64) {
            channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
        }

        func finish() {
            socket.take(.max)
            _ = try? channel.finish(acceptAlreadyClosed: true)
        }
    }

    @Test("Who takes nothing of his answer for the time that he has loses the connection, and not before")
    func closesWhatIsNotTaken() throws {
        let connection = try Connection()
        defer { connection.finish() }
        connection.answer(bytes: 1)
        connection.advance(29)
        #expect(connection.isOpen)
        connection.socket.take()
        connection.advance(29)
        #expect(connection.isOpen)
        connection.advance(1)
        #expect(!connection.isOpen)
    }

    @Test("Who gets on keeps the connection, however large the answer; and who has taken all of it may take his time")
    func keepsWhatIsTaken() throws {
        let connection = try Connection()
        defer { connection.finish() }
        connection.answer(bytes: 3 * ConnectionGuard.pieceBytes)
        // The head, the body in three pieces, the end.
        #expect(connection.socket.waiting.count == 5)
        for _ in 1...5 {
            connection.advance(29)
            #expect(connection.isOpen)
            connection.socket.take()
        }
        connection.advance(3_600)
        #expect(connection.isOpen)
        // The next answer has all of its time.
        connection.answer(bytes: 1)
        connection.advance(29)
        #expect(connection.isOpen)
        connection.advance(1)
        #expect(!connection.isOpen)
    }

    @Test("Who reads, however slowly, keeps the connection, though the socket has no room for more; who then stops has his time, and no more")
    func keepsWhatIsReadSlowly() throws {
        let connection = try Connection()
        defer { connection.finish() }
        // As an earlier answer left it.
        connection.acknowledged.add(1_000)
        connection.answer(bytes: 3 * ConnectionGuard.pieceBytes)
        for _ in 1...10 {
            connection.advance(29)
            connection.acknowledged.add(ConnectionGuard.leastBytes)
            connection.advance(1)
            #expect(connection.isOpen)
        }
        connection.advance(29)
        #expect(connection.isOpen)
        connection.advance(1)
        #expect(!connection.isOpen)
    }

    @Test("Who takes a byte now and then has stopped")
    func closesOnTrickles() throws {
        let connection = try Connection()
        defer { connection.finish() }
        connection.answer(bytes: 3 * ConnectionGuard.pieceBytes)
        connection.advance(29)
        connection.acknowledged.add(ConnectionGuard.leastBytes - 1)
        connection.advance(1)
        #expect(!connection.isOpen)
    }

    @Test("The system counts what the other side has acknowledged", .timeLimit(.minutes(2)))
    func countsWhatIsAcknowledged() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let (accepted, sink) = AsyncStream.makeStream(of: (any Channel).self)
        let server = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                sink.yield(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let client = try await RawClient.deaf(port: try #require(server.localAddress?.port), buffer: 65_536)
        let channel = try #require(await accepted.first { _ in true })
        let bytes = 8 << 20
        channel.writeAndFlush(ByteBuffer(repeating: 0x61, count: bytes), promise: nil)
        func acknowledged() async throws -> UInt64 { try await #require(AcknowledgedBytes.read(channel)).get() }
        #expect(try await eventually { try await acknowledged() > 0 })
        #expect(try await acknowledged() < UInt64(bytes))
        try await client.setOption(ChannelOptions.autoRead, value: true).get()
        #expect(try await eventually { try await acknowledged() >= UInt64(bytes) })
        try await client.close()
        // The other side may have ended with it.
        try? await channel.close()
        try await server.close()
    }

    @Test("A connection that closes does so once its client has taken the whole answer", arguments: [true, false])
    func closesAfterTheAnswer(closesItself: Bool) throws {
        let connection = try Connection()
        defer { connection.finish() }
        connection.answer(bytes: 1, fields: closesItself ? [.connection: "close"] : [:])
        if !closesItself { connection.channel.close(mode: .all, promise: nil) }
        // The head and the body; the end is still to come.
        connection.socket.take(2)
        #expect(connection.isOpen)
        connection.socket.take()
        #expect(!connection.isOpen)
    }
}
