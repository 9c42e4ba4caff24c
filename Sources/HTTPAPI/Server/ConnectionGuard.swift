import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers requests that are not even HTTP, and closes connections whose answer says so.
///
/// The server library answers parse errors with an empty 400, and reads bodies to their end after any answer.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let address: ProblemAddress
    private var requestsOpen = 0
    private var closesAfterAnswer = false

    init(address: ProblemAddress) {
        self.address = address
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            requestsOpen += 1
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            closesAfterAnswer = head.headerFields[.connection] == "close"
            context.write(data, promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            requestsOpen -= 1
            if closesAfterAnswer {
                context.writeAndFlush(data, promise: promise)
                context.close(promise: nil)
            } else {
                context.write(data, promise: promise)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // While an earlier request of the connection is still being answered, an answer to the broken one would come in its place.
        guard let error = error as? HTTPParserError, requestsOpen == 0 else {
            context.fireErrorCaught(error)
            return
        }
        let problem = Problem(error == .headerOverflow ? .headersTooLarge : .malformedRequest)
        let requestID = RequestIDSource.next()
        let body = problem.body(instance: "/", requestID: requestID, address: address.text)
        var headers: HTTPFields = [.contentType: Problem.mediaType, .contentLength: String(body.count), .connection: "close"]
        headers[.requestID] = requestID
        SecurityHeaders.add(to: &headers)
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
