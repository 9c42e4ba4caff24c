import Domain
import Glibc

/// The operating system's zones, for tests.
struct ZoneFiles: TimeZoneSource {
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
        try TimeZoneRules(tzif: ZoneFiles.bytes(named: name))
    }

    static func bytes(named name: String) throws(TimeZoneError) -> [UInt8] {
        guard let file = fopen("/usr/share/zoneinfo/\(name)", "rb") else { throw .unknown(name) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }
}
