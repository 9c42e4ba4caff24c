import NIOCore
import NIOHTTPTypes

/// Ends a connection whose client is still sending the body of a request that was answered without it.
///
/// A socket that is closed with something unread in it resets the connection, and the client loses the answer with it. So the server ends its own side first, throws
/// away what still comes, and closes when the client has done: but not for long, and not for much.
final class RestOfBody: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    /// What is thrown away at most. Any number of bytes costs nothing but the time in which they come, which is bounded, too.
    struct Limits: Sendable {
        var bytes = 16 << 20
        /// Within which the next bytes come.
        var patience = TimeAmount.seconds(1)
        /// In all.
        var time = TimeAmount.seconds(10)
    }

    private let limits: Limits
    private var context: ChannelHandlerContext?
    /// Whether the body of the last request that came is not there as a whole.
    private(set) var isReceiving = false
    /// What was thrown away; nil while parts are passed on.
    private var discarded: Int?
    private var lastReceived = NIODeadline.uptimeNanoseconds(0)
    private var end = NIODeadline.uptimeNanoseconds(0)
    private var check: Scheduled<Void>?

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
        check = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head: isReceiving = true
        case .body: break
        case .end: isReceiving = false
        }
        guard let count = discarded else {
            context.fireChannelRead(data)
            return
        }
        lastReceived = context.eventLoop.now
        guard case .body(let piece) = part, count + piece.readableBytes <= limits.bytes else {
            context.close(promise: nil)
            return
        }
        discarded = count + piece.readableBytes
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Nobody behind it asks for more.
        if discarded != nil { context.read() }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard discarded != nil else {
            context.fireErrorCaught(error)
            return
        }
        context.close(promise: nil)
    }

    /// Closes the connection, at once where nothing is to come any more. The client has the last answer.
    func close(promise: EventLoopPromise<Void>?) {
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard isReceiving, discarded == nil else {
            context.close(promise: promise)
            return
        }
        context.channel.closeFuture.cascade(to: promise)
        discarded = 0
        lastReceived = context.eventLoop.now
        end = lastReceived + limits.time
        context.close(mode: .output, promise: nil)
        setCheck(context)
        context.read()
    }

    private func setCheck(_ context: ChannelHandlerContext) {
        check = context.eventLoop.assumeIsolated().scheduleTask(deadline: min(end, lastReceived + self.limits.patience)) {
            let now = context.eventLoop.now
            if now >= self.end || now >= self.lastReceived + self.limits.patience {
                context.close(promise: nil)
            } else {
                self.setCheck(context)
            }
        }
    }
}
