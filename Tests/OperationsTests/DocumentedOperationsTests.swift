import Domain
import FoundationEssentials
import Testing

@testable import Deployment

/// docs/operations.md lists settings and the doctor's checks for whoever runs a deployment: it lists all of them, and none that there is not.
@Suite("docs/operations.md")
struct DocumentedOperationsTests {
    private static func page(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs")
        return String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
    }

    @Test("every setting with its default, and no other")
    func settings() throws {
        let page = try Self.page("operations.md")
        var known: Set<String> = ["DOCKET_CONFIG"]
        for key in ConfigurationCatalogue.keys {
            let row = try #require(page.split(separator: "\n").first { $0.hasPrefix("| ") && $0.contains("`\(key.environmentName)`") }, "\(key.name)")
            if let value = key.defaultValue {
                #expect(row.replacing(",", with: "").contains(value), "\(key.name): \(row)")
            }
            #expect(row.contains("†") == key.isSecret || row.contains("_USERNAME"), "\(key.name): \(row)")
            known.insert(key.environmentName)
            if key.isSecret { known.insert(key.environmentName + "_FILE") }
        }
        let named = page.matches(of: /DOCKET_[A-Z_]+/).map { String($0.output) }.filter { !$0.hasPrefix("DOCKET_CHAOS_") }
        #expect(Set(named).subtracting(known) == [])
    }

    @Test("every check of the doctor, and what to do about it", arguments: DoctorCheck.allCases)
    func checks(check: DoctorCheck) throws {
        for name in ["operations.md", "cli.md"] {
            let rows = try Self.page(name).split(separator: "\n").filter { $0.hasPrefix("| `") }
            #expect(rows.contains { $0.contains("`\(check.rawValue)`") }, "\(name)")
        }
    }
}
