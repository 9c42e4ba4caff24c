import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers requests that are not even HTTP, in their turn, and closes connections whose answer says so, or whose client does not take it.
///
/// The server library answers parse errors with an empty 400, reads bodies to their end after any answer, and has no limit for the time in which an answer is
/// taken: whoever asked and never read would keep his connection, and the memory of his answers, for as long as he likes. A client takes his answer as long as his
/// side acknowledges more of it: the socket's own buffer holds up to megabytes, which a slow one may read for minutes before there is room for another piece.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What is handed to the socket at a time: who takes as much as this in his time gets on, however large the answer is.
    static let pieceBytes = 65_536
    /// Who takes less in his time has stopped, as far as a server can afford: a byte now and then would hold a connection, and the answer's memory, for days.
    static let leastBytes: UInt64 = 16_384

    private let address: ProblemAddress
    private let unreadTimeout: TimeAmount
    private let acknowledgedBytes: @Sendable (any Channel) -> EventLoopFuture<UInt64>?
    /// What the parser is reading; there from the beginning of a connection on.
    private var received: ReceivedBytes?
    /// Knows whether a body is still coming, and lets its sender have the answer first.
    private let rest = RestOfBody()
    private var requestsOpen = 0
    /// How many requests have begun in what is being read.
    private var requestsInRead = 0
    private var closesAfterAnswer = false
    /// What is wrong with what came behind requests that are still being answered: it is told after their answers.
    private var unanswered: ProblemCode?
    /// Whether the connection ends because its last answer said so.
    private var isAnswered = false
    /// How many pieces the socket has not taken yet.
    private var piecesOpen = 0
    /// When the socket last took a piece, the client was last seen to have got on, or the first piece was sent to him.
    private var lastTaken = NIODeadline.uptimeNanoseconds(0)
    /// How much the client's side had acknowledged when that was last looked at.
    private var acknowledged: UInt64 = 0
    /// One at a time, and moved on only when it is due: answers come faster than timers should be made.
    private var unreadCheck: Scheduled<Void>?
    /// There once somebody wants the connection closed, and completed when it is.
    private var closing: EventLoopPromise<Void>?

    /// - Parameter acknowledgedBytes: how much of what was sent the other side of a connection has acknowledged so far; nil where that cannot be told.
    init(
        address: ProblemAddress,
        unreadTimeout: TimeAmount,
        acknowledgedBytes: @escaping @Sendable (any Channel) -> EventLoopFuture<UInt64>? = AcknowledgedBytes.read
    ) {
        self.address = address
        self.unreadTimeout = unreadTimeout
        self.acknowledgedBytes = acknowledgedBytes
    }

    func handlerAdded(context: ChannelHandlerContext) {
        OldVersionFilter.add(to: context.pipeline)
        received = ReceivedBytes.add(to: context.pipeline)
        // Fails only where the connection is closing.
        try? context.pipeline.syncOperations.addHandler(rest, position: .before(self))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        unreadCheck?.cancel()
        unreadCheck = nil
        closing?.fail(ChannelError.ioOnClosedChannel)
        closing = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What comes after the last answer is not served.
        guard closing == nil else { return }
        if case .head = unwrapInboundIn(data) {
            requestsOpen += 1
            requestsInRead += 1
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        requestsInRead = 0
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = head.headerFields[.connection] == "close"
            send(.head(head), promise, context)
        case .body(var buffer):
            while buffer.readableBytes > Self.pieceBytes, let piece = buffer.readSlice(length: Self.pieceBytes) {
                send(.body(piece), nil, context)
            }
            send(.body(buffer), promise, context)
        case .end(let fields):
            requestsOpen -= 1
            send(.end(fields), promise, context)
            if closesAfterAnswer {
                end(context)
            } else if requestsOpen == 0, let code = unanswered {
                answer(code, context)
            }
        }
    }

    /// Closes the connection once the client has his answer.
    private func end(_ context: ChannelHandlerContext) {
        context.flush()
        isAnswered = true
        close(context: context, mode: .all, promise: nil)
    }

    /// Waits until the client has what was sent to him: what a socket has not taken when it is closed is thrown away, and the answer would be cut off.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, piecesOpen > 0 else {
            if mode == .all, isAnswered { rest.close(promise: promise) } else { context.close(mode: mode, promise: promise) }
            return
        }
        let closing = self.closing ?? context.eventLoop.makePromise(of: Void.self)
        closing.futureResult.cascade(to: promise)
        self.closing = closing
    }

    /// Hands a piece on, and watches whether the client takes it.
    private func send(_ part: HTTPResponsePart, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        let taken = context.eventLoop.makePromise(of: Void.self)
        taken.futureResult.cascade(to: promise)
        taken.futureResult.assumeIsolated().whenComplete { _ in
            self.piecesOpen -= 1
            self.lastTaken = context.eventLoop.now
            guard self.piecesOpen == 0, let closing = self.closing else { return }
            self.closing = nil
            self.close(context: context, mode: .all, promise: closing)
        }
        if piecesOpen == 0 { lastTaken = context.eventLoop.now }
        piecesOpen += 1
        watch(context)
        context.write(wrapOutboundOut(part), promise: taken)
    }

    private func watch(_ context: ChannelHandlerContext) {
        guard unreadCheck == nil else { return }
        look(context) { _ in }
        setCheck(context)
    }

    /// Whatever comes between two of these looks is at most the client's time: who got on at all since the last one is given all of it again, and who did not has had it.
    private func setCheck(_ context: ChannelHandlerContext) {
        unreadCheck = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastTaken + unreadTimeout) {
            self.unreadCheck = nil
            guard self.piecesOpen > 0 else { return }
            self.look(context) { hasGotOn in
                guard self.piecesOpen > 0, self.unreadCheck == nil else { return }
                if hasGotOn { self.lastTaken = context.eventLoop.now }
                if context.eventLoop.now >= self.lastTaken + self.unreadTimeout {
                    context.close(promise: nil)
                } else {
                    self.setCheck(context)
                }
            }
        }
    }

    /// Asks the system how far the client has come: once when a check is set, and with each, not with each answer.
    ///
    /// - Parameter then: is told whether that is further than the last time, by enough.
    private func look(_ context: ChannelHandlerContext, then: @escaping (Bool) -> Void) {
        guard let reading = acknowledgedBytes(context.channel) else {
            then(false)
            return
        }
        reading.assumeIsolated().whenComplete { result in
            let count = (try? result.get()) ?? 0
            let hasGotOn = count >= self.acknowledged + Self.leastBytes
            self.acknowledged = max(count, self.acknowledged)
            then(hasGotOn)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Whatever comes behind what is no HTTP is none, either.
        guard unanswered == nil else { return }
        // A body that breaks is told of by who reads it.
        guard let error = error as? HTTPParserError, requestsOpen == 0 || !rest.isReceiving else {
            context.fireErrorCaught(error)
            return
        }
        let code: ProblemCode =
            switch error {
            case .headerOverflow: .headersTooLarge
            case .invalidMethod where received?.mayBeRequest(behind: requestsInRead) ?? true: .notImplemented
            default: .malformedRequest
            }
        // Answers come in the order of the requests (RFC 9112 9.3.2).
        guard requestsOpen == 0 else {
            unanswered = code
            return
        }
        answer(code, context)
    }

    private func answer(_ code: ProblemCode, _ context: ChannelHandlerContext) {
        let problem = Problem(code)
        let requestID = RequestIDSource.next()
        let body = problem.body(instance: "/", requestID: requestID, address: address.text)
        var headers: HTTPFields = [.contentType: Problem.mediaType, .contentLength: String(body.count), .connection: "close"]
        headers[.requestID] = requestID
        SecurityHeaders.add(to: &headers)
        send(.head(HTTPResponse(status: problem.status, headerFields: headers)), nil, context)
        send(.body(ByteBuffer(bytes: body)), nil, context)
        send(.end(nil), nil, context)
        end(context)
    }
}
