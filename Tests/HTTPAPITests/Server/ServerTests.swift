import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import TestSupport
import Testing

/// Over sockets: what only the server itself can show.
@Suite struct ServerTests {
    @Test func keepsConnectionsAndBoundsBodies() async throws {
        let api = TestAPI()
        try await api.run(.live) { client in
            for _ in 0..<3 {
                let body = ByteBuffer(string: #"{"name":"a"}"#)
                try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: body) { #expect($0.status == .created) }
            }
            let large = ByteBuffer(repeating: 0x20, count: (1 << 20) + 1)
            try await client.execute(uri: "/v1/widgets", method: .post, headers: api.headers(), body: large) { try expectProblem($0, .bodyTooLarge) }
        }
    }

    @Test func bodiesOfReadsAreBounded() async throws {
        let api = TestAPI()
        try await api.run(.live) { client in
            let small = ByteBuffer(string: "{}")
            try await client.execute(uri: "/v1/widgets", method: .get, headers: api.headers(), body: small) { response in
                #expect(response.status == .ok && response.headers[.connection] == nil)
            }
        }
        let answer = try await Self.exchange { api in
            "GET /v1/widgets HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(api.keys.full.revealed)\r\nContent-Length: 1048577\r\n\r\n"
        }
        #expect(answer.hasPrefix("HTTP/1.1 413 ") && answer.contains("body-too-large"), "\(answer)")
    }

    @Test func cutsOffRequestsThatTakeTooLong() async throws {
        let api = TestAPI(APIServerConfiguration(port: 0, timeout: .zero))
        try await api.run(.live) { client in
            try await client.execute(uri: "/v1/hang", method: .post, headers: api.headers()) { response in
                try expectProblem(response, .timeout)
                #expect(response.headers[.retryAfter] == "1")
            }
        }
        #expect(api.server.requestsInFlight == 0)
    }

    @Test func refusesMoreRequestsThanItCanAnswer() async throws {
        let api = TestAPI(APIServerConfiguration(port: 0, maximumRequestsInFlight: 0))
        try await api.run { client in
            try await client.execute(uri: "/v1/widgets", method: .get, headers: api.headers()) { response in
                try expectProblem(response, .temporaryReducedCapacity)
                #expect(response.headers[.retryAfter] == "1")
            }
        }
    }

    @Test("A refused body that does not come ends its connection, and does not hold it as long as it drips", .timeLimit(.minutes(1)))
    func endsConnectionsOfBodiesThatDrip() async throws {
        let configuration = APIServerConfiguration(port: 0, idleSeconds: 3_600)
        for expectation in ["", "Expect: 100-continue\r\n"] {
            let head = "POST /v1/widgets HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\(expectation)\r\n"
            let answer = try await Self.exchange(configuration) { _ in head + "{" }
            #expect(answer.hasPrefix("HTTP/1.1 401 ") && answer.lowercased().contains("connection: close"), "\(answer)")
        }
    }

    @Test("A body that breaks off ends its connection, and nothing else: its sender went, or ended his side", .timeLimit(.minutes(1)))
    func endsConnectionsOfBodiesThatBreakOff() async throws {
        let lines = RecordedLog()
        try await Self.serve(logger: Logger(label: "test") { _ in lines.handler }) { api, port in
            let request = Self.creation(api, "Content-Length: 500") + #"{"nam"#
            let chunked = Self.creation(api, "Transfer-Encoding: chunked") + "5\r\n" + #"{"nam"#
            for request in [request, chunked] {
                let answer = try await RawClient.exchange(request, port: port, ends: true)
                #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("\"code\":\"malformed-request\""), "\(answer)")
                #expect(answer.lowercased().contains("connection: close"), "\(answer)")
            }
            try await RawClient.reset(after: request, port: port) {
                let isHere = try await eventually { api.server.requestsInFlight == 1 }
                #expect(isHere)
            }
            #expect(try await eventually { api.server.requestsInFlight == 0 })
            // The server is there for the next.
            let next = try await RawClient.exchange("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", port: port)
            #expect(next.hasPrefix("HTTP/1.1 404 "), "\(next)")
        }
        // The fault is the clients': the log tells of no defect.
        #expect(lines.all.count { $0.hasPrefix("info request ") && $0.contains("problem=malformed-request") } == 3, "\(lines.all)")
        #expect(!lines.all.contains { $0.contains("unexpected error") }, "\(lines.all)")
    }

    @Test("Who waits for leave to send his body gets it, and then the answer", .timeLimit(.minutes(1)))
    func givesLeaveToSendBodies() async throws {
        try await Self.serve { api, port in
            let body = #"{"name":"a"}"#
            let head = Self.creation(api, "Content-Length: \(body.utf8.count)\r\nConnection: close\r\nExpect: 100-Continue")
            let (before, after) = try await RawClient.exchange(head: head, thenBody: body, port: port)
            #expect(before == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(after.hasPrefix("HTTP/1.1 201 "), "\(after)")
        }
    }

    @Test("A client of HTTP/1.0 gets no leave to send his body, but the answer, and then the end", .timeLimit(.minutes(1)))
    func givesNoLeaveToOldClients() async throws {
        let body = #"{"name":"a"}"#
        let answer = try await Self.exchange { api in
            let head = Self.creation(api, "Content-Length: \(body.utf8.count)\r\nExpect: 100-continue")
            return head.replacing("HTTP/1.1", with: "HTTP/1.0") + body
        }
        #expect(answer.contains(" 201 ") && !answer.contains(" 100 "), "\(answer)")
        // What no server meets it does not have to ignore.
        let refused = try await Self.exchange { api in
            Self.creation(api, "Content-Length: 0\r\nExpect: wonders").replacing("HTTP/1.1", with: "HTTP/1.0")
        }
        #expect(refused.contains(" 417 "), "\(refused)")
    }

    @Test("Who asks and never reads the answers loses the connection", .timeLimit(.minutes(2)))
    func endsConnectionsThatAreNotRead() async throws {
        let configuration = APIServerConfiguration(port: 0, idleSeconds: 3_600, unreadTimeout: .milliseconds(200))
        try await Self.serve(configuration) { _, port in
            // Their answers are far more than the buffers of both sockets hold.
            let requests = String(repeating: "GET /problems HTTP/1.1\r\nHost: a\r\n\r\n", count: 3_000)
            let client = try await RawClient.deaf(port: port)
            client.writeAndFlush(ByteBuffer(string: requests), promise: nil)
            let isClosed = try await eventually {
                // Who does not read learns of the end by sending.
                client.writeAndFlush(ByteBuffer(string: "\r\n"), promise: nil)
                return !client.isActive
            }
            #expect(isClosed)
            try? await client.close()
        }
    }

    @Test("What is no request is told so behind the answers to those before it, and ends the connection", .timeLimit(.minutes(1)))
    func answersNonsenseInItsTurn() async throws {
        let good = "GET /v1/widgets HTTP/1.1\r\nHost: a\r\n\r\n"
        for (nonsense, status, code) in [
            ("GET / HTTP/9.9\r\n\r\n", "400", "malformed-request"), ("\u{1}\u{2}\r\n\r\n", "400", "malformed-request"),
            ("FOO / HTTP/1.1\r\nHost: a\r\n\r\n", "501", "not-implemented"),
            ("GET / HTTP/1.1\r\nX-Big: " + String(repeating: "a", count: 20_000) + "\r\n\r\n", "431", "headers-too-large"),
        ] {
            let answer = try await Self.exchange { _ in good + good + nonsense + good }
            let answers = answer.split(separator: "HTTP/1.1 ")
            #expect(answers.map { $0.prefix(3) } == ["401", "401", status[...]], "\(answer)")
            let last = String(answers.last ?? "")
            #expect(last.contains("application/problem+json") && last.contains("\"code\":\"\(code)\""), "\(answer)")
            #expect(last.lowercased().contains("request-id:"), "\(answer)")
        }
    }

    @Test("Who sends more than is taken, and reads only then, has his answer", .timeLimit(.minutes(1)), arguments: [true, false])
    func answersBeforeItCloses(isChunked: Bool) async throws {
        let bytes = 6 << 20
        try await Self.serve { api, port in
            for isKnown in [true, false] {
                let length = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(bytes)"
                let head = Self.creation(api, length).replacing("Authorization", with: isKnown ? "Authorization" : "X-Nothing")
                let body = String(repeating: " ", count: bytes)
                let request = head + (isChunked ? String(bytes, radix: 16) + "\r\n" + body + "\r\n0\r\n\r\n" : body)
                let answer = try await RawClient.exchangeReadingLast(request, port: port)
                #expect(answer.hasPrefix("HTTP/1.1 \(isKnown ? 413 : 401) "), "\(answer.prefix(100))")
            }
        }
    }

    @Test("Who sends the whole body keeps the connection after a refusal")
    func keepsConnectionsOfRefusedBodies() async throws {
        let refused = "POST /v1/widgets HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
        let last = "GET /v1/widgets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        let answer = try await Self.exchange { _ in refused + refused + last }
        #expect(answer.split(separator: "HTTP/1.1 401 ").count == 3, "\(answer)")
    }

    @Test(arguments: [
        ("GET / HTTP/9.9\r\n\r\n", "400", "malformed-request"),
        // What is no HTTP at all: bytes, TLS, SSH, SMTP.
        ("\u{1}\u{2}\r\n\r\n", "400", "malformed-request"),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{fc}\u{3}\u{3}", "400", "malformed-request"),
        ("SSH-2.0-OpenSSH_9.6\r\n", "400", "malformed-request"),
        ("EHLO a.example\r\n", "400", "malformed-request"),
        // One Host (RFC 9112 3.2), which HTTP/1.0 did not ask for.
        ("GET /nothing HTTP/1.1\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost: a\r\nX-A: b\r\nhost: b\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.0\r\nConnection: close\r\n\r\n", "404", "not-found"),
        ("GET /nothing HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost:\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost:  \r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost: a/b\r\n\r\n", "400", "malformed-request"),
        ("GET /nothing HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n", "404", "not-found"),
        ("GET /nothing HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n", "404", "not-found"),
        ("GET /nothing HTTP/1.0\r\nHost:\r\n\r\n", "404", "not-found"),
        // Transfer codings (RFC 9112 6.1); where the last one is not chunked, the body's end cannot be known (6.3).
        ("POST /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\n", "501", "not-implemented"),
        ("POST /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", "501", "not-implemented"),
        ("POST /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n", "401", "invalid-token"),
        ("POST /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n1\r\n", "400", "malformed-request"),
        ("FOO /v1/widgets HTTP/1.1\r\nHost: a\r\n\r\n", "501", "not-implemented"),
        ("\r\nFOO /v1/widgets HTTP/1.1\r\nHost: a\r\n\r\n", "501", "not-implemented"),
        // Refused as soon as it is no method any more; what it would have become is not known.
        ("FOO", "501", "not-implemented"),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "400", "malformed-request"),
        ("GET / HTTP/1.1\r\nHost: a\r\nX-Big: " + String(repeating: "a", count: 20_000) + "\r\n\r\n", "431", "headers-too-large"),
        ("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404", "not-found"),
        // The connection ends with the answer: what is still to come would have to be read only to be thrown away.
        ("GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", "404", "not-found"),
        ("GET /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", "401", "invalid-token"),
        ("POST /v1/widgets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", "401", "invalid-token"),
        (
            "POST /v1/widgets HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer $KEY\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "400", "malformed-request"
        ),
    ])
    func answersRawBytes(request: String, status: String, code: String) async throws {
        let answer = try await Self.exchange { api in request.replacing("$KEY", with: api.keys.full.revealed) }
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(answer.contains("application/problem+json"))
        #expect(answer.contains("\"code\":\"\(code)\""))
        #expect(answer.lowercased().contains("request-id:"))
    }

