import Deployment
import Domain
import Foundation
import Testing

@testable import Operations

@Suite("docket calendar eval")
struct CalendarEvalTests {
    private static let definition = """
        {"define":"B","tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],\
        "thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]},"holidays":["2024-05-01","2024-12-25","2024-12-26"],\
        "closures":[["2024-12-24","12:00","24:00"]],"openings":{"2024-11-30":[["10:00","14:00"]]}}
        """

    private func evaluate(_ lines: [String]) throws -> [String] {
        try answers(to: lines.joined(separator: "\n") + "\n") { input, output in
            var answers = CalendarLines(zones: ZoneFiles())
            try LineSession(lineLimit: 1 << 20, input: input, output: output).run { answers.answer($0, &$1) }
        }
    }

    @Test("the specification's examples D1 to D6, each in the plain form and in one that only the general decoder reads")
    func examples() throws {
        // Instants by the offset of Berlin: +1 h in winter, +2 h in summer.
        let queries: [(String, Int64, Int64, Int64)] = [
            ("add", utc("2024-03-01T15:00:00Z"), 7_200, utc("2024-03-04T09:00:00Z")),
            ("add", utc("2024-03-04T08:00:00Z"), 28_800, utc("2024-03-04T16:00:00Z")),
            ("breach", utc("2024-03-04T08:00:00Z"), 28_800, utc("2024-03-05T08:00:00Z")),
            ("add", utc("2024-04-30T14:30:00Z"), 3_600, utc("2024-05-02T07:30:00Z")),
            ("add", utc("2024-12-24T10:00:00Z"), 7_200, utc("2024-12-27T09:00:00Z")),
            ("add", utc("2024-11-29T15:00:00Z"), 10_800, utc("2024-11-30T11:00:00Z")),
            ("elapsed", utc("2024-03-01T11:00:00Z"), utc("2024-03-04T11:00:00Z"), 28_800),
        ]
        for (operation, time, argument, expected) in queries {
            let plain = "{\"cal\":\"B\",\"op\":\"\(operation)\",\"at\":\(time),\"arg\":\(argument)}"
            let unusual = "{\"arg\": \(argument), \"unknown\": null, \"op\": \"\(operation)\", \"cal\": \"\\u0042\", \"at\": \(time)}"
            #expect(try evaluate([Self.definition, plain, unusual]) == Array(repeating: "{\"result\":\(expected)}", count: 2), "\(plain)")
        }
    }

    @Test("what cannot be answered says why, and the next line is answered")
    func faults() throws {
        let answers = try evaluate([
            "{\"cal\":\"B\",\"op\":\"open\",\"at\":0}",
            "{\"define\":\"X\",\"tz\":\"Mars/Olympus\",\"weekly\":{}}",
            "{\"cal\":\"X\",\"op\":\"open\",\"at\":0}",
            Self.definition,
            "{\"cal\":\"B\",\"op\":\"close\",\"at\":0}",
            "{\"cal\":\"B\",\"op\":\"add\",\"at\":1709305200}",
            "{\"cal\":\"B\",\"op\":\"add\",\"at\":1709305200,\"arg\":99999999999999999999}",
            "{\"cal\":\"B\",\"op\":\"next_open\",\"at\":1709305200}",
        ])
        #expect(answers.count == 6)
        #expect(answers.dropLast().allSatisfy { $0.hasPrefix("{\"error\":\"") && $0.hasSuffix("\"}") })
        #expect(answers.last == "{\"result\":1709305200}")
    }

    @Test("a refused definition has no line of its own; each question about it is told why, and so is whoever reads stderr")
    func refusedDefinitions() throws {
        let lines = [
            #"{"define":"X","tz":"Mars/Olympus","weekly":{}}"#, #"{"cal":"X","op":"open","at":0}"#, #"{"define":"Y","tz":5}"#,
            #"{"cal":"Y","op":"open","at":0}"#, Self.definition, #"{"cal":"B","op":"next_open","at":1709305200}"#,
        ]
        var complaints: [String] = []
        let replies = try answers(to: lines.joined(separator: "\n")) { input, output in
            var calendars = CalendarLines(zones: ZoneFiles()) { complaints.append($0) }
            try LineSession(lineLimit: 1 << 20, input: input, output: output).run { calendars.answer($0, &$1) }
        }
        #expect(replies.count == 3)
        #expect(replies[0].hasPrefix(#"{"error":"the calendar was refused: "#))
        #expect(replies[1] == #"{"error":"the calendar was refused: tz must be a text"}"#)
        #expect(replies[2] == #"{"result":1709305200}"#)
        #expect(complaints.count == 2 && complaints[0].hasPrefix("calendar X: ") && complaints[1] == "calendar Y: tz must be a text")
    }

