/// How the API is served.
public struct APIServerConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose; `onRunning` then tells.
    public var port: Int
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
    public var logsSuccesses: Bool

    public init(
        host: String = "127.0.0.1",
        port: Int = 8080,
        maximumConnections: Int = 4_096,
        maximumRequestsInFlight: Int = 512,
        maximumRequestsWaiting: Int = 1_024,
        maximumRequestsWaitingOfTenant: Int = 64,
        timeout: Duration = .seconds(15),
        idleSeconds: Int64 = 60,
        logsSuccesses: Bool = true
    ) {
        self.host = host
        self.port = port
        self.maximumConnections = maximumConnections
        self.maximumRequestsInFlight = maximumRequestsInFlight
        self.maximumRequestsWaiting = maximumRequestsWaiting
        self.maximumRequestsWaitingOfTenant = maximumRequestsWaitingOfTenant
        self.timeout = timeout
        self.idleSeconds = idleSeconds
        self.logsSuccesses = logsSuccesses
    }
}
