import Deployment
import Domain
import FoundationEssentials
import Testing

@testable import Operations

/// The worked examples of docs/concepts/sla.md: the pictures and pages in the repository are what the engine says now.
@Suite("scripts/sla-pictures")
struct SLAPicturesTests {
    private static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/concepts/sla")

    static let names = [
        "christmas", "conversation", "due-and-late", "paused", "reopened", "resumed", "spring-festival", "stricter", "weekend",
    ]

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: Self.directory.appending(path: name)), as: UTF8.self)
    }

    private func request(_ name: String) throws -> SLAEvaluation.Request {
        try JSONDecoder().decode(SLAEvaluation.Request.self, from: Data(contentsOf: Self.directory.appending(path: "\(name).json")))
    }

    @Test("the pictures are those of the engine", arguments: names)
    func pictures(_ name: String) throws {
        let situation = try SLAEvaluation(zones: ZoneFiles()).situation(of: request(name))
        #expect(
            SLATimeline(situation: situation, title: name).svg() == (try text("\(name).svg")),
            "run scripts/sla-pictures and look at the difference"
        )
    }

    @Test("the pages that customers read are those of the engine", arguments: names, SLALanguage.allCases)
    func pages(_ name: String, _ language: SLALanguage) throws {
        let statement = try SLAEvaluation(zones: ZoneFiles()).statement(request(name))
        #expect(statement.text(in: language) == (try text("\(name).\(language.rawValue).txt")), "run scripts/sla-pictures and read the difference")
    }

    @Test("every question in the directory is one of these")
    func nothingIsForgotten() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path())
        #expect(files.filter { $0.hasSuffix(".json") }.sorted() == Self.names.map { "\($0).json" })
    }

    /// sla.md, examples: what is due when, in UTC.
    @Test(
        "the examples are those of the specification",
        arguments: [
            ("due-and-late", "2024-03-04T16:00:00.000Z", "2024-03-05T08:00:00.000Z"),
            ("resumed", "2024-03-05T09:00:00.000Z", "2024-03-05T09:00:00.000Z"),
            ("reopened", "2024-03-06T14:00:00.000Z", "2024-03-06T14:00:00.000Z"), ("weekend", "2024-03-11T08:30:00.000Z", "2024-03-11T08:30:00.000Z"),
            ("christmas", "2024-12-27T09:00:00.000Z", "2024-12-27T09:00:00.000Z"),
            ("spring-festival", "2026-02-24T04:00:00.000Z", "2026-02-24T05:30:00.000Z"),
        ]
    )
    func deadlines(_ name: String, due: String, breach: String) throws {
        let timer = try #require(try SLAEvaluation(zones: ZoneFiles()).evaluate(request(name)).timers.first)
        #expect(timer.dueAt?.millisecondText == due && timer.breachAt?.millisecondText == breach)
    }

    @Test("names cannot break out of a picture")
    func escaped() throws {
        let situation = try SLAEvaluation(zones: ZoneFiles()).situation(of: request("paused"))
        let svg = SLATimeline(situation: situation, title: "<script>\"&").svg()
        #expect(!svg.contains("<script>") && svg.contains("&lt;script&gt;&quot;&amp;"))
    }
}
