import Configuration
import Courier
import Domain

/// Where e-mail goes out, and from whom.
public struct MailConfiguration: Sendable {
    let smtp: SMTPConfiguration
    let sender: Mailbox

    /// - Parameter machineName: what the machine calls itself.
    /// - Returns: nil where no mail server is configured.
    /// - Throws: ``ConfigurationProblem`` for settings that do not fit together.
    init?(_ reader: ConfigReader, machineName: String? = MachineName.current) throws {
        guard let host = reader.string(forKey: "smtp.host") else {
            try Self.requireNothing(reader)
            return nil
        }
        guard let from = reader.string(forKey: "smtp.from"), let address = EmailAddress(from) else {
            throw ConfigurationProblem("DOCKET_SMTP_FROM must be an e-mail address where DOCKET_SMTP_HOST is set")
        }
        let credentials = try Self.credentials(reader)
        let security = Self.security(reader.string(forKey: "smtp.security", default: "starttls"))
        if security == .none, credentials != nil {
            throw ConfigurationProblem("DOCKET_SMTP_SECURITY=none does not go with an account: a password is sent over TLS only")
        }
        guard
            let smtp = SMTPConfiguration(
                host: host,
                port: reader.int(forKey: "smtp.port", default: 587),
                security: security,
                credentials: credentials,
                helloName: try Self.helloName(reader, machineName: machineName)
            )
        else { throw ConfigurationProblem("the mail server's settings do not fit together") }
        self.smtp = smtp
        sender = try Mailbox(name: "Docket", address: address)
    }

    /// Whoever names an account or a sender means mail to be sent: without the server's name it would wait in the outbox, and nobody would know.
    private static func requireNothing(_ reader: ConfigReader) throws {
        let given = [
            ("DOCKET_SMTP_FROM", reader.string(forKey: "smtp.from")), ("DOCKET_SMTP_USERNAME", reader.string(forKey: "smtp.username")),
            ("DOCKET_SMTP_PASSWORD", reader.string(forKey: "smtp.password", isSecret: true)),
            ("DOCKET_SMTP_HELLO_NAME", reader.string(forKey: "smtp.hello.name")),
        ]
        if let lonely = given.first(where: { $0.1 != nil }) { throw ConfigurationProblem("\(lonely.0) needs DOCKET_SMTP_HOST") }
    }

    /// Servers refuse those who call themselves `localhost`, and addresses without brackets. A machine's name counts where it can be one that others know, with a
    /// dot; nil: its address.
    static func helloName(_ reader: ConfigReader, machineName: String?) throws -> String? {
        guard let name = reader.string(forKey: "smtp.hello.name") else {
            guard let machineName, machineName.contains("."), !machineName.hasPrefix("localhost."), !HostName.endsInNumber(machineName) else {
                return nil
            }
            return SMTPConfiguration.isHelloName(machineName) ? machineName : nil
        }
        guard SMTPConfiguration.isHelloName(name) else { throw ConfigurationProblem("DOCKET_SMTP_HELLO_NAME must be a host name") }
        return name
    }

    private static func credentials(_ reader: ConfigReader) throws -> SMTPConfiguration.Credentials? {
        switch (reader.string(forKey: "smtp.username"), reader.string(forKey: "smtp.password", isSecret: true)) {
        case (nil, nil): return nil
        case (.some, nil): throw ConfigurationProblem("DOCKET_SMTP_USERNAME needs DOCKET_SMTP_PASSWORD")
        case (nil, .some): throw ConfigurationProblem("DOCKET_SMTP_PASSWORD needs DOCKET_SMTP_USERNAME")
        case (let user?, let password?):
            guard let pair = SMTPConfiguration.Credentials(user: user, password: password) else {
                throw ConfigurationProblem("the mail server's account and password cannot be used")
            }
            return pair
        }
    }

    private static func security(_ name: String) -> SMTPConfiguration.Security {
        switch name {
        case "tls": .implicitTLS
        case "none": .none
        default: .startTLSRequired
        }
    }
}
