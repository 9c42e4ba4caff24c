import NIOCore
import NIOHTTP1

/// Gives requests of HTTP/1.0 an empty `Host` where they have none.
///
/// Only those of HTTP/1.1 must have one (RFC 9112 3.2), and once they are converted nobody can tell which were which.
final class OldRequestHost: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version.major == 1, head.version.minor == 0, !head.headers.contains(name: "Host")
        else {
            context.fireChannelRead(data)
            return
        }
        head.headers.add(name: "Host", value: "")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
