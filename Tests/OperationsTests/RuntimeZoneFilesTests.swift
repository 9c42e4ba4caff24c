import Domain
import Testing

@testable import Deployment

@Suite("Zone files")
struct RuntimeZoneFilesTests {
    @Test("a zone of the system's database is read, and is the same the second time")
    func reads() throws {
        let zones = ZoneFiles()
        let berlin = try zones.zone(named: "Europe/Berlin")
        let summer: Int64 = 1_720_000_000
        #expect(berlin.offset(at: summer) == 7_200)
        #expect(try zones.zone(named: "Europe/Berlin").offset(at: summer) == 7_200)
        #expect(try zones.zone(named: "Etc/GMT+5").offset(at: summer) == -18_000)
        #expect(try zones.zone(named: "America/Port-au-Prince").offset(at: summer) == -14_400)
    }

    @Test(
        "names that are no zones are refused, and no file outside of the database is ever read",
        arguments: [
            "", "/etc/passwd", "../../etc/passwd", "Europe/../../../../etc/passwd", "Europe//Berlin", "Europe/", "Europe", ".", "Europe/Ber lin",
            "Europe/Berlin\0", "zone.tab", "tzdata.zi", "Mars/Olympus", String(repeating: "a", count: 65), "+0100", "Éurope/Berlin",
        ]
    )
    func refuses(name: String) {
        #expect(throws: TimeZoneError.self) { try ZoneFiles().zone(named: name) }
    }

    @Test("the database's release is what its files say, and unknown where they say nothing")
    func version() throws {
        #expect(ZoneFiles().databaseVersion.map { $0.count >= 5 && $0.hasPrefix("20") } ?? true)
        let directory = try TemporaryDirectory()
        #expect(ZoneFiles(directory: directory.path).databaseVersion == nil)
        _ = try directory.write("+VERSION", "2024a\n")
        #expect(ZoneFiles(directory: directory.path).databaseVersion == "2024a")
        _ = try directory.write("tzdata.zi", "# version 2025b-rearguard\n# more\n")
        #expect(ZoneFiles(directory: directory.path).databaseVersion == "2025b-rearguard")
        _ = try directory.write("tzdata.zi", "# nothing of the kind\n")
        #expect(ZoneFiles(directory: directory.path).databaseVersion == "2024a")
    }

    @Test("a file that is no TZif file is refused as malformed")
    func malformed() throws {
        let directory = try TemporaryDirectory()
        _ = try directory.write("Broken", "TZif2 but not really")
        #expect(throws: TimeZoneError.self) { try ZoneFiles(directory: directory.path).zone(named: "Broken") }
    }
}
