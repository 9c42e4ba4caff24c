import Testing

@testable import Domain

/// How keywords and `contains` look into texts.
@Suite struct KeywordTextTests {
    @Test("It finds what a plain search finds", arguments: 1...20)
    func asAPlainSearch(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        // Few letters, so that beginnings recur.
        func letters(_ length: Int) -> String { String((0..<length).map { _ in Bool.random(using: &random) ? "a" : "b" }) }
        for _ in 0..<200 {
            let text = letters(Int.random(in: 0...40, using: &random))
            let keyword = letters(Int.random(in: 1...8, using: &random))
            #expect(KeywordText([text]).contains(KeywordText.folded(keyword)) == text.contains(keyword), "\(keyword) in \(text)")
        }
    }

    @Test("Nothing reaches from one part into the next; case does not count, and an empty keyword is nowhere")
    func parts() {
        let text = KeywordText(["Out", "AGE straße"])
        #expect(!text.contains(KeywordText.folded("outage")) && text.contains(KeywordText.folded("STRASSE")))
        #expect(!text.contains([]) && !KeywordText([]).contains(KeywordText.folded("a")))
    }

    @Test("A keyword that nearly fits everywhere costs no more than another: a plain search would take ten thousand million steps")
    func linear() {
        let text = KeywordText([String(repeating: "a", count: 200_000)])
        #expect(!text.contains(KeywordText.folded(String(repeating: "a", count: 100_000) + "b")))
        #expect(text.contains(KeywordText.folded(String(repeating: "a", count: 100_000))))
    }
}
