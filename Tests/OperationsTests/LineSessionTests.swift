import Domain
import Foundation
import Testing

@testable import Operations

@Suite("Lines of the eval commands")
struct LineSessionTests {
    private struct Number: Codable {
        var n: Int
    }

    /// Answers each line with twice its number.
    private func doubled(_ text: String, lineLimit: Int = 1_000) throws -> [String] {
        try answers(to: text) { input, output in
            try LineSession(lineLimit: lineLimit, input: input, output: output).run { (line: Number) in Number(n: line.n * 2) }
        }
    }

    @Test("a bad line is answered with its fault and never stops the lines after it")
    func badLines() throws {
        let answers = try doubled("{\"n\":1}\nnonsense\n{\"n\":\"x\"}\n{}\n{\"n\":1.5}\n[]\n{\"n\":2}")
        #expect(answers.count == 7)
        #expect(answers[0] == "{\"n\":2}")
        #expect(answers[1] == "{\"error\":\"not valid JSON\"}")
        #expect(answers[2] == "{\"error\":\"n must be a whole number\"}")
        #expect(answers[3] == "{\"error\":\"n is missing\"}")
        #expect(answers[4] == "{\"error\":\"n must be a whole number of at most 64 bits\"}")
        #expect(answers[5].hasPrefix("{\"error\":"))
        #expect(answers[6] == "{\"n\":4}")
    }

    private struct Choice: Codable {
        enum Color: String, Codable {
            case red
        }

        var color: Color
    }

    @Test("a name that is none is told without the names of types")
    func names() throws {
        let answers = try answers(to: #"{"color":"blue"}"#) { input, output in
            try LineSession(lineLimit: 1_000, input: input, output: output).run { (line: Choice) in line }
        }
        #expect(answers == [#"{"error":"color is not one of the names that there are"}"#])
    }

    @Test("a mode of routing that is none is refused with those that there are")
    func routing() throws {
        let answers = try answers(to: #"{"now":0,"mode":"frob","agents":[],"tickets":[]}"#) { input, output in
            try RouteEvalCommand.answer(LineSession(lineLimit: 1_000, input: input, output: output))
        }
        #expect(answers == [#"{"error":"mode must be one of balanced, best_skill, least_loaded, round_robin, nearest"}"#])
    }

    @Test("blank lines, carriage returns and a missing last line end make no difference")
    func space() throws {
        #expect(try doubled("\n\r\n  \n{\"n\":1}\r\n\t{\"n\":2} ") == ["{\"n\":2}", "{\"n\":4}"])
        #expect(try doubled("") == [])
    }

    @Test("a byte order mark before the first line is ignored, and only there")
    func byteOrderMark() throws {
        #expect(try doubled("\u{FEFF}{\"n\":1}\n{\"n\":2}") == ["{\"n\":2}", "{\"n\":4}"])
        #expect(try doubled("\u{FEFF}{\"n\":1}") == ["{\"n\":2}"])
        #expect(try doubled("{\"n\":1}\n\u{FEFF}{\"n\":2}") == ["{\"n\":2}", "{\"error\":\"not valid JSON\"}"])
        let answers = try answers(to: "\u{FEFF}\n\u{FEFF}") { input, output in
            var session = LineSession(lineLimit: 1_000, input: input, output: output)
            session.refusesBlankLines = true
            try session.run { (line: Number) in line }
        }
        #expect(answers == ["{\"error\":\"the line is empty\"}", "{\"error\":\"not valid JSON\"}"])
        #expect(try doubled("\u{FEFF}") == [])
    }

    @Test("where each line has its answer a blank one is a bad one; a line end at the end begins none")
    func blankLines() throws {
        let answers = try answers(to: "\n{\"n\":1}\n \r\n{\"n\":2}\n\n") { input, output in
            var session = LineSession(lineLimit: 1_000, input: input, output: output)
            session.refusesBlankLines = true
            try session.run { (line: Number) in Number(n: line.n * 2) }
        }
        let blank = "{\"error\":\"the line is empty\"}"
        #expect(answers == [blank, "{\"n\":2}", blank, "{\"n\":4}", blank])
    }

    @Test(
        "what the API does not read as JSON is refused here, too",
        arguments: [
            (#"{"n":1,}"#, "not valid JSON"), (#"{"n":1,"n":2}"#, "n is there twice"), (#"{"n":1,"a":[{"x":1,"x":1}]}"#, "a[0].x is there twice"),
            (#"{"n":1,"a":[1,]}"#, "not valid JSON"), (#"{"n":01}"#, "not valid JSON"), (#"{"n":1} {"n":2}"#, "not valid JSON"),
            (#"{"n":1 /* one */}"#, "not valid JSON"),
        ]
    )
    func strictness(_ row: (line: String, error: String)) throws {
        #expect(try doubled(row.line) == [#"{"error":"\#(row.error)"}"#])
    }

    @Test("a line of the limit is read, a longer one refused, with and without its end in sight", arguments: [64, 100_000, 600_000])
    func bounds(limit: Int) throws {
        let fitting = "{\"n\":1" + String(repeating: " ", count: limit - 7) + "}"
        let long = "{\"n\":1" + String(repeating: " ", count: limit - 6) + "}"
        let far = String(repeating: "x", count: limit * 3)
        let refusal = "{\"error\":\"the line is longer than \(limit) bytes\"}"
        let answers = try doubled("\(fitting)\n\(long)\n{\"n\":2}\n\(far)\n{\"n\":3}\n\(long)", lineLimit: limit)
        #expect(answers == ["{\"n\":2}", refusal, "{\"n\":4}", refusal, "{\"n\":6}", refusal])
    }

    @Test("errors are valid JSON whatever they say")
    func escapes() throws {
        let text = "a \"quoted\" \\ line\nwith \u{1} and é"
        let output = try answers(to: "") { _, descriptor in
            var out = LineOutput(descriptor: descriptor)
            out.appendError(text)
            try out.flush()
        }
        let decoded = try JSONDecoder().decode([String: String].self, from: Data(try #require(output.first).utf8))
        #expect(decoded == ["error": text])
    }

    @Test("numbers are printed as Swift prints them", arguments: [0, 7, -7, 10, 1_709_305_200, Int64.max, Int64.min])
    func numbers(number: Int64) throws {
        let output = try answers(to: "") { _, descriptor in
            var out = LineOutput(descriptor: descriptor)
            out.append(number)
            try out.flush()
        }
        #expect(output == ["\(number)"])
    }
}

/// Gives the text to a session on files, which hold any amount without a second task, and returns the lines that it wrote.
func answers(to text: String, _ session: (_ input: Int32, _ output: Int32) throws -> Void) throws -> [String] {
    let directory = try TemporaryDirectory()
    let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: try directory.write("in", text)))
    let outputPath = try directory.write("out", "")
    let output = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
    try session(input.fileDescriptor, output.fileDescriptor)
    try output.close()
    try input.close()
    return try String(contentsOf: URL(fileURLWithPath: outputPath), encoding: .utf8).split(separator: "\n").map(String.init)
}
