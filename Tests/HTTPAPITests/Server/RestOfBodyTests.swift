import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTPAPI

/// How long, and for how much, a client is waited for that still sends what nobody reads.
@Suite struct RestOfBodyTests {
    /// A socket whose own side may end before the connection does.
    private final class Socket: ChannelOutboundHandler {
        typealias OutboundIn = Never

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            if mode == .all { context.close(mode: mode, promise: promise) } else { promise?.succeed(()) }
        }
    }

    private struct Connection {
        let rest = RestOfBody(limits: RestOfBody.Limits(bytes: 100, patience: .seconds(1), time: .seconds(10)))
        let channel: EmbeddedChannel

        var isOpen: Bool { channel.isActive }

        init() throws {
            channel = EmbeddedChannel(handlers: [Socket(), rest])
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        }

        func send(_ part: HTTPRequestPart) {
            _ = try? channel.writeInbound(part)
            channel.embeddedEventLoop.run()
        }

        func begin() {
            send(.head(HTTPRequest(method: .post, scheme: nil, authority: "a", path: "/")))
            send(.body(ByteBuffer(repeating: 0x61, count: 1_000)))
        }

        func piece(_ bytes: Int) { send(.body(ByteBuffer(repeating: 0x61, count: bytes))) }

        func close() {
            rest.close(promise: nil)
            channel.embeddedEventLoop.run()
        }

        func advance(milliseconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds)) }

        func finish() { _ = try? channel.finish(acceptAlreadyClosed: true) }
    }

    @Test("Where nothing is to come, the connection ends at once; and where all has come, then")
    func nothingToCome() throws {
        let (idle, whole, late) = (try Connection(), try Connection(), try Connection())
        defer { [idle, whole, late].forEach { $0.finish() } }
        idle.close()
        #expect(!idle.isOpen)
        whole.begin()
        whole.send(.end(nil))
        whole.close()
        #expect(!whole.isOpen)
        late.begin()
        late.close()
        #expect(late.isOpen)
        late.send(.end(nil))
        #expect(!late.isOpen)
    }

    @Test("What comes is thrown away, up to so many bytes")
    func bytes() throws {
        let connection = try Connection()
        defer { connection.finish() }
        connection.begin()
        #expect(try connection.channel.readInbound(as: HTTPRequestPart.self) != nil)
        #expect(try connection.channel.readInbound(as: HTTPRequestPart.self) != nil)
        connection.close()
        connection.piece(60)
        connection.piece(40)
        #expect(connection.isOpen)
        #expect(try connection.channel.readInbound(as: HTTPRequestPart.self) == nil)
        connection.piece(1)
        #expect(!connection.isOpen)
    }

    @Test("Who sends nothing for a while is not waited for, and whoever drips not for ever")
    func time() throws {
        let (silent, dripping) = (try Connection(), try Connection())
        defer { [silent, dripping].forEach { $0.finish() } }
        for connection in [silent, dripping] {
            connection.begin()
            connection.close()
        }
        silent.advance(milliseconds: 999)
        #expect(silent.isOpen)
        silent.advance(milliseconds: 1)
        #expect(!silent.isOpen)
        for _ in 0..<19 {
            dripping.advance(milliseconds: 500)
            dripping.piece(1)
            #expect(dripping.isOpen)
        }
        dripping.advance(milliseconds: 500)
        #expect(!dripping.isOpen)
    }
}
