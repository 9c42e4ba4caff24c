import Foundation
import Logging
import Testing

@testable import Telemetry

@Suite struct JSONLogHandlerTests {
    private let output = RecordingOutput()

    private func makeLogger(provider: Logger.MetadataProvider? = nil) -> Logger {
        var logger = Logger(label: "test") { [output] label in
            JSONLogHandler(label: label, level: .debug, output: output, metadataProvider: provider, now: { 1_795_255_200_000_001 })
        }
        logger.logLevel = .debug
        return logger
    }

    private func object(_ index: Int = 0) throws -> [String: Any] {
        let line = try #require(output.lines.dropFirst(index).first)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test func printsOneObjectALine() throws {
        makeLogger().info("hello", metadata: ["tenant": "acme"])
        #expect(output.lines.count == 1)
        #expect(output.lines[0].hasSuffix("}\n"))
        #expect(output.lines[0].filter { $0 == "\n" }.count == 1)
        let object = try object()
        #expect(object["time"] as? String == "2026-11-21T10:00:00.000001Z")
        #expect(object["level"] as? String == "info")
        #expect(object["logger"] as? String == "test")
        #expect(object["message"] as? String == "hello")
        #expect((object["fields"] as? [String: String]) == ["tenant": "acme"])
    }

    @Test(arguments: ["a\nb", "\r\n{\"level\":\"error\"}", "\u{1B}[2J", "\u{0}", "quote\" back\\slash", "\u{202E}evil", "\u{85}\u{2028}", "汉字 😀"])
    func escapesSoThatTheTextReadsBack(_ text: String) throws {
        makeLogger().info("\(text)", metadata: [text: "\(text)"])
        let line = try #require(output.lines.first)
        let isUnsafe = { (scalar: Unicode.Scalar) in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0x202E || scalar.value == 0x2028
        }
        #expect(!line.dropLast().unicodeScalars.contains(where: isUnsafe))
        let object = try object()
        #expect(object["message"] as? String == text)
        #expect((object["fields"] as? [String: String]) == [text: text])
    }

    @Test func cutsLongValuesAtWholeCharacters() throws {
        makeLogger().info("\(String(repeating: "汉", count: 5_000))")
        let message = try #require(try object()["message"] as? String)
        #expect(message.utf8.count <= JSONLogHandler.maximumValueBytes + 3)
        #expect(message.hasSuffix("汉…"))
    }

    @Test func neverPrintsSecrets() throws {
        struct Account: Sendable { let name = "x"; let password = Secret("canary-7f3a") }
        struct Failure: Error { let token = Secret("canary-7f3a") }
        let secret = Secret("canary-7f3a")
        let logger = makeLogger()
        logger.info(
            "key \(secret)",
            metadata: ["a": "\(secret)", "b": .stringConvertible(secret), "c": .sensitive("canary-7f3a"), "d": "\(Account())"]
        )
        logger.error("failed", error: Failure())
        logger.info("\(String(reflecting: secret)) \([secret])")
        var dumped = ""
        dump(Account(), to: &dumped)
        #expect(output.lines.count == 3)
        #expect(!(output.lines.joined() + dumped).contains("canary"))
        #expect(secret.reveal() == "canary-7f3a")
        #expect((try object()["fields"] as? [String: String])?["c"] == Secret.redacted)
    }

    @Test func nearerMetadataWins() throws {
        var logger = makeLogger(provider: Logger.MetadataProvider { ["a": "provider", "b": "provider"] })
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "c"] = "logger"
        logger.info("x", metadata: ["b": "call"])
        #expect((try object()["fields"] as? [String: String]) == ["a": "provider", "b": "call", "c": "logger"])
    }

    @Test func nestingIsBounded() throws {
        var value: Logger.MetadataValue = "deep"
        for _ in 0..<100 {
            value = ["inner": value]
        }
        makeLogger().info("x", metadata: ["v": value, "list": .array((0..<1_000).map { "\($0)" })])
        #expect(output.lines[0].utf8.count < 2_000)
        #expect(!output.lines[0].contains("deep"))
        #expect((try object()["fields"] as? [String: Any])?["list"] as? [String] == (0..<64).map(String.init))
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"), (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
        ] as [(Int64, String)]
    )
    func printsTimes(_ microseconds: Int64, _ expected: String) {
        var bytes: [UInt8] = []
        RFC3339.append(microseconds: microseconds, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test func writesWholeLinesToADescriptor() throws {
        let pipe = Pipe()
        let output = FileDescriptorOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        output.write(line: Array("one\n".utf8))
        output.write(line: Array("two\n".utf8))
        try pipe.fileHandleForWriting.close()
        let text = try #require(try pipe.fileHandleForReading.readToEnd())
        #expect(String(decoding: text, as: UTF8.self) == "one\ntwo\n")
        #expect(output.lostLines == 0)
    }

    @Test(
        "A reader that stands still loses lines, and stops nobody; what comes when there is room again begins on a line of its own",
        arguments: [true, false]
    )
    func doesNotWaitForReaders(isPipe: Bool) throws {
        var ends: [Int32] = [-1, -1]
        try #require((isPipe ? pipe(&ends) : socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)) == 0)
        defer { for end in ends { close(end) } }
        let output = FileDescriptorOutput(descriptor: ends[1], opensPipesAnew: true)
        // Longer than what a pipe takes whole or not at all: a part of one may find room.
        let line = Array(repeating: UInt8(ascii: "x"), count: 5_000) + [UInt8(ascii: "\n")]
        var written = 0
        while output.lostLines < 3 {
            output.write(line: line)
            written += 1
            // Here the test ends where a write waits.
            try #require(written < 10_000)
        }
        #expect(fcntl(ends[1], F_GETFL) & O_NONBLOCK == 0, "the descriptor that others share is as it was")
        try #require(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
        var text: [UInt8] = []
        func readAll() {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while case let count = read(ends[0], &buffer, buffer.count), count > 0 { text += buffer.prefix(count) }
        }
        readAll()
        output.write(line: Array("again\n".utf8))
        readAll()
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.dropLast().last.map { String(decoding: $0, as: UTF8.self) } == "again")
        #expect(lines.count { $0.count == 5_000 } == written - 3)
    }

    @Test func countsLinesThatCannotBeWritten() {
        let output = FileDescriptorOutput(descriptor: -1)
        output.write(line: Array("lost\n".utf8))
        #expect(output.lostLines == 1)
    }
}
