import Domain
import NIOCore
import NIOPosix
import NIOSSL
import Testing

@testable import Courier

/// Talks to real servers on loopback, kind and evil ones (reliability.md F13).
@Suite struct SMTPTransportTests {
    private let message = Array("Subject: x\r\n\r\n.hidden\r\n..\r\nend\r\n".utf8)

    private func envelope(_ recipients: [String] = ["bob@example.com"]) throws -> MailEnvelope {
        let addresses = recipients.compactMap { EmailAddress($0) }
        return try #require(MailEnvelope(returnPath: EmailAddress("bounce@docket.example"), recipients: addresses))
    }

    private func transport(
        port: Int,
        host: String = "127.0.0.1",
        security: SMTPConfiguration.Security = .none,
        user: String? = nil,
        shortened: WritableKeyPath<SMTPConfiguration.Timeouts, Duration>? = nil,
        trustRoots: NIOSSLTrustRoots = .default,
        resolver: (any Resolver & Sendable)? = nil
    ) throws -> SMTPTransport {
        let credentials = user.flatMap { SMTPConfiguration.Credentials(user: $0, password: "canary-pw") }
        var configuration = try #require(
            SMTPConfiguration(host: host, port: port, security: security, credentials: credentials, helloName: "docket.example")
        )
        // The machine of a test may be busy with other tests: only the step that is to end by its timeout has a short one.
        configuration.timeouts.greeting = .seconds(120)
        configuration.timeouts.command = .seconds(120)
        if let shortened { configuration.timeouts[keyPath: shortened] = .milliseconds(200) }
        return try SMTPTransport(configuration: configuration, group: .singleton, trustRoots: trustRoots, resolver: resolver)
    }

    /// What a server with this script makes of a plain delivery.
    private func failure(
        _ script: SMTPScript,
        shortened: WritableKeyPath<SMTPConfiguration.Timeouts, Duration>? = nil
    ) async throws -> MailError? {
        let envelope = try envelope()
        return try await ScriptedServer.with({ script }) { server in
            let transport = try transport(port: server.port, shortened: shortened)
            do throws(MailError) {
                _ = try await transport.send(message, to: envelope)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func deliversWithDotStuffing() async throws {
        let envelope = try envelope(["bob@example.com", "eve@example.com"])
        try await ScriptedServer.with({ SMTPScript() }) { server in
            let receipt = try await transport(port: server.port).send(message, to: envelope)
            #expect(receipt == MailReceipt(reply: SMTPReply(code: 250, lines: ["2.0.0 queued as 1"])))
            #expect(
                server.lines == [
                    "EHLO docket.example", "MAIL FROM:<bounce@docket.example>", "RCPT TO:<bob@example.com>", "RCPT TO:<eve@example.com>", "DATA",
                    "Subject: x", "", "..hidden", "...", "end", ".", "QUIT",
                ]
            )
        }
    }

    @Test func givesItsAddressWhereItHasNoName() async throws {
        let envelope = try envelope()
        try await ScriptedServer.with({ SMTPScript() }) { server in
            let configuration = try #require(SMTPConfiguration(host: "127.0.0.1", port: server.port, security: .none))
            _ = try await SMTPTransport(configuration: configuration).send(message, to: envelope)
            #expect(server.lines.first == "EHLO [127.0.0.1]")
        }
    }

    @Test func sendsTheNullReturnPath() async throws {
        let bob = try #require(EmailAddress("bob@example.com"))
        let envelope = try #require(MailEnvelope(returnPath: nil, recipients: [bob]))
        try await ScriptedServer.with({ SMTPScript() }) { server in
            _ = try await transport(port: server.port).send(message, to: envelope)
            #expect(server.lines.contains("MAIL FROM:<>"))
        }
    }

    @Test(arguments: [
        ("MAIL", MailError.Step.sender), ("RCPT", .recipient), ("DATA", .data), (".", .content),
    ])
    func sortsRefusals(_ verb: String, _ step: MailError.Step) async throws {
        for (code, isTemporary) in [(421, true), (451, true), (452, true), (550, false), (554, false)] {
            let error = try await failure(SMTPScript(answers: [verb: [.send("\(code) no\r\n")]]))
            #expect(error == .refused(step, SMTPReply(code: code, lines: ["no"])))
            #expect(error?.isTemporary == isTemporary)
            #expect(error?.isOutcomeUnknown == false)
        }
    }

    /// A server that wants an account or TLS says so at the first command that it likes: the settings are wrong, not the mail.
    @Test(arguments: ["MAIL", "RCPT", "DATA", "."])
    func aServerThatWantsAnAccountBuriesNothing(_ verb: String) async throws {
        for code in [530, 534, 535, 538] {
            #expect(try await failure(SMTPScript(answers: [verb: [.send("\(code) first sign in\r\n")]]))?.isTemporary == true)
        }
    }

    @Test func whatIsRefusedBeforeTheMailBuriesNothing() async throws {
        let answers: [[String: [ScriptedAction]]] = [
            ["EHLO": [.send("550 no\r\n")], "HELO": [.send("550 no\r\n")]],
            ["EHLO": [.send("250-x\r\n250 STARTTLS\r\n")], "STARTTLS": [.send("554 no\r\n")]],
        ]
        for (answers, step) in zip(answers, [MailError.Step.hello, .startTLS]) {
            let envelope = try envelope()
            let error = try await ScriptedServer.with({ SMTPScript(answers: answers) }) { server -> MailError? in
                await #expect(throws: MailError.self) {
                    _ = try await transport(port: server.port, security: .startTLSIfOffered).send(message, to: envelope)
                }
            }
            guard case .refused(step, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(error?.isTemporary == true)
        }
    }

    @Test func sortsRefusedGreetings() async throws {
        let refused = try await failure(SMTPScript(greeting: [.send("554 go away\r\n"), .close]))
        #expect(refused == .refused(.greeting, SMTPReply(code: 554, lines: ["go away"])))
        #expect(refused?.isTemporary == true)
        #expect(try await failure(SMTPScript(greeting: [.close])) == .connectionLost(.greeting))
    }

    @Test func a421InTheMiddleOfTheMessageIsTemporary() async throws {
        let error = try await failure(SMTPScript(answers: ["CONTENT": [.send("421 shutting down\r\n"), .close]]))
        #expect(error == .refused(.content, SMTPReply(code: 421, lines: ["shutting down"])))
        #expect(error?.isTemporary == true)
    }

    @Test func aConnectionLostAfterTheMessageLeavesTheOutcomeOpen() async throws {
        let error = try await failure(SMTPScript(answers: [".": [.close]]))
        #expect(error == .connectionLost(.content))
        #expect(error?.isOutcomeUnknown == true)
        #expect(error?.isTemporary == true)
    }

    @Test func somethingAfterTheMailWasTakenChangesNothing() async throws {
        #expect(try await failure(SMTPScript(answers: ["QUIT": [.close]])) == nil)
        #expect(try await failure(SMTPScript(answers: ["QUIT": [.send("garbage\r\n")]])) == nil)
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "\u{0}\u{0}\u{0}\u{0}", "25\r\n", "2500 x\r\n", "999 x\r\n", "250-a\r\n251 b\r\n", "250_x\r\n",
        String(repeating: "2", count: 100_000), String(repeating: "250-x\r\n", count: 10_000),
    ])
    func garbageEndsTheSession(_ text: String) async throws {
        #expect(try await failure(SMTPScript(answers: ["EHLO": [.send(text)]])) == .protocolViolation(.hello))
        #expect(try await failure(SMTPScript(greeting: [.send(text)])) == .protocolViolation(.greeting))
    }

    @Test func endlessLinesEndTheSession() async throws {
        #expect(try await failure(SMTPScript(greeting: [.flood(String(repeating: "220-", count: 64))])) == .protocolViolation(.greeting))
    }

    @Test func silenceAndDripsEndAtTheTimeout() async throws {
        #expect(try await failure(SMTPScript(greeting: []), shortened: \.greeting) == .timeout(.greeting))
        let drip: [ScriptedAction] = [.drip("250-" + String(repeating: "x", count: 1_000), every: .milliseconds(20))]
        #expect(try await failure(SMTPScript(answers: ["EHLO": drip]), shortened: \.command) == .timeout(.hello))
        let error = try await failure(SMTPScript(answers: [".": []]), shortened: \.content)
        #expect(error == .timeout(.content))
        #expect(error?.isOutcomeUnknown == true)
    }

    @Test func repliesThatNobodyAskedForEndTheSession() async throws {
        #expect(try await failure(SMTPScript(greeting: [.send("220 hi\r\n250 early\r\n")])) != nil)
    }

    @Test func someRecipientsMayBeRefused() async throws {
        struct Picky: ScriptedDialogue {
            var script = SMTPScript()
            mutating func connected() -> [ScriptedAction] { script.connected() }
            mutating func received(line: String) -> [ScriptedAction] {
                line.contains("TO:<bob@") ? [.send("550 no bob\r\n")] : script.received(line: line)
            }
        }
        let envelope = try envelope(["bob@example.com", "eve@example.com"])
        let bob = try #require(EmailAddress("bob@example.com"))
        try await ScriptedServer.with({ Picky() }) { server in
            let receipt = try await transport(port: server.port).send(message, to: envelope)
            #expect(receipt.refused == [.init(recipient: bob, reply: SMTPReply(code: 550, lines: ["no bob"]))])
        }
    }

    @Test func fallsBackToHELO() async throws {
        #expect(try await failure(SMTPScript(answers: ["EHLO": [.send("502 unknown\r\n")]])) == nil)
    }

    @Test func respectsTheServersSize() async throws {
        let error = try await failure(SMTPScript(answers: ["EHLO": [.send("250-x\r\n250 SIZE 10\r\n")]]))
        #expect(error == .unacceptableMessage)
        #expect(error?.isTemporary == false)
    }

    @Test(arguments: ["no end", "a\nb\r\n", "a\rb\r\n", "a\u{0}\r\n", String(repeating: "a", count: 1_001) + "\r\n", "a\r\n.\n\r\nMAIL FROM:<x>\r\n"])
    func refusesMessagesThatCouldSmuggle(_ text: String) async throws {
        let envelope = try envelope()
        try await ScriptedServer.with({ SMTPScript() }) { server in
            await #expect(throws: MailError.unacceptableMessage) {
                _ = try await transport(port: server.port).send(Array(text.utf8), to: envelope)
            }
            #expect(server.connections == 0)
        }
    }

    @Test func signsInOverSTARTTLS() async throws {
        let certificate = try TestCertificate()
        let envelope = try envelope()
        for (offer, expected) in [
            ("AUTH PLAIN LOGIN", ["AUTH PLAIN AGFubmEAY2FuYXJ5LXB3"]), ("AUTH LOGIN", ["AUTH LOGIN", "YW5uYQ==", "Y2FuYXJ5LXB3"]),
        ] {
            let isPlain = expected.count == 1
            let script = SMTPScript(
                answers: [
                    "EHLO": [.send("250-x\r\n250 STARTTLS\r\n")],
                    "AUTH": [.send(isPlain ? "235 ok\r\n" : "334 VXNlcm5hbWU6\r\n")],
                    "TOKEN": [.send("235 ok\r\n")],
                ],
                protectedEHLO: [.send("250-x\r\n250 \(offer)\r\n")]
            )
            try await ScriptedServer.with(tls: certificate.serverContext(), { LoginDialogue(script: script) }) { server in
                let transport = try transport(
                    port: server.port,
                    host: "localhost",
                    security: .startTLSRequired,
                    user: "anna",
                    trustRoots: certificate.trustRoots
                )
                let receipt = try await transport.send(message, to: envelope)
                #expect(receipt.reply.code == 250)
                #expect(Array(server.lines.prefix(3 + expected.count)) == ["EHLO docket.example", "STARTTLS", "EHLO docket.example"] + expected)
            }
        }
    }

    /// Answers the user name of AUTH LOGIN, which is no command.
    private struct LoginDialogue: ScriptedDialogue {
        var script: SMTPScript

        mutating func connected() -> [ScriptedAction] { script.connected() }
        mutating func received(line: String) -> [ScriptedAction] {
            line == "YW5uYQ==" ? [.send("334 UGFzc3dvcmQ6\r\n")] : script.received(line: line)
        }
    }

    @Test func implicitTLSWorks() async throws {
        let certificate = try TestCertificate()
        let envelope = try envelope()
        let script = SMTPScript(greeting: [.startTLS, .send("220 hi\r\n")])
        try await ScriptedServer.with(tls: certificate.serverContext(), { script }) { server in
            let transport = try transport(port: server.port, host: "localhost", security: .implicitTLS, trustRoots: certificate.trustRoots)
            #expect(try await transport.send(message, to: envelope).reply.code == 250)
        }
    }

    @Test func refusesCertificatesThatNobodyVouchesFor() async throws {
        let envelope = try envelope()
        let script = SMTPScript(answers: ["EHLO": [.send("250-x\r\n250 STARTTLS\r\n")]])
        try await ScriptedServer.with(tls: TestCertificate().serverContext(), { script }) { server in
            for security in [SMTPConfiguration.Security.startTLSRequired, .startTLSIfOffered] {
                await #expect(throws: MailError.tls) {
                    _ = try await transport(port: server.port, host: "localhost", security: security).send(message, to: envelope)
                }
            }
            #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test func requiresTLSWhereToldTo() async throws {
        let envelope = try envelope()
        try await ScriptedServer.with({ SMTPScript() }) { server in
            await #expect(throws: MailError.tls) {
                _ = try await transport(port: server.port, security: .startTLSRequired).send(message, to: envelope)
            }
            let receipt = try await transport(port: server.port, security: .startTLSIfOffered).send(message, to: envelope)
            #expect(receipt.reply.code == 250)
        }
    }

    @Test func neverSendsPasswordsInTheClear() async throws {
        let envelope = try envelope()
        let script = SMTPScript(answers: ["EHLO": [.send("250-x\r\n250 AUTH PLAIN\r\n")]])
        try await ScriptedServer.with({ script }) { server in
            for security in [SMTPConfiguration.Security.none, .startTLSIfOffered] {
                await #expect(throws: MailError.authenticationUnavailable) {
                    _ = try await transport(port: server.port, security: security, user: "anna").send(message, to: envelope)
                }
            }
            #expect(!server.lines.contains { $0.hasPrefix("AUTH") })
        }
    }

    /// CVE-2011-0411's class: commands put behind the plain reply to STARTTLS.
    @Test func refusesWhatIsInjectedBehindSTARTTLS() async throws {
        let certificate = try TestCertificate()
        let envelope = try envelope()
        let script = SMTPScript(answers: [
            "EHLO": [.send("250-x\r\n250 STARTTLS\r\n")], "STARTTLS": [.send("220 go ahead\r\n250-injected\r\n250 AUTH PLAIN\r\n"), .startTLS],
        ])
        try await ScriptedServer.with(tls: certificate.serverContext(), { script }) { server in
            let transport = try transport(port: server.port, host: "localhost", security: .startTLSRequired, trustRoots: certificate.trustRoots)
            await #expect(throws: MailError.self) { _ = try await transport.send(message, to: envelope) }
            #expect(!server.lines.contains { $0.hasPrefix("MAIL") })
        }
    }

    @Test func sortsServersThatAreNotThere() async throws {
        let port = try DeafPort()
        let transport = try transport(port: port.number)
        let envelope = try envelope()
        await #expect(throws: MailError.connectionLost(.connect)) { _ = try await transport.send(message, to: envelope) }
        withExtendedLifetime(port) {}
    }

    /// A server whose name has addresses of both families, of which the first one tried does not answer.
    @Test func anAddressThatRefusesEndsNothing() async throws {
        let envelope = try envelope()
        try await ScriptedServer.with({ SMTPScript() }) { server in
            // The server listens on 127.0.0.1 only.
            for first in ["127.0.0.2", "::1"] {
                let resolver = TwoFamilies(aaaa: first, a: "127.0.0.1")
                let receipt = try await transport(port: server.port, host: "mail.example", resolver: resolver).send(message, to: envelope)
                #expect(receipt.reply.code == 250)
            }
        }
    }

    @Test func stopsWhenItsTaskIsCancelled() async throws {
        let envelope = try envelope()
        try await ScriptedServer.with({ SMTPScript(greeting: []) }) { server in
            let transport = try transport(port: server.port)
            let task = Task { [message] () async -> MailError? in
                do throws(MailError) {
                    _ = try await transport.send(message, to: envelope)
                    return nil
                } catch {
                    return error
                }
            }
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test(arguments: [
        (550, "5.7.1 no relaying for bob@example.com", "refused RCPT with 550 (5.7.1)"), (450, "4.7.650 later", "refused RCPT with 450 (4.7.650)"),
        (550, "5.7.1", "refused RCPT with 550 (5.7.1)"), (550, "4.7.1 x", "refused RCPT with 550"), (550, "5.7.1.bob x", "refused RCPT with 550"),
        (550, "5.7.1bob x", "refused RCPT with 550"), (550, "5.7.1234 x", "refused RCPT with 550"), (550, "5..1 x", "refused RCPT with 550"),
        (550, "", "refused RCPT with 550"), (550, "10.0.0.1 x", "refused RCPT with 550"),
    ])
    func theReasonIsKeptInDigits(_ code: Int, _ text: String, _ expected: String) {
        #expect(MailError.refused(.recipient, SMTPReply(code: code, lines: [text, "5.9.9 more"])).description == "the mail server " + expected)
    }

    @Test func credentialsAndErrorsDoNotPrint() throws {
        let credentials = try #require(SMTPConfiguration.Credentials(user: "anna", password: "canary-pw"))
        let configuration = SMTPConfiguration(host: "mail.example", port: 25, credentials: credentials)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!(dumped + "\(credentials) \(String(describing: configuration))").contains("canary"))
        #expect("\(MailError.refused(.recipient, SMTPReply(code: 550, lines: ["no bob@example.com"])))" == "the mail server refused RCPT with 550")
        #expect(SMTPConfiguration.Credentials(user: "a\u{0}b", password: "x") == nil)
        #expect(SMTPConfiguration(host: "a b", port: 25) == nil)
        #expect(SMTPConfiguration(host: "a.example", port: 25, helloName: "x\r\nMAIL") == nil)
    }
}