    @Test("a member of a definition that there is not is ignored, and told to whoever reads stderr")
    func unknownMembers() throws {
        let misspelt = Self.definition.replacing(#""holidays":"#, with: #""name":"Desk","holiday":"#)
        let question = #"{"cal":"B","op":"open","at":1714550400,"note":"a holiday"}"#
        var complaints: [String] = []
        let replies = try answers(to: [Self.definition, question, misspelt, question].joined(separator: "\n")) { input, output in
            var calendars = CalendarLines(zones: ZoneFiles()) { complaints.append($0) }
            try LineSession(lineLimit: 1 << 20, input: input, output: output).run { calendars.answer($0, &$1) }
        }
        #expect(replies == [#"{"result":0}"#, #"{"result":1}"#])
        #expect(complaints == ["calendar B: there is no such member, and it is ignored: holiday, name"])
    }

    @Test(
        "a number that is no whole one is called that, by its name",
        arguments: [
            (#"{"cal":"B","op":"open","at":1709539200.5}"#, "at must be a whole number of at most 64 bits"),
            (#"{"cal":"B","op":"add","at":0,"arg":99999999999999999999}"#, "arg must be a whole number of at most 64 bits"),
            (#"{"cal":"B","op":"add","at":0.5,"arg":1.5}"#, "one of arg, at must be a whole number of at most 64 bits"),
            (#"{"cal":"B","op":"open","at":1709539200"#, "not valid JSON"), (#"{"cal":"B","op":"open","at":01}"#, "not valid JSON"),
        ]
    )
    func fractions(_ row: (line: String, reason: String)) throws {
        #expect(try evaluate([Self.definition, row.line]) == [#"{"error":"\#(row.reason)"}"#])
    }

    @Test("an operation that is none is refused with those that there are")
    func operations() throws {
        let reason = "op must be one of open, elapsed, add, breach, sub, next_open, next_close"
        #expect(try evaluate([Self.definition, #"{"cal":"B","op":"frob","at":0}"#]) == [#"{"error":"\#(reason)"}"#])
    }

    @Test("the scanner agrees with the general decoder on everything that it reads")
    func scanner() throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        var generator = SeededGenerator(state: seed)
        let decoder = JSONDecoder()
        var read = 0
        for _ in 0..<20_000 {
            let line = randomLine(&generator)
            guard let question = Array(line.utf8).withUnsafeBytes({ CalendarQuestionScanner.scan($0) }) else { continue }
            read += 1
            let oracle = try? decoder.decode(CalendarQuestion.self, from: Data(line.utf8))
            #expect(oracle == question, "seed \(seed): \(line)")
        }
        #expect(read > 2_000, "seed \(seed)")
    }

    /// A question in a random form: order, space, numbers at the edges, and now and then a byte that does not belong.
    private func randomLine(_ generator: inout SeededGenerator) -> String {
        let space = ["", "", "", " ", "\t"]
        func pad() -> String { space.randomElement(using: &generator) ?? "" }
        let numbers = ["0", "-0", "1", "-5", "1709305200", "999999999999999999", "9999999999999999999", "01", "1.0", "1e3", "-", "+1"]
        var fields = [
            "\"cal\"\(pad()):\(pad())\"\(["B", "", "é", "a b", "\\u0042"].randomElement(using: &generator) ?? "")\"",
            "\"op\":\"\((CalendarQuestion.Operation.allCases.map(\.rawValue) + ["close"]).randomElement(using: &generator) ?? "")\"",
            "\"at\":\(pad())\(numbers.randomElement(using: &generator) ?? "")",
        ]
        if Bool.random(using: &generator) { fields.append("\"arg\":\(numbers.randomElement(using: &generator) ?? "")\(pad())") }
        var text = "{" + fields.shuffled(using: &generator).joined(separator: "\(pad()),\(pad())") + "}" + pad()
        if Int.random(in: 0..<4, using: &generator) == 0, let index = text.indices.randomElement(using: &generator) {
            text.replaceSubrange(index...index, with: ["", "\"", ",", "}", "\\", "x"].randomElement(using: &generator) ?? "")
        }
        return text
    }

    private func utc(_ text: String) -> Int64 {
        Int64((try? Date(text, strategy: .iso8601))?.timeIntervalSince1970 ?? 0)
    }
}

/// A generator whose run can be repeated from its printed seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
