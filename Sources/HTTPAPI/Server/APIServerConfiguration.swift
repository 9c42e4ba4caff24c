/// How the API is served.
public struct APIServerConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose; `onRunning` then tells.
    public var port: Int
    /// Where callers reach it, for example through a balancer; nil: where it listens.
    public var publicURL: PublicURL?
    public var maximumConnections: Int
    /// A tenant gets at most half of them.
    public var maximumRequestsInFlight: Int
    /// Requests that wait for events; they take no place of the others.
    public var maximumRequestsWaiting: Int
    public var maximumRequestsWaitingOfTenant: Int
    /// For requests before their operation is known; an operation has its own.
    public var timeout: Duration
    /// After which a connection without a request, or with one that does not get on, is closed.
    public var idleSeconds: Int64
    /// After which a connection is closed whose client takes nothing of an answer that is being sent.
    public var unreadTimeout: Duration
    public var logsSuccesses: Bool

    public init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        publicURL: PublicURL? = nil,
        maximumConnections: Int = 4_096,
        maximumRequestsInFlight: Int = 512,
        maximumRequestsWaiting: Int = 1_024,
        maximumRequestsWaitingOfTenant: Int = 64,
        timeout: Duration = .seconds(15),
        idleSeconds: Int64 = 60,
        unreadTimeout: Duration = .seconds(30),
        logsSuccesses: Bool = true
    ) {
        self.host = host
        self.port = port
        self.publicURL = publicURL
        self.maximumConnections = maximumConnections
        self.maximumRequestsInFlight = maximumRequestsInFlight
        self.maximumRequestsWaiting = maximumRequestsWaiting
        self.maximumRequestsWaitingOfTenant = maximumRequestsWaitingOfTenant
        self.timeout = timeout
        self.idleSeconds = idleSeconds
        self.unreadTimeout = unreadTimeout
        self.logsSuccesses = logsSuccesses
    }

    /// Where callers reach it, as far as that is known before it listens: nil where the system chooses the port, or where it listens on all addresses of the
    /// machine and nobody has told.
    public var address: PublicURL? { publicURL ?? PublicURL(host: host, port: port) }
}
