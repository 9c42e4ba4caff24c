import Foundation
import Telemetry
import Testing

@testable import Runtime

/// The help texts of metrics, held against the sources: a metric without one, and a text without its metric, are named.
@Suite struct MetricTextsTests {
    /// The printed names of all metrics that the sources ask for: counters end in `_total`, timers in `_seconds`.
    private static func names() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let files = try #require(FileManager.default.enumerator(at: root.appending(path: "Sources"), includingPropertiesForKeys: nil))
        var names: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /(Counter|Gauge|Timer|Recorder|Meter)\(\s*label: "([^"]+)"/) {
                let suffix = ["Counter": "_total", "Timer": "_seconds"][String(match.1)] ?? ""
                let name = String(match.2).replacing(".", with: "_")
                names.insert(name.hasSuffix(suffix) ? name : name + suffix)
            }
        }
        return names
    }

    @Test("Each metric has its line, and each line its metric")
    func complete() throws {
        let (names, texts) = (try Self.names(), MetricTexts.all)
        #expect(names.count >= 50)
        #expect(names.symmetricDifference(texts.keys) == [])
        for (name, text) in texts { #expect(text.help.hasSuffix(".") && text.help.count < 140 && !text.help.contains("\n"), "\(name)") }
    }
}
