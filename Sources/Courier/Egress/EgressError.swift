/// Why a destination is refused or could not be found. Holds no addresses: tenants must not learn what lies in our network.
public enum EgressError: Error, Equatable, Sendable {
    case invalidURL(EgressURL.Fault)
    case plainHTTP
    case deniedPort(Int)
    case deniedAddress(purpose: String)
    case unresolvable
    case resolutionTimeout
}

extension EgressError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidURL(let fault): "the URL is not valid: \(fault.rawValue)"
        case .plainHTTP: "the URL must begin with https://"
        case .deniedPort(let port): "port \(port) is not allowed"
        case .deniedAddress(let purpose): "the host's address is not allowed (\(purpose))"
        case .unresolvable: "the host name has no address"
        case .resolutionTimeout: "the host name could not be resolved in time"
        }
    }
}

extension EgressError {
    /// Whether a later attempt may go another way without the URL being changed.
    public var isTemporary: Bool {
        switch self {
        case .unresolvable, .resolutionTimeout: true
        // What a name resolves to can change, but an address that was forbidden should be looked at by a person.
        case .invalidURL, .plainHTTP, .deniedPort, .deniedAddress: false
        }
    }
}