    @Test("A problem's type is an absolute address: that of the server that listens, also where the request was no HTTP")
    func typesAreAbsolute() async throws {
        let requests = [
            ("GET /nothing HTTP/1.1\r\nHost: elsewhere\r\nConnection: close\r\n\r\n", "not-found"), ("GET / HTTP/9.9\r\n\r\n", "malformed-request"),
        ]
        for (request, code) in requests {
            let answer = try await Self.exchange { _ in request }
            let type = try #require(answer.firstMatch(of: /"type":"(http:\/\/127\.0\.0\.1:[1-9][0-9]*)\/problems#([a-z-]+)"/), "\(answer)")
            #expect(type.2 == code)
        }
    }

    @Test("The address that the operator gives counts before the one on which the server listens; all addresses of a machine are none")
    func publicAddress() async throws {
        func type(_ configuration: APIServerConfiguration) async throws -> String? {
            let api = TestAPI(configuration)
            return try await api.run { client in
                try await client.execute(uri: "/v1/nothing", method: .get, headers: api.headers()) { response in
                    try response.json().root.members?.first { $0.name == "type" }?.value.string
                }
            }
        }
        let given = try #require(PublicURL("https://desk.example.org/docket/"))
        #expect(try await type(APIServerConfiguration(publicURL: given)) == "https://desk.example.org/docket/problems#not-found")
        #expect(try await type(APIServerConfiguration(host: "0.0.0.0", publicURL: given)) == "https://desk.example.org/docket/problems#not-found")
        #expect(try await type(APIServerConfiguration(host: "10.0.0.7", port: 81)) == "http://10.0.0.7:81/problems#not-found")
        #expect(try await type(APIServerConfiguration(host: "::1")) == "http://[::1]:8080/problems#not-found")
        for host in ["0.0.0.0", "::"] {
            #expect(try await type(APIServerConfiguration(host: host)) == "/problems#not-found")
        }
    }

