import AsyncHTTPClient
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension WebhookTransportError {
    /// Sorts the errors of the layers below. Their texts are dropped: they may hold addresses of our network.
    init(_ error: any Error) {
        switch error {
        case let error as WebhookTransportError: self = error
        case let error as EgressError: self = .egress(error)
        case is CancellationError: self = .cancelled
        case let error as HTTPClientError: self = WebhookTransportError.sorted(error)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .tls
        case is NIOConnectionError: self = .connect
        case ChannelError.connectTimeout: self = .connect
        case let error as IOError where WebhookTransportError.connectErrors.contains(error.errnoCode): self = .connect
        default: self = .protocolViolation
        }
    }

    private static let connectErrors = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, EADDRNOTAVAIL, EACCES, EPERM, ETIMEDOUT]

    private static func sorted(_ error: HTTPClientError) -> WebhookTransportError {
        switch error {
        case .connectTimeout: .connect
        case .tlsHandshakeTimeout: .tls
        case .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout: .timeout
        case .cancelled: .cancelled
        default: .protocolViolation
        }
    }
}
