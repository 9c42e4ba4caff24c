import NIOCore
public import NIOPosix
package import NIOSSL

/// Hands mails to one SMTP server, each over a connection of its own (RFC 5321, STARTTLS RFC 3207, AUTH RFC 4954).
public struct SMTPTransport: MailTransport {
    private let configuration: SMTPConfiguration
    private let tls: NIOSSLContext?
    private let group: MultiThreadedEventLoopGroup
    private let resolver: (any Resolver & Sendable)?

    /// - Throws: ``MailError/tls`` where the system's certificates cannot be loaded.
    public init(configuration: SMTPConfiguration, group: MultiThreadedEventLoopGroup = .singleton) throws(MailError) {
        try self.init(configuration: configuration, group: group, trustRoots: .default)
    }

    /// - Parameters:
    ///   - trustRoots: tests trust a certificate of their own.
    ///   - resolver: tests give the host addresses of their own; nil asks the system.
    package init(
        configuration: SMTPConfiguration,
        group: MultiThreadedEventLoopGroup,
        trustRoots: NIOSSLTrustRoots,
        resolver: (any Resolver & Sendable)? = nil
    ) throws(MailError) {
        self.configuration = configuration
        self.group = group
        self.resolver = resolver
        guard configuration.security != .none else {
            tls = nil
            return
        }
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.trustRoots = trustRoots
        settings.minimumTLSVersion = .tlsv12
        do {
            tls = try NIOSSLContext(configuration: settings)
        } catch {
            throw .tls
        }
    }

    public func send(_ message: [UInt8], to envelope: MailEnvelope) async throws(MailError) -> MailReceipt {
        guard SMTPContent.isAcceptable(message) else { throw .unacceptableMessage }
        let timeouts = configuration.timeouts
        let connection = try await SMTPConnection.open(
            host: configuration.host,
            port: configuration.port,
            tls: configuration.security == .implicitTLS ? tls : nil,
            timeout: TimeAmount(timeouts.connect),
            deadline: .now() + TimeAmount(timeouts.total),
            group: group,
            resolver: resolver
        )
        defer { connection.close() }
        return try await SMTPSession(connection: connection, configuration: configuration, tls: tls).deliver(message, to: envelope)
    }
}