    @Test(arguments: ["", "a.example", "ftp://a", "http://", "http:///a", "https://a?b", "https://a#b", "https://a b", "https://a\"", "https://ä"])
    func refusesPublicAddresses(text: String) {
        #expect(PublicURL(text) == nil)
    }

    /// Sends bytes to a server and reads until it closes the connection.
    static func exchange(
        _ configuration: APIServerConfiguration = APIServerConfiguration(port: 0),
        _ request: @Sendable (TestAPI) -> String
    ) async throws -> String {
        try await serve(configuration) { api, port in try await RawClient.exchange(request(api), port: port) }
    }

    /// Runs a server for as long as the body runs, and waits until it has done with all connections.
    static func serve<Value: Sendable>(
        _ configuration: APIServerConfiguration = APIServerConfiguration(port: 0),
        logger: Logger? = nil,
        _ body: @Sendable (TestAPI, Int) async throws -> Value
    ) async throws -> Value {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let api = TestAPI(configuration, logger: logger, onRunning: { continuation.yield($0) })
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [api.server], logger: Logger(label: "test")))
        let value = try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await ports.first { _ in true })
            let value = try await body(api, port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        }
        #expect(api.server.isDraining)
        return value
    }

    /// The head of a request with a good key that makes a widget, as far as the fields that say how its body comes.
    static func creation(_ api: TestAPI, _ fields: String) -> String {
        let key = "Authorization: Bearer \(api.keys.full.revealed)"
        return "POST /v1/widgets HTTP/1.1\r\nHost: a\r\n\(key)\r\nContent-Type: application/json\r\n\(fields)\r\n\r\n"
    }
}
