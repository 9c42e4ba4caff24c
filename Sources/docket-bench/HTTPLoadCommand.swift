import ArgumentParser
import NIOCore
import NIOPosix

/// `docket-bench http`: posts one body over and over on keep-alive connections, as fast as answers come or at a fixed rate.
struct HTTPLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "Posts a body over keep-alive connections; reads API keys from standard input, one a line, and prints one JSON object."
    )

    @Option(help: "The server's address.")
    var host = "127.0.0.1"

    @Option(help: "The server's port.")
    var port: Int

    @Option(help: "The request's path.")
    var path = "/v1/tickets"

    @Option(help: "The request's JSON body.")
    var body: String

    @Option(help: "How many connections.")
    var connections = 32

    @Option(help: "How many seconds; what was begun within them is counted when it ends.")
    var seconds = 10.0

    @Option(help: "Ends after this many requests, if that comes first.")
    var requests = Int.max

    @Option(help: "Requests a second over all connections; without it each connection sends again as soon as it has its answer.")
    var rate: Double?

    func validate() throws {
        guard connections > 0, seconds > 0, requests > 0, (rate ?? 1) > 0 else { throw ValidationError("numbers must be positive") }
    }

    func run() async throws {
        var keys: [String] = []
        while let line = readLine() {
            if !line.isEmpty { keys.append(line) }
        }
        guard !keys.isEmpty else { throw ValidationError("no API keys on standard input") }
        let templates = keys.map { ByteBuffer(string: request(key: $0)) }
        // One loop: the generator takes as little as it can of the machine that it measures.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let result = try await measure(templates, on: group)
        try await group.shutdownGracefully()
        print(result.line)
    }

    private func measure(_ templates: [ByteBuffer], on group: MultiThreadedEventLoopGroup) async throws -> HTTPLoadResult {
        let loop = group.next()
        let plan = HTTPLoadPlan(
            requests: requests,
            duration: .nanoseconds(Int64(seconds * 1_000_000_000)),
            interval: rate.map { .nanoseconds(Int64(1_000_000_000 / $0 * Double(connections))) }
        )
        let start = NIODeadline.now()
        let (count, host, port) = (connections, host, port)
        return try await loop.flatSubmit {
            let run = NIOLoopBound(HTTPLoadRun(plan: plan, connections: count, start: start, loop: loop), eventLoop: loop)
            let channels = (0..<count).map { index in
                ClientBootstrap(group: loop)
                    .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let handler = HTTPLoadHandler(first: index, templates: templates, run: run.value)
                            try channel.pipeline.syncOperations.addHandler(handler)
                        }
                    }
                    .connect(host: host, port: port)
            }
            return EventLoopFuture.andAllSucceed(channels, on: loop).flatMap { run.value.result }
        }.get()
    }

    private func request(key: String) -> String {
        """
        POST \(path) HTTP/1.1\r
        Host: \(host):\(port)\r
        Authorization: Bearer \(key)\r
        Content-Type: application/json\r
        Content-Length: \(body.utf8.count)\r
        \r
        \(body)
        """
    }
}
