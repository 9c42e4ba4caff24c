import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// What a scripted server does in answer to a line.
enum ScriptedAction: Sendable {
    case send(String)
    /// Byte by byte, one each interval, until the client goes.
    case drip(String, every: TimeAmount)
    /// The same text for ever, until the client goes.
    case flood(String)
    case startTLS
    case close
}

/// Decides what a server answers on one connection.
protocol ScriptedDialogue: Sendable {
    mutating func connected() -> [ScriptedAction]
    mutating func received(line: String) -> [ScriptedAction]
}

/// A TCP server on a loopback port of the system's choice that follows a script, however evil.
final class ScriptedServer: Sendable {
    let port: Int
    private let channel: any Channel
    private let log: LineLog

    private init(channel: any Channel, port: Int, log: LineLog) {
        self.channel = channel
        self.port = port
        self.log = log
    }

    /// All lines received so far, without their ends, over all connections.
    var lines: [String] { log.lines }

    /// How many connections have come in.
    var connections: Int { log.connections }

    static func with<Result>(
        tls: NIOSSLContext? = nil,
        _ makeDialogue: @escaping @Sendable () -> any ScriptedDialogue,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let log = LineLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ScriptedHandler(dialogue: makeDialogue(), log: log, tls: tls))
                }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let server = ScriptedServer(channel: channel, port: channel.localAddress?.port ?? 0, log: log)
        do {
            let result = try await body(server)
            try await channel.close().get()
            return result
        } catch {
            try? await channel.close().get()
            throw error
        }
    }
}

/// What a server has received, for tests to look at from their own tasks.
final class LineLog: Sendable {
    private let state = Mutex<(lines: [String], connections: Int)>(([], 0))

    var lines: [String] { state.withLock { $0.lines } }
    var connections: Int { state.withLock { $0.connections } }

    func add(_ line: String) {
        state.withLock { $0.lines.append(line) }
    }

    func connect() {
        state.withLock { $0.connections += 1 }
    }
}

private final class ScriptedHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var dialogue: any ScriptedDialogue
    private let log: LineLog
    private let tls: NIOSSLContext?
    private var pending: [UInt8] = []

    init(dialogue: any ScriptedDialogue, log: LineLog, tls: NIOSSLContext?) {
        self.dialogue = dialogue
        self.log = log
        self.tls = tls
    }

    func channelActive(context: ChannelHandlerContext) {
        log.connect()
        perform(dialogue.connected(), context: context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            guard byte == UInt8(ascii: "\n") else {
                pending.append(byte)
                continue
            }
            let text = String(decoding: pending.last == UInt8(ascii: "\r") ? pending.dropLast() : pending[...], as: UTF8.self)
            pending = []
            log.add(text)
            perform(dialogue.received(line: text), context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func perform(_ actions: [ScriptedAction], context: ChannelHandlerContext) {
        for action in actions {
            switch action {
            case .send(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .drip(let text, let interval): ScriptedHandler.drip(Array(text.utf8)[...], every: interval, to: context.channel)
            case .flood(let text): ScriptedHandler.flood(ByteBuffer(string: text), to: context.channel)
            case .startTLS:
                guard let tls else { return context.close(promise: nil) }
                try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
            case .close: context.close(promise: nil)
            }
        }
    }

    private static func drip(_ bytes: ArraySlice<UInt8>, every interval: TimeAmount, to channel: any Channel) {
        guard let first = bytes.first, channel.isActive else { return }
        channel.writeAndFlush(ByteBuffer(bytes: [first]), promise: nil)
        channel.eventLoop.scheduleTask(in: interval) { drip(bytes.dropFirst(), every: interval, to: channel) }
    }

    private static func flood(_ buffer: ByteBuffer, to channel: any Channel) {
        channel.writeAndFlush(buffer).whenSuccess {
            // A pause, however short, lets the loop serve its other channels: the client's may be among them.
            channel.eventLoop.scheduleTask(in: .milliseconds(1)) { flood(buffer, to: channel) }
        }
    }
}
