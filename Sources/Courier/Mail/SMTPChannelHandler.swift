import NIOCore

/// What the session writes to its channel: bytes to send, and a promise for the reply to them.
struct SMTPExchange: Sendable {
    let bytes: ByteBuffer
    let reply: EventLoopPromise<SMTPReply>
}

/// How an exchange fails inside the channel.
enum SMTPChannelError: Error, Equatable {
    case closed
    case violation
    case tls
}

/// Pairs each exchange with the one reply to it. There is never more than one under way.
///
/// Bytes that nobody waits for end the session: in particular what a man in the middle puts behind the reply to STARTTLS, which must not be
/// taken for part of the protected session (the command-injection class of CVE-2011-0411).
final class SMTPChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = SMTPExchange
    typealias OutboundOut = ByteBuffer

    private var waiting: EventLoopPromise<SMTPReply>?
    private var parser = SMTPReplyParser()
    private var failure: SMTPChannelError?
    private let ended: EventLoopPromise<Void>

    /// - Parameters:
    ///   - greeting: for the reply that the server sends first.
    ///   - ended: fails with the reason when the session ends. A session can end between two exchanges (a handshake that fails after
    ///     STARTTLS), and the next one would find only a closed channel.
    init(greeting: EventLoopPromise<SMTPReply>, ended: EventLoopPromise<Void>) {
        waiting = greeting
        self.ended = ended
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        guard failure == nil, waiting == nil else {
            exchange.reply.fail(failure ?? .violation)
            promise?.fail(failure ?? .violation)
            return
        }
        waiting = exchange.reply
        context.write(wrapOutboundOut(exchange.bytes), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard failure == nil else { return }
        for byte in unwrapInboundIn(data).readableBytesView {
            guard let promise = waiting, let result = feed(byte) else {
                if waiting == nil { return fail(.violation, context: context) }
                continue
            }
            switch result {
            case .success(let reply):
                waiting = nil
                promise.succeed(reply)
            case .failure:
                return fail(.violation, context: context)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.closed, context: context)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        settle(.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error is IOError || error is ChannelError ? .closed : .tls, context: context)
    }

    /// - Returns: nil while the reply goes on.
    private func feed(_ byte: UInt8) -> Result<SMTPReply, SMTPReplyParser.Violation>? {
        do throws(SMTPReplyParser.Violation) {
            return try parser.feed(byte).map { .success($0) }
        } catch {
            return .failure(error)
        }
    }

    private func fail(_ error: SMTPChannelError, context: ChannelHandlerContext) {
        guard failure == nil else { return }
        settle(error)
        context.close(promise: nil)
    }

    private func settle(_ error: SMTPChannelError) {
        guard failure == nil else { return }
        failure = error
        ended.fail(error)
        waiting?.fail(error)
        waiting = nil
    }
}
