import Domain
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ProblemGuideTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/problems.md")

    /// `UPDATE_GOLDEN=1` writes the page anew: the difference is then for a person to read.
    @Test func pageIsTheOneInTheRepository() throws {
        if getenv("UPDATE_GOLDEN") != nil { try Data(ProblemGuide.text.utf8).write(to: Self.file) }
        let golden = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
        #expect(ProblemGuide.text == golden, "run the tests with UPDATE_GOLDEN=1 and read the difference")
    }

    /// A type is a reference to the server that answered: its page is there, and has the heading.
    @Test func everyTypeLeadsToItsHeading() async throws {
        try await APIFixture.with { api in
            let page = try await api.client.execute(uri: "/problems", method: .get)
            #expect(page.status == .ok && page.headers[.contentType] == "text/markdown; charset=utf-8")
            let lines = Set(page.text.split(separator: "\n").map(String.init))
            for code in ProblemCode.allCases {
                let parts = code.type(at: "").split(separator: "#")
                #expect(parts.count == 2 && ["/problems", "https://iana.org/assignments/http-problem-types"].contains(String(parts[0])))
                #expect(parts.last.map(String.init) == code.rawValue && lines.contains("## \(code.rawValue)"))
                #expect(!code.meaning.isEmpty && code.remedy.hasSuffix("."))
            }
            #expect(page.text == ProblemGuide.text)
            for code in FieldErrorCode.allCases {
                #expect(lines.contains("| `\(code.rawValue)` | \(code.meaning) |") && code.meaning.hasSuffix("."))
            }
            let refused = try await api.client.execute(uri: "/problems", method: .post)
            try expectProblem(refused, .methodNotAllowed)
        }
    }
    /// What a rule finds wrong has a name of its own for programs: none is lost in `invalid`.
    @Test func everyCodeOfARuleIsShownAsItself() {
        let shown = FieldProblem.Code.allCases.map { FieldErrorCode($0) }
        #expect(Set(shown).count == FieldProblem.Code.allCases.count)
        for (code, shown) in zip(FieldProblem.Code.allCases, shown) {
            #expect(shown.rawValue.replacing("-", with: "") == "\(code)".lowercased())
        }
    }
}
