import NIOCore

/// One connection of a load: sends, waits for the whole answer, sends again. Understands of HTTP what this takes: status and Content-Length.
final class HTTPLoadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let templates: [ByteBuffer]
    private let run: HTTPLoadRun
    private var turn: Int
    private var sent = NIODeadline.now()
    private var next = NIODeadline.now()
    private var received = ByteBuffer()
    private var isDone = false

    init(first: Int, templates: [ByteBuffer], run: HTTPLoadRun) {
        self.templates = templates
        self.run = run
        turn = first
    }

    func channelActive(context: ChannelHandlerContext) {
        next = .now()
        proceed(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        received.writeBuffer(&bytes)
        guard let status = takeAnswer() else { return }
        run.record(status: status, sent: sent)
        proceed(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isDone { finish(lost: true) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// Sends at once, or when the connection's next time has come; a late answer makes the next request no later than its own time.
    private func proceed(_ context: ChannelHandlerContext) {
        guard let pause = run.plan.pause() else { return send(context) }
        next = next + pause
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: next) {
            let (handler, context) = bound.value
            handler.send(context)
        }
    }

    private func send(_ context: ChannelHandlerContext) {
        guard !isDone else { return }
        guard run.take() else {
            finish(lost: false)
            context.close(promise: nil)
            return
        }
        sent = .now()
        context.writeAndFlush(wrapOutboundOut(templates[turn % templates.count]), promise: nil)
        turn += 1
    }

    private func finish(lost: Bool) {
        isDone = true
        run.close(lost: lost)
    }

    /// The status of the answer, once all of it is here.
    private func takeAnswer() -> Int? {
        guard let answer = received.withUnsafeReadableBytes(HTTPAnswerHead.init), received.readableBytes >= answer.length else { return nil }
        received.moveReaderIndex(forwardBy: answer.length)
        received.discardReadBytes()
        return answer.status
    }
}
