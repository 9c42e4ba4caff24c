import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Does for requests of HTTP/1.0 what they need, while their version is known: it is lost when they are translated for the server library.
///
/// `Expect: 100-continue` is ignored (RFC 9110 10.1.1): these clients know no `100 Continue`, and would take it for the answer. And their connection ends with the
/// answer (RFC 9112 9.3): some wait for that end. Nobody is told that it could be kept. Only those of HTTP/1.1 must have a `Host` (RFC 9112 3.2): where they have
/// none they are given an empty one. That of HTTP/1.1 names a host: one that names none is taken away, so that the request is refused like one without.
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
        guard case .head(var head) = unwrapInboundIn(data) else {
            context.fireChannelRead(data)
            return
        }
        guard (head.version.major, head.version.minor) < (1, 1) else {
            guard !head.headers["host"].allSatisfy(Self.isHost) else {
                context.fireChannelRead(data)
                return
            }
            head.headers.remove(name: "host")
            context.fireChannelRead(wrapInboundOut(.head(head)))
            return
        }
        if head.headers["expect"].allSatisfy(Expectation.isMet) { head.headers.remove(name: "expect") }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        if !head.headers.contains(name: "host") { head.headers.add(name: "host", value: "") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Whether a field's value may be a host with a port: not empty, and nothing in it that ends or divides the authority of an address (RFC 3986 3.2).
    static func isHost(_ value: String) -> Bool {
        guard let first = value.utf8.first, first != UInt8(ascii: ":") else { return false }
        return value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\\"<>^`{|}".utf8.contains($0) }
    }
}
