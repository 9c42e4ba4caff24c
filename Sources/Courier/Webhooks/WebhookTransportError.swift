/// Why an attempt got no answer.
public enum WebhookTransportError: Error, Equatable, Sendable {
    /// The destination is refused or has no address.
    case egress(EgressError)
    /// The connection was refused or not made in time.
    case connect
    /// The certificate or the handshake failed.
    case tls
    /// No complete answer in time.
    case timeout
    /// The connection broke or the answer was not HTTP.
    case protocolViolation
    /// We stopped the attempt ourselves; it must not count against the endpoint.
    case cancelled
}

extension WebhookTransportError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .egress(let error): error.description
        case .connect: "the connection could not be made"
        case .tls: "the TLS handshake failed"
        case .timeout: "no complete answer in time"
        case .protocolViolation: "the connection broke or the answer was not HTTP"
        case .cancelled: "the attempt was stopped"
        }
    }
}
