import HTTPTypes
import NIOCore
import NIOHTTPTypes

extension Exchange {
    /// Gives a client who waits for it leave to send the body (RFC 9110 10.1.1).
    ///
    /// The answer comes after it: both go through the connection's event loop, in the order in which they were handed to it.
    func sendContinue() {
        channel?.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
    }
}
