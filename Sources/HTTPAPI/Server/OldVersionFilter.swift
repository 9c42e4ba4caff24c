import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Does for requests of HTTP/1.0 what they need, while their version is known: it is lost when they are translated for the server library.
///
/// `Expect: 100-continue` is ignored (RFC 9110 10.1.1): these clients know no `100 Continue`, and would take it for the answer. And their connection ends with the
/// answer (RFC 9112 9.3): some wait for that end. Nobody is told that it could be kept. Only those of HTTP/1.1 must have a `Host` (RFC 9112 3.2): where they have
/// none they are given an empty one.
final class OldVersionFilter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// Puts it where requests still have their version; a pipeline without such a place, as in tests, stays as it is.
    static func add(to pipeline: ChannelPipeline) {
        let pipeline = pipeline.syncOperations
        guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else { return }
        // Fails only where the connection is closing.
        try? pipeline.addHandler(OldVersionFilter(), position: .before(codec))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), (head.version.major, head.version.minor) < (1, 1) else {
            context.fireChannelRead(data)
            return
        }
        if head.headers["expect"].allSatisfy(Expectation.isMet) { head.headers.remove(name: "expect") }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        if !head.headers.contains(name: "host") { head.headers.add(name: "host", value: "") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
