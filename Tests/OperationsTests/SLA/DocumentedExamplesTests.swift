import Deployment
import Domain
import FoundationEssentials
import Testing

@testable import Operations

/// docs/cli.md shows questions and answers of `docket sla eval` and `docket route eval`: they are run as they stand there.
@Suite("docs/cli.md")
struct DocumentedExamplesTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/cli.md")

    /// The fenced blocks of the page whose first line is a mark, without it.
    private func blocks(_ mark: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: Self.page), as: UTF8.self)
        return text.split(separator: "```").map(String.init).filter { $0.hasPrefix(mark + "\n") }.map { String($0.dropFirst(mark.count + 1)) }
    }

    @Test("the examples of `sla eval` give the answers beside them")
    func slaEval() throws {
        let questions = try blocks("json sla-eval-in")
        let answers = try blocks("json sla-eval-out")
        #expect(questions.count == 2 && answers.count == questions.count)
        for (question, answer) in zip(questions, answers) {
            // On the page a line is broken where it would be too long.
            let line = question.replacing("\n", with: " ")
            let given = try self.answers(to: line)
            let expected = try JSONDecoder().decode(AnyJSON.self, from: Data(answer.utf8))
            #expect(try JSONDecoder().decode(AnyJSON.self, from: Data(given[0].utf8)) == expected)
        }
    }

    @Test("the example of `route eval` gives the answer beside it")
    func routeEval() throws {
        let (question, answer) = (try #require(blocks("json route-eval-in").first), try #require(blocks("json route-eval-out").first))
        let given = try OperationsTests.answers(to: question.replacing("\n", with: " ") + "\n") { input, output in
            try RouteEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output))
        }
        #expect(given.count == 1)
        #expect(try JSONDecoder().decode(AnyJSON.self, from: Data(given[0].utf8)) == JSONDecoder().decode(AnyJSON.self, from: Data(answer.utf8)))
    }

    private func answers(to line: String) throws -> [String] {
        try OperationsTests.answers(to: line) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
    }
}

/// Any JSON value: two texts that say the same, whatever the order of their members.
private indirect enum AnyJSON: Hashable, Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case array([AnyJSON])
    case object([String: AnyJSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([AnyJSON].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: AnyJSON].self))
        }
    }
}
