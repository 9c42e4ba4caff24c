import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
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

    /// A connection whose client has thirty seconds for each piece.
    private struct Connection {
        let socket = Socket()
        let channel: EmbeddedChannel

        var isOpen: Bool { channel.isActive }

        init() throws {
            let address = ProblemAddress(APIServerConfiguration())
            channel = EmbeddedChannel(handlers: [socket, ConnectionGuard(address: address, unreadTimeout: .seconds(30))])
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
